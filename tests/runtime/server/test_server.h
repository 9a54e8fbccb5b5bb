// What the server's tests share: a server on a free port, requests as text, latches with a limit.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "protorest/server.h"
#include "tests/runtime/http/harness.h"
#include "tests/support/notes/notes.h"

namespace protorest {

using http::RawClient;
using http::Response;

class RunningServer {
 public:
  explicit RunningServer(std::shared_ptr<Handler> handler, ServerOptions options = {})
      : server_(WithAddress(std::move(options))) {
    server_.Add(std::move(handler));
    const Status status = server_.Start();
    EXPECT_TRUE(status.ok()) << status.message();
  }
  std::uint16_t port() const { return static_cast<std::uint16_t>(server_.port()); }
  Server& operator*() { return server_; }
  Server* operator->() { return &server_; }

 private:
  static ServerOptions WithAddress(ServerOptions options) {
    options.address = "127.0.0.1:0";
    return options;
  }

  Server server_;
};

inline std::string Get(std::string_view target, std::string_view fields = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nhost: test\r\n" + std::string(fields) +
         "\r\n";
}

// The head of a request whose body follows in chunks.
inline std::string ChunkedPost(std::string_view target, std::string_view fields = "") {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n" + std::string(fields) + "\r\n";
}

inline std::string Chunk(std::string_view text) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", text.size());
  return size + std::string(text) + "\r\n";
}

// Reads until `text` has come; what came so far.
inline std::string ReadUntil(RawClient& client, std::string_view text) {
  std::string all;
  while (all.find(text) == std::string::npos) {
    const std::string some = client.ReadSome();
    if (some.empty()) break;
    all += some;
  }
  return all;
}

}  // namespace protorest
