// Peers that take their time: what they hold up, and for how long.
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

using namespace std::chrono_literals;

// A request with a chunked body that begins with `chunks`.
std::string Chunked(const std::string& chunks, const std::string& path = "/") {
  return "POST " + path + " HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + chunks;
}

// Reads a body that is wanted by some time, and tells how that went; answers 408 if it is late.
class Impatient final : public BodySink {
 public:
  enum class End { kWhole, kLost, kLate };

  Impatient(Exchange& exchange, Clock::time_point wanted_by, std::function<void(End)> done)
      : exchange_(exchange), wanted_by_(wanted_by), done_(std::move(done)) {
    exchange.ReadBody(*this);
  }

  void OnBody(std::string_view, bool last) override {
    if (!last) return exchange_.ReadBody(*this);
    Reply(exchange_, "whole");
    EndAs(End::kWhole);
  }
  void OnBodyError() override {
    exchange_.Abort();
    EndAs(End::kLost);
  }
  std::optional<Clock::time_point> wanted_by() const override { return wanted_by_; }
  void OnBodyLate() override {
    Reply(exchange_, "late", 408);
    EndAs(End::kLate);
  }

 private:
  void EndAs(End end) {
    done_(end);
    delete this;
  }

  Exchange& exchange_;
  const Clock::time_point wanted_by_;
  const std::function<void(End)> done_;
};

// Wants bodies within `within`; those of /stream when they come.
class BodyServer {
 public:
  BodyServer(Clock::duration within, std::chrono::seconds body_timeout)
      : BodyServer(within, HttpLimits{.body_timeout = body_timeout, .min_body_rate = 0}) {}
  BodyServer(Clock::duration within, const HttpLimits& limits)
      : server_(
            [this, within](Exchange& exchange) {
              if (exchange.request().path == "/stream") {
                return CollectBody(exchange, [&exchange](const std::optional<std::string>& body) {
                  Reply(exchange, body.value_or("lost"));
                });
              }
              new Impatient(exchange, Clock::now() + within,
                            [this](Impatient::End end) { end_.Set(end); });
            },
            limits) {}

  std::uint16_t port() const { return server_.port(); }
  std::optional<Impatient::End> end() { return end_.Wait(); }

 private:
  Promise<Impatient::End> end_;
  TestServer server_;
};

// Of two HTTP/2 bodies that do not end, one wanted as a whole and one of a stream.
void ExpectTheWholeBodyIsGivenUp(BodyServer& server) {
  H2Client client(server.port());
  const std::int32_t id = client.Submit("POST", "/", "hello");
  client.stream(id).endless_upload = true;
  const std::int32_t other = client.Submit("POST", "/stream", "hello");
  client.stream(other).endless_upload = true;
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(server.end(), Impatient::End::kLate);
  EXPECT_EQ(client.stream(id).headers[":status"], "408");
  EXPECT_FALSE(client.stream(other).closed) << "a stream may be silent, or trickle";
}

TEST(SlowPeer, AWholeBodyThatStallsIsGivenUpAndAnswered) {
  for (const std::string& request :
       {Chunked("5\r\nhello\r\n"),
        std::string("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhello"),
        Chunked("")}) {
    BodyServer server(1h, 1s);
    RawClient client(server.port());
    client.Send(request);
    EXPECT_EQ(server.end(), Impatient::End::kLate) << request;
    const Response response = client.Read();
    EXPECT_EQ(response.status, 408);
    EXPECT_EQ(response.headers.at("connection"), "close");
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(SlowPeer, E11_AWholeBodyIsGivenUpAtTheDeadlineHoweverItTrickles) {
  BodyServer server(0s, 60s);
  RawClient client(server.port());
  client.Send(Chunked("5\r\nhel"));
  EXPECT_EQ(server.end(), Impatient::End::kLate);
  EXPECT_EQ(client.Read().status, 408);
}

TEST(SlowPeer, AStreamMayBeSilent) {
  BodyServer server(1h, 1s);
  RawClient silent(server.port());
  silent.Send(Chunked("1\r\na\r\n", "/stream"));
  // Two others, one after the other, each find out how long the limit is.
  for (int i = 0; i < 2; ++i) {
    RawClient client(server.port());
    client.Send(Chunked(""));
    EXPECT_EQ(client.Read().status, 408);
  }
  silent.Send("1\r\nb\r\n0\r\n\r\n");
  EXPECT_EQ(silent.Read().body, "ab");
}

// More than anybody here sends.
constexpr HttpLimits kRate = {.min_body_rate = 1'000'000, .body_rate_grace = 1s};

TEST(SlowPeer, AWholeBodyThatTricklesIsGivenUpAndAnswered) {
  for (const std::string& request :
       {Chunked("5\r\nhello\r\n"),
        std::string("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhello")}) {
    BodyServer server(1h, kRate);
    RawClient client(server.port());
    client.Send(request);
    EXPECT_EQ(server.end(), Impatient::End::kLate) << request;
    EXPECT_EQ(client.Read().status, 408);
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(SlowPeer, AStreamMayTrickle) {
  BodyServer server(1h, kRate);
  RawClient chunked(server.port());
  chunked.Send(Chunked("1\r\na\r\n", "/stream"));
  RawClient announced(server.port());
  announced.Send("POST /stream HTTP/1.1\r\nhost: x\r\ncontent-length: 20000\r\n\r\na");
  // Two others, one after the other, each find out how long the grace is.
  for (int i = 0; i < 2; ++i) {
    RawClient client(server.port());
    client.Send(Chunked(""));
    EXPECT_EQ(client.Read().status, 408);
  }
  chunked.Send("1\r\nb\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.Read().body, "ab");
  announced.Send(std::string(20000 - 1, 'b'));
  EXPECT_EQ(announced.Read().body.size(), 20000u);
}

TEST(SlowPeer, TheRateOfABodyIsThatOfAllOfIt) {
  BodyServer server(1h, HttpLimits{.min_body_rate = 1, .body_rate_grace = 1s});
  RawClient fast(server.port());
  fast.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1001\r\n\r\n" + std::string(1000, 'x'));
  RawClient slow(server.port());
  slow.Send(Chunked(""));
  EXPECT_EQ(slow.Read().status, 408);
  fast.Send("x");
  EXPECT_EQ(fast.Read().status, 200);
}

TEST(SlowPeer, AnHttp2BodyThatTricklesIsGivenUpAndAnswered) {
  BodyServer server(1h, kRate);
  ExpectTheWholeBodyIsGivenUp(server);
}

TEST(SlowPeer, TheRestOfABodyThatNobodyReadsHasToComeAtARateToo) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "no", 404); }, kRate);
  RawClient client(server.port());
  client.Send(Chunked("5\r\nhello\r\n"));
  EXPECT_EQ(client.Read().status, 404);
  EXPECT_TRUE(client.AtEnd());
}

TEST(SlowPeer, TheRestOfABodyThatNobodyReadsIsNotWaitedForEither) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "no", 404); }, {.body_timeout = 1s});
  RawClient client(server.port());
  client.Send(Chunked("5\r\nhello\r\n"));
  EXPECT_EQ(client.Read().status, 404);
  EXPECT_TRUE(client.AtEnd());
}

TEST(SlowPeer, TheClockOfABodyStandsWhileNobodyReadsIt) {
  // The server looks once a second: by the time that the first client is cut off, the limit of the
  // second one would have passed too, had its handler not taken its time.
  Promise<Exchange*> slow;
  TestServer server(
      [&](Exchange& exchange) {
        if (exchange.request().path == "/slow") return slow.Set(&exchange);
        CollectBody(exchange, [&exchange](const auto&) { exchange.Abort(); });
      },
      {.body_timeout = 1s});
  RawClient client(server.port());
  client.Send("POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 20000\r\n\r\nhello");
  Exchange* exchange = *slow.Wait();
  for (int i = 0; i < 2; ++i) {
    RawClient other(server.port());
    other.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhello");
    EXPECT_TRUE(other.AtEnd());
  }
  Promise<std::size_t> size;
  CollectBody(*exchange, [&, exchange](const std::optional<std::string>& body) {
    size.Set(body.value_or("").size());
    Reply(*exchange, "");
  });
  client.Send(std::string(20000 - 5, 'x'));
  EXPECT_EQ(size.Wait(), 20000u);
}

TEST(SlowPeer, AnHttp2StreamWhoseWindowStaysShutIsReset) {
  Promise<bool> writable;
  TestServer server(
      [&](Exchange& exchange) {
        if (exchange.request().path == "/short") return Reply(exchange, "short");
        exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
        exchange.SendBody(std::string(200'000, 'x'));  // the window takes 65,535 of them
        if (exchange.request().path == "/whole") return exchange.Finish({});
        exchange.WhenWritable(Call([&exchange, &writable](bool ready) {
          exchange.Abort();
          writable.Set(ready);
        }));
      },
      {.write_timeout = 1s});
  H2Client client(server.port(), /*hold_windows=*/true);
  const std::int32_t stream = client.Submit("GET", "/stream");
  const std::int32_t whole = client.Submit("GET", "/whole");
  ASSERT_TRUE(client.RunUntilClosed(stream));
  ASSERT_TRUE(client.RunUntilClosed(whole));
  EXPECT_EQ(client.stream(stream).error, static_cast<std::uint32_t>(NGHTTP2_CANCEL));
  EXPECT_EQ(client.stream(whole).error, static_cast<std::uint32_t>(NGHTTP2_CANCEL));
  EXPECT_EQ(writable.Wait(), false);
  const std::int32_t other = client.Submit("GET", "/short");
  ASSERT_TRUE(client.RunUntilClosed(other)) << "the connection lives on";
  EXPECT_EQ(client.stream(other).body, "short");
}

// The end of a response is a frame too, which nghttp2 does not send into a window that is shut.
TEST(SlowPeer, AnHttp2StreamOfWhichTheEndAloneIsLeftIsReset) {
  constexpr std::size_t kWindow = 65'535;
  Promise<Exchange*> answering;
  TestServer server(
      [&](Exchange& exchange) {
        exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
        exchange.SendBody(std::string(kWindow, 'x'));
        answering.Set(&exchange);
      },
      {.write_timeout = 1s});
  H2Client client(server.port(), /*hold_windows=*/true);
  const std::int32_t id = client.Submit("GET", "/");
  ASSERT_TRUE(client.RunUntil([&] { return client.stream(id).body.size() == kWindow; }));
  (*answering.Wait())->Finish({});
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(client.stream(id).error, static_cast<std::uint32_t>(NGHTTP2_CANCEL));
}

TEST(SlowPeer, AnHttp2BodyThatStallsIsGivenUpAndAnswered) {
  BodyServer server(1h, 1s);
  ExpectTheWholeBodyIsGivenUp(server);
}

}  // namespace
}  // namespace protorest::http
