// An HTTP/2 client for tests: nghttp2 over a blocking socket, driven step by step.
#pragma once

#include <nghttp2/nghttp2.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/runtime/http/harness.h"

namespace protorest::http {

class H2Client {
 public:
  struct Stream {
    std::map<std::string, std::string> headers;
    std::map<std::string, std::string> trailers;
    std::string body;
    std::string upload;           // what is left of the request body
    bool endless_upload = false;  // it never ends: set it before anything is sent
    bool closed = false;
    std::uint32_t error = 0;
    std::size_t unacknowledged = 0;
  };
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // `hold_windows`: what arrives is not acknowledged until Acknowledge.
  explicit H2Client(std::uint16_t port, bool hold_windows = false);
  ~H2Client();

  // A request; nullopt: without a body.
  std::int32_t Submit(const std::string& method, const std::string& path,
                      std::optional<std::string> body = std::nullopt, const Fields& fields = {});
  void Reset(std::int32_t id) { nghttp2_submit_rst_stream(session_, 0, id, NGHTTP2_CANCEL); }
  void Acknowledge(std::int32_t id);
  void Ping() { nghttp2_submit_ping(session_, 0, nullptr); }
  // Exchanges bytes until `done` or the server closes; false then.
  bool RunUntil(const std::function<bool()>& done);
  bool RunUntilClosed(std::int32_t id) {
    return RunUntil([this, id] { return streams_[id].closed; });
  }
  // Sends what is pending.
  void Flush();
  // What is pending, instead of sending it.
  std::string TakeOutput();

  Stream& stream(std::int32_t id) { return streams_[id]; }
  RawClient& socket() { return socket_; }
  bool goaway() const { return goaway_; }
  std::uint32_t goaway_error() const { return goaway_error_; }
  bool ended() const { return ended_; }  // the server has closed the connection

 private:
  struct Callbacks;

  RawClient socket_;
  nghttp2_session* session_ = nullptr;
  std::map<std::int32_t, Stream> streams_;
  bool goaway_ = false;
  std::uint32_t goaway_error_ = 0;
  bool ended_ = false;
};

}  // namespace protorest::http
