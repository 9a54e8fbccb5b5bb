// Whatever a peer sends, the server neither crashes nor stalls: inputs broken at random.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"
#include "tests/runtime/http/websocket_client.h"

namespace protorest::http {
namespace {

void Echo(Exchange& exchange) {
  CollectBody(exchange, [&exchange](std::optional<std::string> body) {
    if (!body.has_value()) return exchange.Abort();
    Reply(exchange, *body);
  });
}

// Sends `input` with some bytes changed, left out or repeated, but for the first `intact` ones;
// then expects the server to be well.
void SendBroken(TestServer& server, const std::string& input, unsigned seed,
                std::size_t intact = 0) {
  std::mt19937 random(seed);
  for (int i = 0; i < 300; ++i) {
    std::string broken = input;
    for (unsigned change = random() % 4 + 1; change > 0; --change) {
      const std::size_t at = intact + random() % (broken.size() - intact);
      switch (random() % 3) {
        case 0:
          broken[at] = static_cast<char>(random());
          break;
        case 1:
          broken.erase(at, random() % 8 + 1);
          break;
        default:
          broken.insert(at, broken.substr(at, random() % 64));
          break;
      }
    }
    RawClient client(server.port());
    const std::size_t half = random() % (broken.size() + 1);
    client.Send(broken.substr(0, half));
    client.Send(broken.substr(half));
    client.HalfClose();
    client.ReadAll();  // comes to its end: nothing stalls
  }
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nok");
  EXPECT_EQ(client.Read().body, "ok");
}

TEST(Garbage, Http1) {
  TestServer server(Echo);
  SendBroken(server,
             "POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
             "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n\r\n"
             "3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nt: u\r\n\r\n"
             "GET /c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
             1);
}

TEST(Garbage, Http2) {
  std::string input;
  {
    TestServer server(Echo);
    H2Client client(server.port());
    for (int i = 0; i < 5; ++i) {
      client.Submit("POST", "/" + std::to_string(i), std::string(100, 'x'), {{"a", "b"}});
      client.Submit("GET", "/");
    }
    client.Ping();
    input = client.TakeOutput();
  }
  TestServer server(Echo);
  SendBroken(server, input, 2);
}

TEST(Garbage, WebSocket) {
  const WebSocketOptions options = {.subprotocol = {}, .max_message_bytes = 100'000};
  TestServer server([&options](Exchange& exchange) {
    if (!exchange.request().websocket) return Echo(exchange);
    WebSocketEcho::Start(exchange, options);
  });
  std::string text;
  for (int i = 0; i < 500; ++i) text += std::to_string(i * i);
  const std::string packed = Deflate(text);
  std::string input = Request(kCompression);
  const std::size_t handshake = input.size();
  const std::pair<int, std::string> frames[] = {{kFin | kText, "hello"},
                                                {kFin | kCompressed | kText, packed},
                                                {kFin | kPing, "ping"},
                                                {kCompressed | kBinary, packed.substr(0, 99)},
                                                {kContinuation, ""},
                                                {kFin | kContinuation, packed.substr(99)},
                                                {kText, "h"},
                                                {kFin | kPong, ""},
                                                {kFin | kContinuation, "ello"},
                                                {kFin | kBinary, text},
                                                {kFin | kClose, "\x03\xe8"}};
  for (const auto& [first, payload] : frames) input += Frame(first, payload);
  SendBroken(server, input, 3, handshake);
}

}  // namespace
}  // namespace protorest::http
