// Listening, accepting, and the end: drain, close, limits of connections.
#include "http/listener.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

const char kGet[] = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

void Hello(Exchange& exchange) { Reply(exchange, "hello"); }

TEST(Listener, RefusesAddressesItCannotListenOn) {
  TestServer server(Hello);
  Listener& listener = server.listener();
  EXPECT_TRUE(listener.Listen(""));
  EXPECT_TRUE(listener.Listen("8080"));
  EXPECT_TRUE(listener.Listen("127.0.0.1:"));
  EXPECT_TRUE(listener.Listen("127.0.0.1:x"));
  EXPECT_TRUE(listener.Listen("unix:"));
  EXPECT_TRUE(listener.Listen("unix:/no/such/folder/socket"));
  EXPECT_EQ(listener.Listen("127.0.0.1:" + std::to_string(server.port())),
            std::errc::address_in_use);
}

TEST(Listener, ServesUnixSocketsAndReplacesTheirLeftOvers) {
  const std::string path = testing::TempDir() + "protorest_http_" + std::to_string(::getpid());
  ::unlink(path.c_str());
  for (int i = 0; i < 2; ++i) {  // the second finds the file that the first left behind
    TestServer server([](Exchange& exchange) { Reply(exchange, exchange.peer()); });
    ASSERT_FALSE(server.listener().Listen("unix:" + path));
    EXPECT_EQ(server.listener().Listen("unix:" + path), std::errc::address_in_use);
    RawClient client(path);
    client.Send(kGet);
    EXPECT_EQ(client.Read().body, "unix:");
  }
  ::unlink(path.c_str());
}

TEST(Listener, StopAcceptingLeavesOpenConnectionsAlone) {
  TestServer server(Hello);
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.Read().body, "hello");
  server.listener().StopAccepting();
  client.Send(kGet);
  EXPECT_EQ(client.Read().body, "hello");
}

TEST(Listener, DrainWithoutConnectionsIsDoneAtOnce) {
  TestServer server(Hello);
  bool drained = false;
  server.listener().Drain(Call([&](bool ok) { drained = ok; }));
  EXPECT_TRUE(drained);
}

TEST(Listener, DrainClosesIdleConnectionsAndAnswersBusyOnes) {
  Promise<Exchange*> held;
  TestServer server([&](Exchange& exchange) {
    if (exchange.request().path == "/held") return held.Set(&exchange);
    Reply(exchange, "hello");
  });
  RawClient idle(server.port());
  idle.Send(kGet);
  EXPECT_EQ(idle.Read().body, "hello");
  RawClient fresh(server.port());
  RawClient busy(server.port());
  busy.Send("GET /held HTTP/1.1\r\nhost: x\r\n\r\n");
  Exchange& exchange = **held.Wait();

  Promise<bool> drained;
  server.listener().Drain(Call([&](bool ok) { drained.Set(ok); }));
  EXPECT_TRUE(idle.AtEnd());
  EXPECT_TRUE(fresh.AtEnd());
  EXPECT_FALSE(drained.has_value());
  Reply(exchange, "last");
  Response response = busy.Read();
  EXPECT_EQ(response.body, "last");
  EXPECT_EQ(response.headers["connection"], "close");
  EXPECT_TRUE(busy.AtEnd());
  EXPECT_EQ(drained.Wait(), true);
}

TEST(Listener, DrainLosesNoHttp2Stream) {
  std::mutex mutex;
  std::vector<Exchange*> held;
  TestServer server([&](Exchange& exchange) {
    const std::lock_guard lock(mutex);
    held.push_back(&exchange);
  });
  H2Client client(server.port());
  std::vector<std::int32_t> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(client.Submit("GET", "/"));
  client.Ping();
  ASSERT_TRUE(client.RunUntil([&] {
    const std::lock_guard lock(mutex);
    return held.size() == 20;
  }));
  Promise<bool> drained;
  server.listener().Drain(Call([&](bool ok) { drained.Set(ok); }));
  ASSERT_TRUE(client.RunUntil([&] { return client.goaway(); }));
  EXPECT_FALSE(drained.has_value());
  for (Exchange* exchange : held) Reply(*exchange, "last");
  client.RunUntil([] { return false; });
  EXPECT_TRUE(client.ended());
  for (const std::int32_t id : ids) EXPECT_EQ(client.stream(id).body, "last");
  EXPECT_EQ(drained.Wait(), true);
}

TEST(Listener, DrainUnderLoadCutsNoResponse) {
  TestServer server(Hello, {}, 2);
  std::atomic<int> answered = 0;
  std::atomic<int> cut = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      RawClient client(server.port());
      for (;;) {
        client.Send(kGet);
        const Response response = client.Read();
        if (response.status == 0) return;  // closed between two requests
        response.whole&& response.body == "hello" ? ++answered : ++cut;
      }
    });
  }
  while (answered < 1000) std::this_thread::yield();
  Promise<bool> drained;
  server.listener().Drain(Call([&](bool ok) { drained.Set(ok); }));
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(drained.Wait(), true);
  EXPECT_EQ(cut, 0);
}

TEST(Listener, CloseAllTellsRunningCalls) {
  Promise<Exchange*> held;
  TestServer server([&](Exchange& exchange) { held.Set(&exchange); });
  RawClient client(server.port());
  client.Send(kGet);
  Exchange& exchange = **held.Wait();
  Promise<bool> gone;
  exchange.WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
  server.listener().CloseAll();
  EXPECT_EQ(gone.Wait(), false);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(server.listener().connections(), 1u);
  exchange.Abort();
}

TEST(Listener, MayBeDestroyedWithConnectionsOpenOnceTheLoopHasStopped) {
  class Hold final : public Service {
   public:
    void OnRequest(Exchange& exchange) override { Reply(exchange, "hello"); }
  } service;
  boost::asio::io_context io;
  auto listener = std::make_unique<Listener>(io, service, HttpLimits{});
  ASSERT_FALSE(listener->Listen("127.0.0.1:0"));
  std::thread loop([&] { io.run(); });
  RawClient one(listener->port());
  H2Client two(listener->port());
  one.Send(kGet);
  EXPECT_EQ(one.Read().body, "hello");
  const std::int32_t id = two.Submit("GET", "/");
  ASSERT_TRUE(two.RunUntilClosed(id));
  io.stop();
  loop.join();
  EXPECT_EQ(listener->connections(), 2u);
  listener.reset();  // what is still in the loop goes with it
}

TEST(Listener, NewcomersWaitWhileTooManyAreConnected) {
  TestServer server(Hello, {.max_connections = 2});
  auto one = std::make_unique<RawClient>(server.port());
  RawClient two(server.port());
  one->Send(kGet);
  two.Send(kGet);
  EXPECT_EQ(one->Read().body, "hello");
  EXPECT_EQ(two.Read().body, "hello");
  RawClient three(server.port());
  three.Send(kGet);
  two.Send(kGet);
  EXPECT_EQ(two.Read().body, "hello");
  EXPECT_EQ(server.listener().connections(), 2u);
  one.reset();
  EXPECT_EQ(three.Read().body, "hello");
}

TEST(Listener, ManyConnectionsComeAndGo) {
  TestServer server(Hello);
  for (int round = 0; round < 10; ++round) {
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
    for (auto& client : clients) client->Send(kGet);
    for (auto& client : clients) ASSERT_EQ(client->Read().body, "hello");
  }
}

}  // namespace
}  // namespace protorest::http
