#include "http/http2_stream.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "http/body_rate.h"
#include "http/http2.h"
#include "http/response.h"
#include "http/text.h"

namespace protorest::http {
namespace {

// A request body of announced length up to this is handed over as one piece.
constexpr std::size_t kWhole = 16 << 10;
// Buffers grown past this by one stream are not kept for the next.
constexpr std::size_t kKeep = 64 << 10;
// How long a peer has to notice that its request is answered.
constexpr std::chrono::seconds kRestTime{1};
// What HPACK counts for each field beside its text (RFC 7541 section 4.1).
constexpr std::size_t kFieldOverhead = 32;

void Empty(std::string& text) {
  if (text.capacity() > kKeep) std::string().swap(text);
  text.clear();
}

nghttp2_nv ToNv(const Header& field) {
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  };
  // The text stays where it is until the stream is closed.
  return {bytes(field.name), bytes(field.value), field.name.size(), field.value.size(),
          NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE};
}

}  // namespace

void FieldBlock::Clear() {
  Empty(text_);
  fields_.clear();
}

void FieldBlock::Add(std::string_view name, std::string_view value) {
  fields_.push_back({text_.size(), name.size(), value.size()});
  text_.append(name).append(value);
}

Header FieldBlock::field(std::size_t i) const {
  const Field& field = fields_[i];
  const std::string_view text = std::string_view(text_).substr(field.at);
  return {text.substr(0, field.name_size), text.substr(field.name_size, field.value_size)};
}

// --- In the turn.

void Http2Stream::Begin(std::int32_t id) {
  id_ = id;
  head_ = {};
  head_bytes_ = 0;
  sent_ = 0;
  received_count_ = sent_count_ = watched_received_ = watched_sent_ = 0;
  receives_since_ = wanted_since_ = sends_since_ = connection_.hub().now();
  head_done_ = dispatched_ = remote_ended_ = closed_ = submitted_ = deferred_ = false;
  too_large_ = takes_trailers_ = reset_ = answered_early_ = expects_continue_ = false;
  const Lock lock(connection_.mutex());
  queued_ = 0;
  limited_ = no_body_ = responded_ = broken_ = aborted_ = ended_ = false;
  peer_gone_ = connection_.read_closed();
}

void Http2Stream::Release() {
  id_ = 0;
  fields_.Clear();
  headers_.clear();
  Empty(cookie_);
  Empty(received_);
  Empty(delivered_);
  Empty(sending_);
  const Lock lock(connection_.mutex());
  response_.Clear();
  trailers_.Clear();
  Empty(queue_);
}

void Http2Stream::AddField(std::string_view name, std::string_view value) {
  head_bytes_ += name.size() + value.size() + kFieldOverhead;
  const HttpLimits& limits = connection_.limits();
  too_large_ |= head_bytes_ > limits.max_header_bytes || fields_.size() >= limits.max_headers;
  if (!too_large_) fields_.Add(name, value);
}

void Http2Stream::EndHead() {
  std::string_view target;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const Header field = fields_.field(i);
    if (field.name == ":method") {
      head_.method = field.value;
    } else if (field.name == ":path") {
      target = field.value;
    } else if (field.name == ":authority") {
      head_.authority = field.value;
    } else if (!field.name.starts_with(':')) {
      expects_continue_ |= field.name == "expect" && EqualsIgnoreCase(field.value, "100-continue");
      if (field.name == "te") takes_trailers_ |= ListHas(field.value, "trailers");
      if (field.name == "host" && head_.authority.empty()) head_.authority = field.value;
      if (field.name == "content-length") {
        std::uint64_t length = 0;
        const char* end = field.value.data() + field.value.size();
        if (std::from_chars(field.value.data(), end, length).ptr == end) {
          head_.content_length = length;
        }
      }
      headers_.push_back(field);
    }
  }
  JoinCookies();
  const std::size_t mark = std::min(target.find('?'), target.size());
  head_.path = target.substr(0, mark);
  head_.query = target.substr(std::min(mark + 1, target.size()));
  head_.headers = headers_;
  head_.version = 20;
  head_done_ = true;
}

// HTTP/2 lets a client send a Cookie in several fields, which whoever reads it takes for one (RFC
// 9113, 8.2.3).
void Http2Stream::JoinCookies() {
  const auto is_cookie = [](const Header& field) { return field.name == "cookie"; };
  const auto first = std::find_if(headers_.begin(), headers_.end(), is_cookie);
  if (std::count_if(first, headers_.end(), is_cookie) < 2) return;
  cookie_.clear();
  for (auto each = first; each != headers_.end(); ++each) {
    if (is_cookie(*each)) cookie_.append(each == first ? "" : "; ").append(each->value);
  }
  first->value = cookie_;
  headers_.erase(std::remove_if(first + 1, headers_.end(), is_cookie), headers_.end());
}

bool Http2Stream::ended() const {
  const Lock lock(connection_.mutex());
  return ended_;
}

bool Http2Stream::Settle(nghttp2_session* session) {
  {
    const Lock lock(connection_.mutex());
    dirty_ = false;
  }
  if (head_done_ && !dispatched_ && !closed_) Dispatch();
  if (!dispatched_) return closed_;
  if (closed_) LosePeer(true);
  DeliverBody(session);
  Submit(session);
  TellWritable();
  const Lock lock(connection_.mutex());
  return closed_ && ended_ && !dirty_;
}

void Http2Stream::Dispatch() {
  dispatched_ = true;
  head_.has_body = !(remote_ended_ && received_.empty());
  if (too_large_) return Refuse(431, "request header is too large");
  if (head_.method == "CONNECT") return Refuse(501, "CONNECT is not supported");
  if (!head_.path.starts_with('/') && head_.path != "*") {
    return Refuse(400, "malformed request target");
  }
  connection_.hub().service.OnRequest(*this);
}

void Http2Stream::Refuse(int status, std::string_view message) {
  const Header headers[] = {{"content-type", "application/json"}};
  Respond({.status = status, .headers = headers, .content_length = {}}, ErrorBody(status, message));
}

bool Http2Stream::BodyReady() const {
  if (remote_ended_) return true;
  const bool small = head_.content_length.has_value() && *head_.content_length <= kWhole;
  return !small && !received_.empty();
}

void Http2Stream::DeliverBody(nghttp2_session* session) {
  if (std::exchange(delivering_, true)) return;  // the loop below goes on
  for (;;) {
    const bool ready = BodyReady();
    const bool lost = !ready && (closed_ || connection_.read_closed());
    BodySink* sink = nullptr;
    bool waits = false;
    {
      const Lock lock(connection_.mutex());
      if (ended_ || sink_ == nullptr) break;
      waits = !ready && !lost;
      if (waits && responded_) expects_continue_ = false;
      if (!waits) sink = std::exchange(sink_, nullptr);
    }
    if (std::exchange(expects_continue_, false) && waits) TellToContinue(session);
    if (waits) break;
    if (lost) {
      sink->OnBodyError();
      continue;
    }
    delivered_.clear();
    delivered_.swap(received_);
    if (!closed_ && !remote_ended_) {
      nghttp2_session_consume_stream(session, id_, delivered_.size());
    }
    sink->OnBody(delivered_, remote_ended_ && received_.empty());
  }
  delivering_ = false;
}

void Http2Stream::TellToContinue(nghttp2_session* session) {
  if (received_count_ > 0) return;
  const nghttp2_nv status = ToNv({":status", "100"});
  nghttp2_submit_headers(session, NGHTTP2_FLAG_NONE, id_, nullptr, &status, 1, nullptr);
}

void Http2Stream::Submit(nghttp2_session* session) {
  if (closed_) return;
  bool responded = false;
  bool aborted = false;
  bool more = false;   // there is a body, or there may come one
  bool ready = false;  // ReadResponse would have something to do
  {
    const Lock lock(connection_.mutex());
    responded = responded_;
    aborted = aborted_;
    ready = ended_ || !queue_.empty();
    more = !ended_ || aborted_ || queued_ > 0 || trailers_.size() > 0;
  }
  if (aborted && (!responded || nghttp2_session_get_stream_remote_window_size(session, id_) <= 0)) {
    if (!std::exchange(reset_, true)) {
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id_, NGHTTP2_INTERNAL_ERROR);
    }
  } else if (responded && !submitted_) {
    submitted_ = true;
    std::vector<nghttp2_nv>& fields = http2_.scratch();
    fields.clear();
    for (std::size_t i = 0; i < response_.size(); ++i) fields.push_back(ToNv(response_.field(i)));
    nghttp2_data_provider provider{{.ptr = this}, &Http2Stream::ReadResponse};
    nghttp2_submit_response(session, id_, fields.data(), fields.size(), more ? &provider : nullptr);
  } else if (submitted_ && deferred_ && ready) {
    deferred_ = false;
    nghttp2_session_resume_data(session, id_);
  }
}

// nghttp2 wants the next bytes of the response body.
ssize_t Http2Stream::ReadResponse(nghttp2_session* session, std::int32_t id, std::uint8_t* buffer,
                                  std::size_t length, std::uint32_t* flags,
                                  nghttp2_data_source* source, void*) {
  auto& stream = *static_cast<Http2Stream*>(source->ptr);
  const Lock lock(stream.connection_.mutex());
  if (stream.sent_ == stream.sending_.size()) {
    stream.sending_.clear();
    stream.sent_ = 0;
    stream.sending_.swap(stream.queue_);
  }
  const std::size_t taken = std::min(length, stream.sending_.size() - stream.sent_);
  if (taken > 0) std::memcpy(buffer, stream.sending_.data() + stream.sent_, taken);
  stream.sent_ += taken;
  stream.sent_count_ += taken;
  stream.queued_ -= taken;
  const bool wanted = stream.writable_.function != nullptr;
  if (wanted && stream.queued_ <= stream.connection_.limits().write_low_water) stream.MarkDirty();
  if (stream.queued_ > 0) return static_cast<ssize_t>(taken);

  if (!stream.ended_ || stream.aborted_) {
    if (taken > 0) return static_cast<ssize_t>(taken);
    if (stream.aborted_) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;  // RST_STREAM INTERNAL_ERROR
    stream.deferred_ = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (stream.trailers_.size() > 0) {
    *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    std::vector<nghttp2_nv>& fields = stream.http2_.scratch();
    fields.clear();
    for (std::size_t i = 0; i < stream.trailers_.size(); ++i) {
      fields.push_back(ToNv(stream.trailers_.field(i)));
    }
    nghttp2_submit_trailer(session, id, fields.data(), fields.size());
  }
  return static_cast<ssize_t>(taken);
}

void Http2Stream::AnsweredEarly() {
  answered_early_ = true;
  answered_early_at_ = connection_.hub().now();
}

void Http2Stream::Watch(nghttp2_session* session, std::uint32_t now) {
  const auto passed = [now](std::uint32_t since, std::chrono::seconds time) {
    return now - since >= static_cast<std::uint32_t>(time.count());
  };
  const HttpLimits& limits = connection_.limits();
  bool stuck = false;
  BodySink* late = nullptr;
  {
    const Lock lock(connection_.mutex());
    // Even an empty last frame waits for the peer's window.
    const bool sends = queued_ > 0 || ended_;
    if (!sends || sent_count_ != watched_sent_) sends_since_ = now;
    watched_sent_ = sent_count_;
    stuck = passed(sends_since_, limits.write_timeout);
    std::optional<Clock::time_point> wanted_by;
    if (sink_ != nullptr && !ended_) wanted_by = sink_->wanted_by();
    if (!wanted_by || received_count_ != watched_received_) receives_since_ = now;
    watched_received_ = received_count_;
    if (!wanted_by) wanted_since_ = now;
    if (wanted_by && (passed(receives_since_, limits.body_timeout) || Clock::now() >= *wanted_by ||
                      ComesTooSlowly(limits, received_count_, now - wanted_since_))) {
      late = std::exchange(sink_, nullptr);
    }
  }
  if (stuck && !std::exchange(reset_, true)) {
    nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id_, NGHTTP2_CANCEL);
  }
  // Not at once: clients that are still sending (curl) would drop the answer with the stream. They
  // send a window more at most.
  if (answered_early_ && passed(answered_early_at_, kRestTime) && !std::exchange(reset_, true)) {
    nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id_, NGHTTP2_NO_ERROR);
  }
  if (late != nullptr) late->OnBodyLate();
}

void Http2Stream::TellWritable() {
  Done writable;
  {
    const Lock lock(connection_.mutex());
    if (writable_.function == nullptr || ended_) return;
    if (queued_ > connection_.limits().write_low_water) return;
    writable = std::exchange(writable_, {});
  }
  writable(true);
}

void Http2Stream::LosePeer(bool broken) {
  Calls calls;
  {
    const Lock lock(connection_.mutex());
    peer_gone_ = true;
    broken_ |= broken;
    if (ended_) return;
    calls.watch = std::exchange(watch_, {});
    if (broken_) calls.writable = std::exchange(writable_, {});
  }
  calls(false);
}

// --- From any thread: reading.

void Http2Stream::ReadBody(BodySink& sink) {
  {
    const Lock lock(connection_.mutex());
    sink_ = &sink;
    MarkDirty();
  }
  if (connection_.InTurn()) {
    DeliverBody(http2_.session());
  } else {
    connection_.Signal(Connection::kWake);
  }
}

void Http2Stream::WatchPeer(Done gone) {
  {
    const Lock lock(connection_.mutex());
    if (!peer_gone_) {
      watch_ = gone;
      return;
    }
  }
  gone(false);
}

bool Http2Stream::PeerGone() const {
  {
    const Lock lock(connection_.mutex());
    if (peer_gone_) return true;
  }
  return connection_.PeerGone();
}

// --- From any thread: writing.

void Http2Stream::CopyHead(const ResponseHead& head, std::optional<std::uint64_t> length) {
  no_body_ = head_.method == "HEAD" || !MayHaveBody(head.status);
  limited_ = length.has_value();
  length_left_ = length.value_or(0);
  char number[20];
  const auto text = [&number](std::uint64_t value) {
    const auto [end, error] = std::to_chars(number, number + sizeof number, value);
    return std::string_view(number, static_cast<std::size_t>(end - number));
  };
  response_.Add(":status", text(static_cast<std::uint64_t>(head.status)));
  response_.Add("date", HttpDate());
  for (const Header& header : head.headers) {
    if (IsSendable(header.name, header.value) && !IsConnectionField(header.name)) {
      response_.Add(header.name, header.value);
    }
  }
  if (limited_ && MayHaveBody(head.status)) response_.Add("content-length", text(*length));
  responded_ = true;
}

void Http2Stream::CopyBody(std::string_view piece) {
  if (limited_) {
    piece = piece.substr(0, std::min<std::uint64_t>(length_left_, piece.size()));
    length_left_ -= piece.size();
  }
  if (no_body_) return;
  queue_.append(piece);
  queued_ += piece.size();
}

void Http2Stream::Respond(const ResponseHead& head, std::string_view body) {
  Lock lock(connection_.mutex());
  if (!broken_) {
    // HEAD may be answered with the length that GET would have, and no body.
    CopyHead(head, body.empty() ? head.content_length.value_or(0) : body.size());
    CopyBody(body);
    aborted_ |= length_left_ > 0 && !no_body_;
  }
  End(lock);
}

void Http2Stream::StartResponse(const ResponseHead& head) {
  {
    const Lock lock(connection_.mutex());
    if (broken_) return;
    CopyHead(head, head.content_length);
    MarkDirty();
  }
  connection_.Wake();
}

bool Http2Stream::SendBody(std::string_view piece) {
  bool room = true;
  {
    const Lock lock(connection_.mutex());
    if (broken_) return true;
    CopyBody(piece);
    room = queued_ <= connection_.limits().write_high_water;
    MarkDirty();
  }
  connection_.Wake();
  return room;
}

void Http2Stream::WhenWritable(Done ready) {
  bool broken = false;
  {
    const Lock lock(connection_.mutex());
    broken = broken_;
    if (!broken && queued_ > connection_.limits().write_low_water) {
      writable_ = ready;
      return;
    }
  }
  ready(!broken);
}

void Http2Stream::Finish(std::span<const Header> trailers) {
  Lock lock(connection_.mutex());
  if (takes_trailers_ && !no_body_ && !broken_) {
    for (const Header& trailer : trailers) {
      if (IsSendable(trailer.name, trailer.value) && !IsConnectionField(trailer.name)) {
        trailers_.Add(trailer.name, trailer.value);
      }
    }
  }
  aborted_ |= limited_ && length_left_ > 0 && !no_body_;  // less than was promised
  End(lock);
}

void Http2Stream::Abort() {
  Lock lock(connection_.mutex());
  aborted_ = true;
  End(lock);
}

void Http2Stream::Calls::operator()(bool ok) const {
  if (sink != nullptr) sink->OnBodyError();
  if (writable.function != nullptr) writable(false);
  if (watch.function != nullptr) watch(ok);
}

void Http2Stream::MarkDirty() {
  if (!std::exchange(dirty_, true)) http2_.dirty().push_back(this);
}

// Once the mutex is free, the turn may give the stream back to the pool, or the connection may go.
void Http2Stream::End(Lock& lock) {
  ended_ = true;
  MarkDirty();
  const Calls calls{std::exchange(watch_, {}), std::exchange(writable_, {}),
                    std::exchange(sink_, nullptr)};
  Connection& connection = connection_;
  const bool in_turn = connection.InTurn();
  const ConnectionPtr keep(in_turn ? nullptr : &connection);
  lock.unlock();
  calls(true);
  if (!in_turn) connection.Signal(Connection::kWake);
}

}  // namespace protorest::http
