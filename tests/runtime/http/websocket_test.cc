// WebSockets over real sockets, frame by frame: what browsers send, and what nobody should.
#include "http/websocket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/runtime/http/harness.h"
#include "tests/runtime/http/websocket_client.h"

namespace protorest::http {
namespace {

using namespace std::chrono_literals;

using Client = WebSocketClient;
using Echo = WebSocketEcho;

class WebSocketTest : public testing::Test {
 protected:
  // Pings seldom come in between.
  TestServer server_{[this](Exchange& exchange) {
    if (exchange.request().path == "/plain") return Reply(exchange, "plain");
    Echo::Start(exchange, options_);
  }};
  WebSocketOptions options_{.subprotocol = {}, .max_message_bytes = 100'000, .ping_interval = 20s};
};

TEST_F(WebSocketTest, E25_HandshakeAndEcho) {
  Client client(server_.port());
  EXPECT_TRUE(client.head().starts_with("HTTP/1.1 101 ")) << client.head();
  EXPECT_NE(client.head().find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            std::string::npos)
      << "the example of RFC 6455: " << client.head();
  EXPECT_EQ(client.head().find("Sec-WebSocket-Protocol"), std::string::npos);
  client.Send(Frame(kFin | kText, "hello"));
  EXPECT_EQ(client.Read(), "t:hello");
  client.Send(Frame(kFin | kBinary, std::string("\x00\xff", 2)));
  EXPECT_EQ(client.Read(), std::string("b:\x00\xff", 4));
  client.Send(Frame(kFin | kText, ""));
  EXPECT_EQ(client.Read(), "t:");
  client.Send(CloseFrame(1000, "bye"));
  EXPECT_EQ(client.Read(), "c:1000 ");
  EXPECT_EQ(client.Read(), "");
}

TEST_F(WebSocketTest, E25_TheSubprotocolIsAnswered) {
  options_.subprotocol = "protorest.json";
  Client client(server_.port(), Request("Sec-WebSocket-Protocol: a, protorest.json\r\n"));
  EXPECT_NE(client.head().find("Sec-WebSocket-Protocol: protorest.json"), std::string::npos);
}

TEST_F(WebSocketTest, E25_WhatIsNoHandshakeIsAnOrdinaryRequest) {
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"GET ", "POST "},
                                                        {"HTTP/1.1", "HTTP/1.0"},
                                                        {"Version: 13", "Version: 8"},
                                                        {"Key: dGhl", "Key: dGh"},
                                                        {"Sec-WebSocket-Key", "X-Key"},
                                                        {"Upgrade: websocket", "Upgrade: h2c"},
                                                        {"keep-alive, Upgrade", "keep-alive"}}) {
    std::string request = Request();
    request.replace(request.find(from), from.size(), to);
    RawClient client(server_.port());
    client.Send(request);
    EXPECT_EQ(client.Read().status, 400) << from;
  }
}

TEST_F(WebSocketTest, E25_FramesBehindTheRequestAndBehindPipelinedOnes) {
  Client client(server_.port(), "GET /plain HTTP/1.1\r\nHost: h\r\n\r\n" + Request() +
                                    Frame(kFin | kText, "early") + Frame(kText, "in "));
  EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200 ")) << client.head();
  EXPECT_EQ(client.Take(5), "plain");
  EXPECT_TRUE(client.ReadHead().starts_with("HTTP/1.1 101 "));
  EXPECT_EQ(client.Read(), "t:early");
  client.Send(Frame(kFin | kContinuation, "two"));
  EXPECT_EQ(client.Read(), "t:in two");
}

TEST_F(WebSocketTest, E25_AnUpgradeBehindACallThatIsAnsweredLater) {
  // A read is in flight when the socket changes hands: for the peer's end, while the call ran.
  Promise<Exchange*> first;
  TestServer server([&](Exchange& exchange) {
    if (exchange.request().path == "/plain") return first.Set(&exchange);
    Echo::Start(exchange, options_);
  });
  RawClient client(server.port());
  client.Send("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n" + Request());
  Reply(**first.Wait(), "later");
  EXPECT_EQ(client.Read().body, "later");
  client.Send(Frame(kFin | kText, "a"));
  std::string received;
  while (
      !received.ends_with("\x81\x01"
                          "a")) {
    const std::string more = client.ReadSome();
    ASSERT_NE(more, "") << received;
    received += more;
  }
  EXPECT_TRUE(received.starts_with("HTTP/1.1 101 ")) << received;
}

TEST_F(WebSocketTest, E25_FragmentsWithControlFramesBetween) {
  Client client(server_.port());
  client.Send(Frame(kText, "a") + Frame(kFin | kPing, "1") + Frame(kContinuation, "b") +
              Frame(kFin | kPong, "unasked") + Frame(kFin | kContinuation, "c"));
  EXPECT_EQ(client.Read(), "o:1");
  EXPECT_EQ(client.Read(), "t:abc");
}

TEST_F(WebSocketTest, E25_ALargeMessageByteByByte) {
  const std::string text(70'000, 'x');
  Client client(server_.port());
  const std::string frame = Frame(kFin | kText, text);
  for (std::size_t at = 0; at < frame.size(); at += 997) client.Send(frame.substr(at, 997));
  EXPECT_EQ(client.Read(), "t:" + text);
}

TEST_F(WebSocketTest, E25_AMessageBeyondTheLimitIs1009) {
  Client announced(server_.port());
  announced.Send(Frame(kFin | kText, "", 1'000'000));
  EXPECT_EQ(announced.Read(), "c:1009 ");
  Client huge(server_.port());
  huge.Send(Frame(kFin | kText, "", 0x7fffffffffffffff));
  EXPECT_EQ(huge.Read(), "c:1009 ");
  Client fragments(server_.port());
  fragments.Send(Frame(kText, std::string(60'000, 'a')) +
                 Frame(kFin | kContinuation, std::string(60'000, 'a')));
  EXPECT_EQ(fragments.Read(), "c:1009 ");
}

TEST_F(WebSocketTest, E25_InvalidUtf8Is1007) {
  for (const std::string text : {"\xff", "\xc3", "\xed\xa0\x80"}) {
    Client client(server_.port());
    client.Send(Frame(kFin | kText, text));
    EXPECT_EQ(client.Read(), "c:1007 ");
  }
}

TEST_F(WebSocketTest, E25_ABreachOfTheProtocolIs1002) {
  const std::string unmasked(
      "\x81\x01"
      "a",
      3);
  for (const std::string& frames :
       {unmasked, Frame(kFin | 3, ""), Frame(kFin | kText | 0x20, ""), Frame(kPing, ""),
        Frame(kFin | kPing, std::string(126, 'a')), Frame(kFin | kContinuation, "a"),
        Frame(kText, "a") + Frame(kFin | kText, "b"), Frame(kFin | kClose, "a"), CloseFrame(1005),
        CloseFrame(1000, "\xff"), Frame(kFin | kText | kCompressed, "a")}) {
    Client client(server_.port());
    client.Send(frames);
    EXPECT_EQ(client.Read(), "c:1002 ");
  }
}

TEST_F(WebSocketTest, E25_CompressedMessages) {
  Client client(server_.port(), Request(kCompression));
  EXPECT_NE(client.head().find("permessage-deflate"), std::string::npos) << client.head();
  const std::string text(50'000, 'y');
  client.Send(Frame(kFin | kText | kCompressed, Deflate(text)));
  EXPECT_EQ(client.Read(), "t:" + text);
}

TEST_F(WebSocketTest, E25_CompressionIsTakenHoweverItIsOffered) {
  for (const std::string offer :
       {"permessage-deflate", "permessage-deflate; client_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "x-other, permessage-deflate"}) {
    Client client(server_.port(), Request("Sec-WebSocket-Extensions: " + offer + "\r\n"));
    EXPECT_NE(client.head().find("permessage-deflate"), std::string::npos) << offer;
    client.Send(Frame(kFin | kText | kCompressed, Deflate("hello")));
    EXPECT_EQ(client.Read(), "t:hello") << offer;
  }
  // The client's window may be as large as it likes, where it does not say that it can be smaller.
  Client client(server_.port(), Request("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
  EXPECT_EQ(client.head().find("client_max_window_bits"), std::string::npos) << client.head();
}

TEST_F(WebSocketTest, E25_ABombGrowsToTheLimitAndNoFurther) {
  Client client(server_.port(), Request(kCompression));
  client.Send(Frame(kFin | kText | kCompressed, Deflate(std::string(3'000'000, 'y'))));
  EXPECT_EQ(client.Read(), "c:1009 ");
}

TEST_F(WebSocketTest, E25_WhatDoesNotInflateEndsTheConnection) {
  Client client(server_.port(), Request(kCompression));
  client.Send(Frame(kFin | kText | kCompressed, std::string(100, '\xff')));
  EXPECT_EQ(client.Read(), "");
}

TEST_F(WebSocketTest, E25_ACloseCarriesCodeAndReasonCutBetweenCharacters) {
  Client client(server_.port());
  client.Send(Frame(kFin | kText, "close"));
  const std::string close = client.Read();
  EXPECT_TRUE(close.starts_with("c:4005 xxx")) << close;
  EXPECT_EQ(close.size(), std::string("c:4005 ").size() + 122);
  client.Send(CloseFrame(4005));
  EXPECT_EQ(client.Read(), "");
}

TEST_F(WebSocketTest, E25_NothingBehindTheCloseIsLost) {
  // A peer that goes on sending must still be able to read the close frame.
  Client client(server_.port());
  client.Send(Frame(kFin | kText, "\xff"));
  for (int i = 0; i < 100; ++i) client.Send(Frame(kFin | kText, std::string(10'000, 'z')));
  EXPECT_EQ(client.Read(), "c:1007 ");
  EXPECT_EQ(client.Read(), "");
}

TEST_F(WebSocketTest, E25_APingThatNobodyAnswersEndsIt) {
  options_.ping_interval = 20ms;
  Client silent(server_.port());
  EXPECT_EQ(silent.Read(), "p:");
  EXPECT_EQ(silent.Read(), "") << "cut";
  Client alive(server_.port());
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(alive.Read(), "p:");
    alive.Send(Frame(kFin | kPong, ""));
  }
}

TEST_F(WebSocketTest, E12_APeerThatGoesAwayIsNoticed) {
  for (const bool reset : {false, true}) {
    Promise<bool> gone;
    TestServer server([&](Exchange& exchange) {
      exchange.WatchPeer(Call([&gone](bool ended) { gone.Set(!ended); }));
      Echo::Start(exchange, options_);
    });
    Client client(server.port());
    client.Send(Frame(kFin | kText, "a"));
    EXPECT_EQ(client.Read(), "t:a");
    reset ? client.socket().Reset() : client.socket().Close();
    EXPECT_EQ(gone.Wait(), true);
  }
}

// The end of its side is all that a peer says to our close frame: there is nothing more to wait
// for.
TEST_F(WebSocketTest, E25_APeerThatGoesInsteadOfClosingLeavesNothingBehind) {
  for (const bool reset : {false, true}) {
    Client client(server_.port());
    client.Send(Frame(kFin | kText, "close"));
    EXPECT_TRUE(client.Read().starts_with("c:4005"));
    EXPECT_EQ(server_.listener().connections(), 1u);
    reset ? client.socket().Reset() : client.socket().Close();
    EXPECT_TRUE(ComesTrue([this] { return server_.listener().connections() == 0; }));
  }
}

// What has come behind a request whose peer is lost meanwhile is no request any more.
TEST_F(WebSocketTest, E12_AnUpgradeOfALostPeerIsNotBegun) {
  Promise<Exchange*> slow;
  TestServer server([&](Exchange& exchange) {
    if (exchange.request().path == "/slow") return slow.Set(&exchange);
    ADD_FAILURE() << "a request of a lost peer";
    Echo::Start(exchange, options_);
  });
  RawClient client(server.port());
  client.Send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n" + Request());
  Exchange& exchange = *slow.Wait().value();
  Promise<bool> gone;
  exchange.WatchPeer(Call([&gone](bool ended) { gone.Set(!ended); }));
  client.Reset();
  EXPECT_EQ(gone.Wait(), true);
  Reply(exchange, "too late");
}

TEST_F(WebSocketTest, E25_ASlowReaderPushesBack) {
  std::atomic<int> sent = 0;
  Promise<bool> full, done;
  TestServer server([&](Exchange& exchange) {
    WebSocket& socket = *exchange.Upgrade(options_);
    const std::string message(32 * 1024, 'm');
    while (socket.Send(message, false)) ++sent;
    ++sent;
    full.Set(true);
    socket.WhenWritable(Call([&socket, &done](bool ready) {
      socket.Close(kCloseNormal, "");
      done.Set(ready);
    }));
  });
  Client client(server.port());
  ASSERT_TRUE(full.Wait());
  EXPECT_LE(sent, 4) << "64 KiB and one message";
  for (int i = 0; i < sent; ++i) EXPECT_EQ(client.Read().size(), 2u + 32 * 1024);
  EXPECT_EQ(done.Wait(), true);
  EXPECT_EQ(client.Read(), "c:1000 ");
}

TEST_F(WebSocketTest, E25_AFastWriterIsPushedBack) {
  // Nobody receives: at most one message is read ahead, the rest waits in the sockets' buffers.
  Promise<WebSocket*> socket;
  TestServer server([&](Exchange& exchange) { socket.Set(exchange.Upgrade(options_)); });
  Client client(server.port());
  ASSERT_TRUE(socket.Wait());
  timeval no_longer{.tv_sec = 0, .tv_usec = 100'000};
  setsockopt(client.socket().fd(), SOL_SOCKET, SO_SNDTIMEO, &no_longer, sizeof no_longer);
  const std::string frame = Frame(kFin | kBinary, std::string(50'000, 'a'));
  std::size_t taken = 0;
  for (ssize_t n = 0;
       (n = ::send(client.socket().fd(), frame.data(), frame.size(), MSG_NOSIGNAL)) > 0;) {
    taken += static_cast<std::size_t>(n);
    ASSERT_LT(taken, 100u << 20) << "it is read without end";
  }
  (*socket.Wait())->Close(kCloseNormal, "");
  EXPECT_EQ(client.Read(), "c:1000 ");
}

TEST_F(WebSocketTest, E25_AStoppingServerSaysSo) {
  Client client(server_.port());
  client.Send(Frame(kFin | kText, "a"));
  EXPECT_EQ(client.Read(), "t:a");
  Promise<bool> drained;
  server_.listener().Drain(Call([&drained](bool) { drained.Set(true); }));
  EXPECT_EQ(client.Read(), "c:1001 the server is stopping");
  client.Send(CloseFrame(1001));
  EXPECT_EQ(client.Read(), "");
  client.socket().Close();
  EXPECT_TRUE(drained.Wait());
}

TEST_F(WebSocketTest, E25_AServerThatCloseAllIsDoneAtOnce) {
  Client client(server_.port());
  Promise<bool> drained;
  server_.listener().Drain(Call([&drained](bool) { drained.Set(true); }));
  server_.listener().CloseAll();
  EXPECT_TRUE(drained.Wait());
}

TEST_F(WebSocketTest, E25_ManyMessagesFromAnotherThread) {
  // The writer does not pause: what it sends is gathered, and arrives in order.
  constexpr int kMessages = 20'000;
  std::thread writer;
  TestServer server([&](Exchange& exchange) {
    WebSocket* socket = exchange.Upgrade(options_);
    writer = std::thread([socket] {
      for (int i = 0; i < kMessages; ++i) {
        if (socket->Send(std::to_string(i), false)) continue;
        Promise<bool> room;
        socket->WhenWritable(Call([&room](bool ready) { room.Set(ready); }));
        if (room.Wait() != true) break;
      }
      socket->Close(kCloseNormal, "all");
    });
  });
  Client client(server.port());
  for (int i = 0; i < kMessages; ++i) ASSERT_EQ(client.Read(), "t:" + std::to_string(i));
  EXPECT_EQ(client.Read(), "c:1000 all");
  writer.join();
}

}  // namespace
}  // namespace protorest::http
