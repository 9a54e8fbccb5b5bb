// The contract of Exchange between threads: backpressure, a peer that goes, an end that ends it
// all.
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

const char kGet[] = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

// Hands the exchange to the test.
struct Held {
  Promise<Exchange*> exchange;
  void operator()(Exchange& it) { exchange.Set(&it); }
  Exchange& get() { return **exchange.Wait(); }
};

TEST(Exchange, FindComparesNamesWithoutCase) {
  const Header headers[] = {{"Content-Type", "a"}, {"x", "b"}, {"X", "c"}};
  RequestHead head;
  head.headers = headers;
  EXPECT_EQ(head.Find("content-type"), "a");
  EXPECT_EQ(head.Find("X"), "b");
  EXPECT_EQ(head.Find("y"), std::nullopt);
}

TEST(Exchange, PeerIsNamed) {
  TestServer server([](Exchange& exchange) { Reply(exchange, exchange.peer()); });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_TRUE(client.Read().body.starts_with("ipv4:127.0.0.1:"));
}

TEST(Exchange, E12_AClientThatClosesIsNoticedWhileTheCallRuns) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port());
  client.Send(kGet);
  Promise<bool> gone;
  held.get().WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
  EXPECT_FALSE(held.get().PeerGone());
  client.Close();
  EXPECT_EQ(gone.Wait(), false);
  EXPECT_TRUE(held.get().PeerGone());
  Reply(held.get(), "to nobody");
}

TEST(Exchange, E12_AClientThatResetsIsNoticedWhileTheCallRuns) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port());
  client.Send(kGet);
  Promise<bool> gone;
  held.get().WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
  client.Reset();
  EXPECT_EQ(gone.Wait(), false);
  held.get().Abort();
}

TEST(Exchange, E12_AClientThatHalfClosesWhileTheCallRunsCountsAsGoneButCanBeAnswered) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port());
  client.Send(kGet);
  Promise<bool> gone;
  held.get().WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
  client.HalfClose();
  EXPECT_EQ(gone.Wait(), false);
  Reply(held.get(), "still here");
  EXPECT_EQ(client.Read().body, "still here");
}

TEST(Exchange, WatchPeerAfterTheLossIsToldAtOnce) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port());
  client.Send(kGet);
  Promise<bool> first;
  held.get().WatchPeer(Call([&](bool ok) { first.Set(ok); }));
  client.Close();
  ASSERT_EQ(first.Wait(), false);
  Promise<bool> second;
  held.get().WatchPeer(Call([&](bool ok) { second.Set(ok); }));
  EXPECT_TRUE(second.has_value());
  held.get().Abort();
}

TEST(Exchange, PeerGoneCanBeAskedWhileAHandlerBlocksInOnRequest) {
  Held held;
  Promise<bool> leave;
  TestServer server([&](Exchange& exchange) {
    held(exchange);
    leave.Wait();
    Reply(exchange, "");
  });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_FALSE(held.get().PeerGone());
  client.Send(kGet);  // unread bytes do not hide the end behind them
  client.Close();
  bool gone = false;
  for (int i = 0; i < 1'000'000 && !gone; ++i) gone = held.get().PeerGone();
  EXPECT_TRUE(gone);
  leave.Set(true);
}

TEST(Exchange, EndingItEndsWhatIsPending) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n");
  Promise<bool> watch;
  Promise<bool> body;
  held.get().WatchPeer(Call([&](bool ok) { watch.Set(ok); }));
  CollectBody(held.get(), [&](std::optional<std::string> text) { body.Set(text.has_value()); });
  EXPECT_FALSE(body.has_value());
  Reply(held.get(), "done");
  EXPECT_TRUE(watch.has_value());
  EXPECT_EQ(watch.Wait(), true);
  EXPECT_EQ(body.Wait(), false);
  EXPECT_EQ(client.Read().body, "done");
}

TEST(Exchange, AReaderThatStopsStopsTheWriter) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port(), 4096);
  client.Send(kGet);
  Exchange& exchange = held.get();
  exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
  std::size_t sent = 0;
  const std::string piece(10'000, 'x');
  // The kernel's own buffers fill up first, then ours, then the writer is stopped for good.
  Promise<bool> first_stop;
  bool stuck = false;
  while (!stuck && sent < 100'000'000) {
    while (exchange.SendBody(piece)) sent += piece.size();
    sent += piece.size();
    Promise<bool> writable;
    auto shared = std::make_shared<Promise<bool>>();
    exchange.WhenWritable(Call([shared](bool ok) { shared->Set(ok); }));
    stuck = !shared->Wait(std::chrono::seconds(1)).has_value();
    if (stuck) {
      std::thread reader([&] { EXPECT_EQ(client.Read().body.size(), sent); });
      EXPECT_EQ(shared->Wait(), true);
      exchange.Finish({});
      reader.join();
    }
  }
  EXPECT_TRUE(stuck) << "a reader that does not read must stop the writer";
}

TEST(Exchange, AWriterIsToldWhenItsPeerGoes) {
  Held held;
  TestServer server(std::ref(held));
  RawClient client(server.port(), 4096);
  client.Send(kGet);
  Exchange& exchange = held.get();
  exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
  const std::string piece(1'000'000, 'x');
  for (int i = 0; i < 20; ++i) exchange.SendBody(piece);
  Promise<bool> writable;
  exchange.WhenWritable(Call([&](bool ok) { writable.Set(ok); }));
  client.Reset();
  EXPECT_EQ(writable.Wait(), false);
  exchange.SendBody(piece);
  exchange.Finish({});
}

TEST(Exchange, AReaderThatTakesNothingIsCutOff) {
  Held held;
  TestServer server(std::ref(held), {.write_timeout = std::chrono::seconds(1)});
  RawClient client(server.port(), 4096);
  client.Send(kGet);
  Promise<bool> gone;
  held.get().WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
  held.get().StartResponse({.status = 200, .headers = {}, .content_length = {}});
  const std::string piece(1'000'000, 'x');
  for (int i = 0; i < 20; ++i) held.get().SendBody(piece);
  EXPECT_EQ(gone.Wait(), false);
  held.get().Abort();
}

TEST(Exchange, ManySmallPiecesFromAnotherThreadLeaveInFewWrites) {
  std::thread worker;
  TestServer server([&](Exchange& exchange) {
    worker = std::thread([&exchange] {
      exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
      for (int i = 0; i < 20'000; ++i) exchange.SendBody(std::to_string(i) + ",");
      exchange.Finish({});
    });
  });
  RawClient client(server.port());
  client.Send(kGet);
  const Response response = client.Read();
  worker.join();
  std::string expected;
  for (int i = 0; i < 20'000; ++i) expected += std::to_string(i) + ",";
  EXPECT_TRUE(response.whole);
  EXPECT_TRUE(response.body == expected);
}

TEST(Exchange, RequestAndResponseBodiesFlowSideBySide) {
  // One thread sends back each piece as it comes: the shape of a chat.
  class Mirror final : public BodySink {
   public:
    explicit Mirror(Exchange& exchange) : exchange_(exchange) {}
    void Start() {
      exchange_.StartResponse({.status = 200, .headers = {}, .content_length = {}});
      exchange_.ReadBody(*this);
    }
    void OnBody(std::string_view piece, bool last) override {
      exchange_.SendBody(piece);
      if (!last) return exchange_.ReadBody(*this);
      exchange_.Finish({});
      delete this;
    }
    void OnBodyError() override {
      exchange_.Abort();
      delete this;
    }

   private:
    Exchange& exchange_;
  };
  TestServer server([](Exchange& exchange) { (new Mirror(exchange))->Start(); });
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
  const std::string head = client.ReadSome();
  EXPECT_NE(head.find("transfer-encoding: chunked"), std::string::npos);
  for (int i = 0; i < 10; ++i) {
    client.Send("3\r\na" + std::to_string(i) + "\n\r\n");
    EXPECT_EQ(client.ReadSome(), "3\r\na" + std::to_string(i) + "\n\r\n");
  }
  client.Send("0\r\n\r\n");
  EXPECT_EQ(client.ReadSome(), "0\r\n\r\n");
}

TEST(Exchange, AReadPastTheEndIsTheEndAgain) {
  TestServer server([](Exchange& exchange) {
    CollectBody(exchange, [&exchange](std::optional<std::string> first) {
      CollectBody(exchange, [&exchange, first](std::optional<std::string> second) {
        Reply(exchange, *first + "|" + *second);
      });
    });
  });
  RawClient client(server.port());
  client.Send(
      "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "a|");
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nb");
  EXPECT_EQ(client.Read().body, "b|");
}

}  // namespace
}  // namespace protorest::http
