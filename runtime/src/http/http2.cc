#include "http/http2.h"

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

namespace protorest::http {
namespace {

// The window of a whole connection. Its bytes are acknowledged as they come: each stream's own
// window bounds what is held for it.
constexpr std::int32_t kConnectionWindow = 4 * 1024 * 1024;
constexpr std::size_t kRead = 16 << 10;
// How long a draining peer may take to answer the first GOAWAY.
constexpr std::chrono::seconds kDrainTime{1};
constexpr std::uint32_t kControlFramesPerReset = 10;
// How often streams are looked at that wait for their peer.
constexpr std::chrono::seconds kWatchTime{1};

std::string_view View(const std::uint8_t* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

Http2Stream* StreamOf(nghttp2_session* session, std::int32_t id) {
  return static_cast<Http2Stream*>(nghttp2_session_get_stream_user_data(session, id));
}

}  // namespace

// What nghttp2 calls while it takes input or makes output.
struct Http2::Callbacks {
  static Http2& Self(void* user_data) { return *static_cast<Http2*>(user_data); }

  static int OnBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) Self(user_data).Open(frame->hd.stream_id);
    return 0;
  }

  static int OnHeader(nghttp2_session* session, const nghttp2_frame* frame,
                      const std::uint8_t* name, std::size_t name_size, const std::uint8_t* value,
                      std::size_t value_size, std::uint8_t, void*) {
    if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;  // trailers are for nobody
    if (Http2Stream* stream = StreamOf(session, frame->hd.stream_id)) {
      stream->AddField(View(name, name_size), View(value, value_size));
    }
    return 0;
  }

  static int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    Http2& self = Self(user_data);
    const std::uint64_t most = self.connection_.limits().max_resets_per_second;
    switch (frame->hd.type) {
      case NGHTTP2_RST_STREAM:
        self.Count(self.resets_, most);
        return 0;
      case NGHTTP2_PING:
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) != 0 && self.draining_) {
          self.SendGoaway(NGHTTP2_NO_ERROR);
          return 0;
        }
        [[fallthrough]];
      case NGHTTP2_SETTINGS:
      case NGHTTP2_PRIORITY:
        self.Count(self.control_frames_, most * kControlFramesPerReset);
        return 0;
      case NGHTTP2_DATA:
        if (frame->hd.length == 0) self.Count(self.control_frames_, most * kControlFramesPerReset);
        break;
      case NGHTTP2_HEADERS:
        break;
      default:
        return 0;
    }
    const bool is_head =
        frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
    if (is_head) self.head_deadline_ = 0;
    Http2Stream* stream = StreamOf(session, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    if (is_head) stream->EndHead();
    if ((frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) stream->EndBody();
    self.MarkDirty(*stream);
    return 0;
  }

  static int OnData(nghttp2_session* session, std::uint8_t, std::int32_t id,
                    const std::uint8_t* data, std::size_t size, void* user_data) {
    nghttp2_session_consume_connection(session, size);
    Http2Stream* stream = StreamOf(session, id);
    if (stream == nullptr || stream->ended()) return 0;
    stream->AddBody(View(data, size));
    Self(user_data).MarkDirty(*stream);
    return 0;
  }

  static int OnClose(nghttp2_session* session, std::int32_t id, std::uint32_t, void* user_data) {
    if (Http2Stream* stream = StreamOf(session, id)) {
      nghttp2_session_set_stream_user_data(session, id, nullptr);
      if (!stream->head_done()) Self(user_data).head_deadline_ = 0;
      stream->Close();
      Self(user_data).MarkDirty(*stream);
    }
    return 0;
  }

  static int OnSent(nghttp2_session* session, const nghttp2_frame* frame, void*) {
    const bool carries_end = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;
    if (!carries_end || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) return 0;
    Http2Stream* stream = StreamOf(session, frame->hd.stream_id);
    if (stream != nullptr && !stream->remote_ended()) stream->AnsweredEarly();
    return 0;
  }

  static nghttp2_session_callbacks* Make() {
    nghttp2_session_callbacks* made = nullptr;
    if (nghttp2_session_callbacks_new(&made) != 0) throw std::bad_alloc();
    nghttp2_session_callbacks_set_on_begin_headers_callback(made, OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(made, OnHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, OnFrame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, OnData);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, OnClose);
    nghttp2_session_callbacks_set_on_frame_send_callback(made, OnSent);
    return made;
  }
};

Http2::Http2(Connection& connection)
    : connection_(connection), idle_deadline_(In(connection.limits().idle_timeout)) {
  const std::unique_ptr<nghttp2_session_callbacks, decltype(&nghttp2_session_callbacks_del)>
      callbacks(Callbacks::Make(), nghttp2_session_callbacks_del);
  nghttp2_option* made = nullptr;
  if (nghttp2_option_new(&made) != 0) throw std::bad_alloc();
  const std::unique_ptr<nghttp2_option, decltype(&nghttp2_option_del)> option(made,
                                                                              nghttp2_option_del);
  nghttp2_option_set_no_auto_window_update(made, 1);  // reading acknowledges: that is the pushback
  nghttp2_option_set_no_closed_streams(made, 1);      // only priorities would need them
  if (nghttp2_session_server_new3(&session_, callbacks.get(), this, made, memory_.interface()) !=
      0) {
    throw std::bad_alloc();
  }
  const HttpLimits& limits = connection.limits();
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.max_concurrent_streams},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.stream_window},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(limits.max_header_bytes)},
  };
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
}

Http2::~Http2() { nghttp2_session_del(session_); }

std::uint32_t Http2::In(std::chrono::seconds time) const {
  return connection_.hub().now() + static_cast<std::uint32_t>(time.count());
}

bool Http2::Advance() {
  Receive();
  if (connection_.hub().draining() && !draining_ && !dead_) BeginDrain();
  Settle();
  do {
    if (!Produce()) return true;
    // A session that ended itself, with a GOAWAY, does not end its streams.
    if (!dead_ && !nghttp2_session_want_read(session_) && !nghttp2_session_want_write(session_))
      Die();
  } while (Settle());
  if (dead_ && connection_.all_sent()) connection_.ShutdownSend();
  return dead_ && !connection_.all_sent();
}

void Http2::Receive() {
  InputBuffer& input = connection_.input();
  const std::string_view unread = input.unread();
  if (unread.empty()) return;
  if (!dead_) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(unread.data());
    if (nghttp2_session_mem_recv(session_, bytes, unread.size()) < 0) Die();
  }
  input.Clear();
}

// Deals with the streams that something happened to. True: there were some.
bool Http2::Settle() {
  settling_.clear();
  {
    const std::lock_guard lock(connection_.mutex());
    settling_.swap(dirty_);
  }
  for (Http2Stream* stream : settling_) {
    if (!stream->live() || !stream->Settle(session_)) continue;
    stream->Release();
    pool_.push_back(stream);
    if (--live_ == 0) idle_deadline_ = In(connection_.limits().idle_timeout);
  }
  return !settling_.empty();
}

// Moves frames to the connection's output. False: there are more than may be queued.
bool Http2::Produce() {
  if (dead_) return true;
  if (connection_.congested()) return false;
  const std::size_t most = connection_.limits().write_high_water;
  bool all = false;
  while (!all && staged_.size() <= most) {
    const std::uint8_t* frame = nullptr;
    const ssize_t size = nghttp2_session_mem_send(session_, &frame);
    if (size > 0) staged_.append(View(frame, static_cast<std::size_t>(size)));
    all = size <= 0;
    if (size < 0) Die();
  }
  const std::lock_guard lock(connection_.mutex());
  std::string& output = connection_.output();
  if (output.empty()) {
    output.swap(staged_);
  } else {
    output.append(staged_);
  }
  staged_.clear();
  return all;
}

void Http2::Open(std::int32_t id) {
  head_deadline_ = In(connection_.limits().head_timeout);
  // Streams that were reset count until their handlers have ended, or resetting would lift the
  // limit.
  if (live_ >= connection_.limits().max_concurrent_streams) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_REFUSED_STREAM);
    return;
  }
  if (pool_.empty()) {
    streams_.push_back(std::make_unique<Http2Stream>(*this, connection_));
    pool_.push_back(streams_.back().get());
  }
  Http2Stream* stream = pool_.back();
  pool_.pop_back();
  if (live_++ == 0) watch_at_ = In(kWatchTime);
  stream->Begin(id);
  nghttp2_session_set_stream_user_data(session_, id, stream);
}

void Http2::MarkDirty(Http2Stream& stream) {
  const std::lock_guard lock(connection_.mutex());
  stream.MarkDirty();
}

void Http2::Count(std::uint32_t& frames, std::uint64_t most) {
  if (const std::uint32_t now = connection_.hub().now(); now != second_) {
    second_ = now;
    resets_ = control_frames_ = 0;
  }
  if (++frames > most) nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
}

// --- The end.

// A GOAWAY that excludes nothing and a ping: once its answer is here, all requests that the peer
// sent before it knew have come, and the last GOAWAY can name the last of them (RFC 9113
// section 6.8).
void Http2::BeginDrain() {
  draining_ = true;
  if (live_ == 0) return SendGoaway(NGHTTP2_NO_ERROR);
  drain_deadline_ = In(kDrainTime);
  nghttp2_submit_shutdown_notice(session_);
  nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, nullptr);
}

void Http2::SendGoaway(std::uint32_t error) {
  if (std::exchange(goaway_sent_, true)) return;
  drain_deadline_ = 0;
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE,
                        nghttp2_session_get_last_proc_stream_id(session_), error, nullptr, 0);
}

void Http2::Die() {
  dead_ = true;
  for (const auto& stream : streams_) {
    if (!stream->live()) continue;
    stream->Close();
    MarkDirty(*stream);
  }
}

void Http2::OnPeerLost(bool broken) {
  if (broken) return Die();
  for (const auto& stream : streams_) {
    if (!stream->live()) continue;
    if (stream->head_done()) {
      stream->LosePeer(false);
    } else {  // the rest of its head will not come
      nghttp2_session_set_stream_user_data(session_, stream->id(), nullptr);
      stream->Close();
      head_deadline_ = 0;
    }
    MarkDirty(*stream);
  }
}

void Http2::OnDeadline() {
  const std::uint32_t now = connection_.hub().now();
  const auto passed = [now](std::uint32_t deadline) { return deadline != 0 && now >= deadline; };
  if (passed(head_deadline_)) {
    nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
    head_deadline_ = 0;
  } else if (passed(live_ == 0 ? idle_deadline_ : drain_deadline_)) {
    SendGoaway(NGHTTP2_NO_ERROR);
  }
  if (live_ > 0 && passed(watch_at_)) WatchStreams();
}

void Http2::WatchStreams() {
  watch_at_ = In(kWatchTime);
  if (dead_) return;
  const std::uint32_t now = connection_.hub().now();
  for (const auto& stream : streams_) {
    if (stream->live()) stream->Watch(session_, now);
  }
}

std::size_t Http2::WantsRead() const {
  // What is sent in answer must not pile up.
  return connection_.congested() ? 0 : kRead;
}

std::uint32_t Http2::deadline() const {
  if (head_deadline_ != 0) return head_deadline_;
  if (live_ == 0) return idle_deadline_;
  return drain_deadline_ != 0 ? std::min(drain_deadline_, watch_at_) : watch_at_;
}

bool Http2::finished() const {
  return dead_ || (live_ == 0 && (goaway_sent_ || connection_.read_closed()));
}

}  // namespace protorest::http
