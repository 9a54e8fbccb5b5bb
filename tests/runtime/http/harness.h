// A server of the http layer for tests, and small clients that show the bytes as they are.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/exchange.h"
#include "http/listener.h"

namespace protorest::http {

// Serves `handler` on a free port with `threads` threads until it is destroyed.
class TestServer final : public Service {
 public:
  using Handler = std::function<void(Exchange&)>;

  explicit TestServer(Handler handler, const HttpLimits& limits = {}, int threads = 2);
  ~TestServer();

  void OnRequest(Exchange& exchange) override { handler_(exchange); }
  Listener& listener() { return *listener_; }
  std::uint16_t port() const { return listener_->port(); }
  boost::asio::io_context& io() { return io_; }

 private:
  Handler handler_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<Listener> listener_;
  std::vector<std::thread> threads_;
};

struct Response {
  int status = 0;
  std::string head;  // raw, with the status line
  std::map<std::string, std::string> headers;
  std::string body;  // decoded
  std::map<std::string, std::string> trailers;
  bool whole = false;  // it ended as its framing says
};

// A blocking socket; gives up after a few seconds.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  explicit RawClient(const std::string& unix_path);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  int fd() const { return fd_; }
  void Send(std::string_view bytes);
  // What one recv brings; empty at the end.
  std::string ReadSome();
  std::string ReadAll();
  // The next response; `head_only` for the answer to HEAD.
  Response Read(bool head_only = false);
  // Whether the server has closed; waits for it.
  bool AtEnd();
  void HalfClose();
  void Close();
  // Closes with a reset.
  void Reset();

 private:
  bool Fill();
  bool ReadBody(Response& response);
  bool ReadChunks(Response& response);
  std::optional<std::string> Line();

  int fd_ = -1;
  std::string buffer_;
};

// Reads a request body to its end, then calls `done` with it (nullopt: it could not be had) and
// goes.
void CollectBody(Exchange& exchange, std::function<void(std::optional<std::string>)> done);

// Answers 200 with a text.
void Reply(Exchange& exchange, std::string_view body, int status = 200);

// A Done that runs a function once.
Done Call(std::function<void(bool)> function);

// Whether `holds` comes to be true, which nobody tells of: looked at again and again, for 20 s.
bool ComesTrue(const std::function<bool()>& holds);

// Waits for something that another thread does.
template <class T>
class Promise {
 public:
  void Set(T value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
    changed_.notify_all();
  }
  std::optional<T> Wait(std::chrono::seconds most = std::chrono::seconds(20)) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, most, [this] { return value_.has_value(); });
    return value_;
  }
  bool has_value() {
    const std::lock_guard lock(mutex_);
    return value_.has_value();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<T> value_;
};

}  // namespace protorest::http
