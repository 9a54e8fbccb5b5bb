// Listener: accepts connections and serves HTTP/1.1 and HTTP/2 on them, told apart by the first
// bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <system_error>

#include "http/exchange.h"
#include "protorest/done.h"
#include "protorest/http_limits.h"

namespace boost::asio {
class io_context;
}

namespace protorest::http {

// Lifetime: `io` and `service` outlive the listener. Destroy it once no thread runs `io` any more,
// or once Drain has called back; what is still open then is closed, and exchanges still running
// find their peer gone. Threads: all methods may be called from any thread, `io` may be run by any
// number of threads.
class Listener {
 public:
  Listener(boost::asio::io_context& io, Service& service, const HttpLimits& limits);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Binds and begins to accept; may be called several times. `address` is "host:port" ("[::]:8080",
  // "0.0.0.0:0", "localhost:8080"), ":port" (all interfaces), or "unix:/path".
  std::error_code Listen(std::string_view address);

  // The TCP port of the first successful Listen, 0 if there was none: tells what port 0 became.
  std::uint16_t port() const;

  // Closes the listening sockets; open connections go on.
  void StopAccepting();

  // Stops accepting and lets each connection end after what it is busy with: idle ones close at
  // once, HTTP/1.1 says `connection: close` in its last response, HTTP/2 sends GOAWAY and closes
  // after its last stream. `closed(true)` is called when no connection is left. Call it once.
  void Drain(Done closed);

  // Closes every connection now; running exchanges find their peer gone. They still have to be
  // ended.
  void CloseAll();

  std::size_t connections() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;  // shared with the connections, which may outlive the listener
};

}  // namespace protorest::http
