#include "tests/runtime/http/h2_client.h"

#include <algorithm>
#include <cstring>

namespace protorest::http {
namespace {

nghttp2_nv ToNv(const std::string& name, const std::string& value) {
  const auto bytes = [](const std::string& text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

}  // namespace

struct H2Client::Callbacks {
  static H2Client& Self(void* user_data) { return *static_cast<H2Client*>(user_data); }

  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                      std::uint8_t, void* user_data) {
    Stream& stream = Self(user_data).streams_[frame->hd.stream_id];
    auto& fields = frame->headers.cat == NGHTTP2_HCAT_RESPONSE ? stream.headers : stream.trailers;
    fields[std::string(reinterpret_cast<const char*>(name), name_size)] =
        std::string(reinterpret_cast<const char*>(value), value_size);
    return 0;
  }
  static int OnData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data,
                    std::size_t size, void* user_data) {
    Stream& stream = Self(user_data).streams_[id];
    stream.body.append(reinterpret_cast<const char*>(data), size);
    stream.unacknowledged += size;
    return 0;
  }
  static int OnClose(nghttp2_session*, std::int32_t id, std::uint32_t error, void* user_data) {
    Stream& stream = Self(user_data).streams_[id];
    stream.closed = true;
    stream.error = error;
    return 0;
  }
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    if (frame->hd.type == NGHTTP2_GOAWAY) {
      Self(user_data).goaway_ = true;
      Self(user_data).goaway_error_ = frame->goaway.error_code;
    }
    return 0;
  }
  static ssize_t ReadUpload(nghttp2_session*, std::int32_t id, std::uint8_t* buffer,
                            std::size_t length, std::uint32_t* flags, nghttp2_data_source*,
                            void* user_data) {
    Stream& stream = Self(user_data).streams_[id];
    std::string& upload = stream.upload;
    if (stream.endless_upload && upload.empty()) return NGHTTP2_ERR_DEFERRED;
    const std::size_t size = upload.copy(reinterpret_cast<char*>(buffer), length);
    upload.erase(0, size);
    if (upload.empty() && !stream.endless_upload) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(size);
  }
};

H2Client::H2Client(std::uint16_t port, bool hold_windows) : socket_(port) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, Callbacks::OnHeader);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Callbacks::OnData);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Callbacks::OnClose);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Callbacks::OnFrame);
  nghttp2_option* option = nullptr;
  nghttp2_option_new(&option);
  nghttp2_option_set_no_auto_window_update(option, hold_windows ? 1 : 0);
  nghttp2_session_client_new2(&session_, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  // The connection as a whole never holds up a stream here.
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, 1 << 30);
}

H2Client::~H2Client() { nghttp2_session_del(session_); }

std::int32_t H2Client::Submit(const std::string& method, const std::string& path,
                              std::optional<std::string> body, const Fields& fields) {
  Fields all = {{":method", method}, {":path", path}, {":scheme", "http"}, {":authority", "x"}};
  all.insert(all.end(), fields.begin(), fields.end());
  std::vector<nghttp2_nv> block;
  for (const auto& [name, value] : all) block.push_back(ToNv(name, value));
  const nghttp2_data_provider provider{{.ptr = nullptr}, Callbacks::ReadUpload};
  const std::int32_t id = nghttp2_submit_request(session_, nullptr, block.data(), block.size(),
                                                 body.has_value() ? &provider : nullptr, nullptr);
  streams_[id].upload = body.value_or("");
  return id;
}

void H2Client::Acknowledge(std::int32_t id) {
  const std::size_t size = std::exchange(streams_[id].unacknowledged, 0);
  nghttp2_session_consume(session_, id, size);
}

std::string H2Client::TakeOutput() {
  std::string output;
  const std::uint8_t* bytes = nullptr;
  for (ssize_t size = 0; (size = nghttp2_session_mem_send(session_, &bytes)) > 0;) {
    output.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  return output;
}

void H2Client::Flush() { socket_.Send(TakeOutput()); }

bool H2Client::RunUntil(const std::function<bool()>& done) {
  for (;;) {
    Flush();
    if (done()) return true;
    const std::string bytes = socket_.ReadSome();
    if (bytes.empty()) {
      ended_ = true;
      return done();
    }
    nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                             bytes.size());
  }
}

}  // namespace protorest::http
