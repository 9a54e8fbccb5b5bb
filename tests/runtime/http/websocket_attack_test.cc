// WebSockets whose peers mean ill: what they send must cost the server no memory, and no other peer
// anything.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "tests/runtime/http/websocket_client.h"

namespace protorest::http {
namespace {

using namespace std::chrono_literals;

class WebSocketAttack : public testing::Test {
 protected:
  // Sends `frame` again and again until the server takes no more of it; returns how many bytes it
  // took.
  static std::size_t Flood(WebSocketClient& client, const std::string& frame, std::size_t most) {
    const timeval no_longer{.tv_sec = 0, .tv_usec = 500'000};
    setsockopt(client.socket().fd(), SOL_SOCKET, SO_SNDTIMEO, &no_longer, sizeof no_longer);
    std::string frames;
    for (int i = 0; i < 500; ++i) frames += frame;
    std::size_t taken = 0;
    while (taken < most) {
      const ssize_t n = ::send(client.socket().fd(), frames.data() + taken % frames.size(),
                               frames.size() - taken % frames.size(), MSG_NOSIGNAL);
      if (n <= 0) break;
      taken += static_cast<std::size_t>(n);
    }
    return taken;
  }

  WebSocketOptions options_{.subprotocol = {}, .max_message_bytes = 100'000, .ping_interval = 20s};
  TestServer server_{[this](Exchange& exchange) { WebSocketEcho::Start(exchange, options_); }};
};

TEST_F(WebSocketAttack, E25_PongsThatNobodyReadsDoNotPileUp) {
  WebSocketClient client(server_.port());
  const std::string ping = Frame(kFin | kPing, std::string(125, 'p'));
  constexpr std::size_t kMost = std::size_t{100} << 20;
  const std::size_t taken = Flood(client, ping, kMost);
  ASSERT_LT(taken, kMost) << "it answers without end";
  // Whoever reads after all finds each of them answered, and the rest of the conversation.
  for (std::size_t i = 0; i < taken / ping.size(); ++i) {
    ASSERT_EQ(client.Read(), "o:" + std::string(125, 'p')) << i;
  }
  client.Send(ping.substr(taken % ping.size()) + Frame(kFin | kText, "still here"));
  EXPECT_EQ(client.Read(), "o:" + std::string(125, 'p'));
  EXPECT_EQ(client.Read(), "t:still here");
}

TEST_F(WebSocketAttack, E25_APeerThatReadsNothingIsToldApartFromOneThatIsGone) {
  Promise<bool> gone;
  TestServer server([&](Exchange& exchange) {
    exchange.WatchPeer(Call([&gone](bool ended) { gone.Set(!ended); }));
    WebSocketEcho::Start(exchange, options_);
  });
  options_.ping_interval = 50ms;
  WebSocketClient client(server.port());
  Flood(client, Frame(kFin | kPing, std::string(125, 'p')), std::size_t{100} << 20);
  client.socket().Reset();
  EXPECT_EQ(gone.Wait(), true);
}

std::size_t OpenFiles() {
  const std::filesystem::directory_iterator files("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

// Whatever the server was about to say, and however its peers went.
TEST_F(WebSocketAttack, E25_PeersThatVanishLeaveNothingBehind) {
  const std::string hello = Frame(kFin | kText, "hello");
  const std::string all = Request() + hello + hello + hello + Frame(kFin | kText, "close");
  const std::size_t before = OpenFiles();
  std::vector<std::thread> peers;
  for (int thread = 0; thread < 12; ++thread) {
    peers.emplace_back([&, thread] {
      for (int i = thread; i < thread + 500; ++i) {
        RawClient peer(server_.port());
        peer.Send(all);
        peer.ReadSome();
        if (i % 5 < 2) peer.Reset();
        if (i % 5 == 2) {
          peer.HalfClose();
          peer.ReadSome();
        }
      }
    });
  }
  for (std::thread& peer : peers) peer.join();
  EXPECT_TRUE(ComesTrue([this] { return server_.listener().connections() == 0; }));
  EXPECT_TRUE(ComesTrue([before] { return OpenFiles() <= before; })) << OpenFiles();
}

TEST_F(WebSocketAttack, E25_FragmentsOfNothing) {
  WebSocketClient client(server_.port());
  std::string frames = Frame(kText, "a");
  for (int i = 0; i < 20'000; ++i) frames += Frame(kContinuation, "");
  client.Send(frames + Frame(kFin | kContinuation, "b"));
  EXPECT_EQ(client.Read(), "t:ab");
}

TEST_F(WebSocketAttack, E25_LengthsThatAreNotTheShortest) {
  for (const std::string& header : {std::string("\x82\xfe\x00\x05", 4),
                                    std::string("\x82\xff\x00\x00\x00\x00\x00\x00\x00\x05", 10)}) {
    WebSocketClient client(server_.port());
    client.Send(header + std::string("\0\0\0\0hello", 9));
    EXPECT_TRUE(client.Read().starts_with("c:1002 ")) << testing::PrintToString(header);
  }
}

TEST_F(WebSocketAttack, E25_ABombInManyFragments) {
  WebSocketClient client(server_.port(), Request(kCompression));
  const std::string bomb = Deflate(std::string(50'000, 'b'));
  std::string frames = Frame(kText | kCompressed, bomb);
  for (int i = 0; i < 100; ++i) frames += Frame(kContinuation, bomb);
  client.Send(frames);
  EXPECT_NE(client.Read().substr(0, 2), "t:");
}

}  // namespace
}  // namespace protorest::http
