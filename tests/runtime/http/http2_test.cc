// HTTP/2 as a client sees it: streams, flow control, resets, limits.
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

void ReplyWithTarget(Exchange& exchange) {
  const RequestHead& request = exchange.request();
  Reply(exchange, std::string(request.method) + " " + std::string(request.path) + " " +
                      std::string(request.query) + " " + std::string(request.authority));
}

void Echo(Exchange& exchange) {
  CollectBody(exchange, [&exchange](std::optional<std::string> body) {
    if (!body.has_value()) return exchange.Abort();
    Reply(exchange, *body);
  });
}

std::string LongText(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + ",";
  return text;
}

TEST(Http2, AnswersByPriorKnowledge) {
  TestServer server(ReplyWithTarget);
  H2Client client(server.port());
  const std::int32_t id = client.Submit("GET", "/a%20b?c=d");
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(client.stream(id).headers[":status"], "200");
  EXPECT_EQ(client.stream(id).headers["content-length"],
            std::to_string(client.stream(id).body.size()));
  EXPECT_EQ(client.stream(id).headers["date"].size(), 29u);
  EXPECT_EQ(client.stream(id).body, "GET /a%20b c=d x");
  EXPECT_EQ(client.stream(id).error, 0u);
}

TEST(Http2, CookiesInSeveralFieldsAreOne) {
  TestServer server([](Exchange& exchange) {
    std::string said;
    for (const Header& header : exchange.request().headers) {
      said.append(header.name).append("=").append(header.value).append("|");
    }
    Reply(exchange, said);
  });
  H2Client client(server.port());
  const std::int32_t id =
      client.Submit("GET", "/", std::nullopt,
                    {{"cookie", "a=1"}, {"x-a", "b"}, {"cookie", "b=2"}, {"cookie", "c=3"}});
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(client.stream(id).body, "cookie=a=1; b=2; c=3|x-a=b|");
}

TEST(Http2, ContinueIsSentOnceTheBodyIsAskedFor) {
  TestServer server(Echo);
  H2Client client(server.port());
  const std::int32_t waits = client.Submit("POST", "/", "", {{"expect", "100-continue"}});
  client.stream(waits).endless_upload = true;
  auto& status = client.stream(waits).headers[":status"];
  ASSERT_TRUE(client.RunUntil([&] { return !status.empty(); }));
  EXPECT_EQ(status, "100");
  const std::int32_t sends = client.Submit("POST", "/", "body", {{"expect", "100-continue"}});
  ASSERT_TRUE(client.RunUntilClosed(sends));
  EXPECT_EQ(client.stream(sends).body, "body");
}

TEST(Http2, AHundredStreamsAtOnceAreToldApart) {
  TestServer server(ReplyWithTarget);
  H2Client client(server.port());
  std::vector<std::int32_t> ids;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) ids.push_back(client.Submit("GET", "/" + std::to_string(i)));
    for (const std::int32_t id : ids) ASSERT_TRUE(client.RunUntilClosed(id));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(client.stream(ids[i]).body, "GET /" + std::to_string(i % 100) + "  x");
  }
}

TEST(Http2, StreamsAnsweredOnOtherThreadsComeWhenTheyAreReady) {
  std::vector<std::thread> workers;
  TestServer server(
      [&](Exchange& exchange) { workers.emplace_back([&exchange] { ReplyWithTarget(exchange); }); },
      {}, 1);
  H2Client client(server.port());
  std::vector<std::int32_t> ids;
  for (int i = 0; i < 50; ++i) ids.push_back(client.Submit("GET", "/" + std::to_string(i)));
  for (const std::int32_t id : ids) ASSERT_TRUE(client.RunUntilClosed(id));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(client.stream(ids[i]).body, "GET /" + std::to_string(i) + "  x");
  }
  for (std::thread& worker : workers) worker.join();
}

TEST(Http2, LongBodiesPassFlowControlBothWays) {
  TestServer server(Echo);
  H2Client client(server.port());
  const std::string body = LongText(3'000'000);
  const std::int32_t one = client.Submit("POST", "/", body);
  const std::int32_t two = client.Submit("POST", "/", body);
  ASSERT_TRUE(client.RunUntilClosed(one));
  ASSERT_TRUE(client.RunUntilClosed(two));
  EXPECT_TRUE(client.stream(one).body == body);
  EXPECT_TRUE(client.stream(two).body == body);
}

TEST(Http2, AnUnreadBodyStopsAtTheWindowAndHoldsUpNoOtherStream) {
  Promise<Exchange*> held;
  TestServer server(
      [&](Exchange& exchange) {
        if (exchange.request().path == "/hold") return held.Set(&exchange);
        Echo(exchange);
      },
      {.stream_window = 65535});
  H2Client client(server.port());
  const std::string body = LongText(1'000'000);
  const std::int32_t hold = client.Submit("POST", "/hold", body);
  const std::int32_t other = client.Submit("POST", "/", body);
  ASSERT_TRUE(client.RunUntilClosed(other));
  EXPECT_TRUE(client.stream(other).body == body);
  EXPECT_GE(client.stream(hold).upload.size(), body.size() - 65535);
  Echo(**held.Wait());
  ASSERT_TRUE(client.RunUntilClosed(hold));
  EXPECT_TRUE(client.stream(hold).body == body);
}

TEST(Http2, AStreamThatItsClientDoesNotReadStopsItsWriterAlone) {
  Promise<std::size_t> stopped_after;
  Promise<bool> writable;
  TestServer server([&](Exchange& exchange) {
    if (exchange.request().path != "/long") return ReplyWithTarget(exchange);
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
    std::size_t sent = 0;
    do {
      sent += 1000;
    } while (exchange.SendBody(std::string(1000, 'x')));
    stopped_after.Set(sent);
    exchange.WhenWritable(Call([&](bool ok) {
      writable.Set(ok);
      exchange.SendBody("end");
      exchange.Finish({});
    }));
  });
  H2Client client(server.port(), true);
  const std::int32_t slow = client.Submit("GET", "/long");
  ASSERT_TRUE(client.RunUntil([&] { return client.stream(slow).body.size() == 65535; }));
  const auto sent = stopped_after.Wait();
  ASSERT_TRUE(sent.has_value());
  EXPECT_GT(*sent, 64u * 1024);
  EXPECT_LT(*sent, 66u * 1024);
  const std::int32_t other = client.Submit("GET", "/");
  ASSERT_TRUE(client.RunUntilClosed(other));
  client.Acknowledge(slow);
  ASSERT_TRUE(client.RunUntilClosed(slow));
  EXPECT_EQ(writable.Wait(), true);
  EXPECT_EQ(client.stream(slow).body, std::string(*sent, 'x') + "end");
}

TEST(Http2, ManySmallPiecesFromAnotherThreadArriveInOrder) {
  std::thread worker;
  TestServer server([&](Exchange& exchange) {
    worker = std::thread([&exchange] {
      exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
      for (int i = 0; i < 5000; ++i) exchange.SendBody(std::to_string(i) + ",");
      exchange.Finish({});
    });
  });
  H2Client client(server.port());
  const std::int32_t id = client.Submit("GET", "/");
  ASSERT_TRUE(client.RunUntilClosed(id));
  std::string expected;
  for (int i = 0; i < 5000; ++i) expected += std::to_string(i) + ",";
  EXPECT_TRUE(client.stream(id).body == expected);
  worker.join();
}

TEST(Http2, E17_TrailersGoToThoseWhoTakeThem) {
  TestServer server([](Exchange& exchange) {
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
    exchange.SendBody("body");
    const Header trailers[] = {{"x-sum", "42"}};
    exchange.Finish(trailers);
  });
  H2Client client(server.port());
  const std::int32_t without = client.Submit("GET", "/");
  const std::int32_t with = client.Submit("GET", "/", std::nullopt, {{"te", "trailers"}});
  ASSERT_TRUE(client.RunUntilClosed(without));
  ASSERT_TRUE(client.RunUntilClosed(with));
  EXPECT_EQ(client.stream(without).body, "body");
  EXPECT_TRUE(client.stream(without).trailers.empty());
  EXPECT_EQ(client.stream(with).body, "body");
  EXPECT_EQ(client.stream(with).trailers["x-sum"], "42");
}

TEST(Http2, P22_HeadHasTheHeadersOfGetAndNoBody) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "hello"); });
  H2Client client(server.port());
  const std::int32_t id = client.Submit("HEAD", "/");
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(client.stream(id).headers["content-length"], "5");
  EXPECT_EQ(client.stream(id).body, "");
  EXPECT_EQ(client.stream(id).error, 0u);
}

TEST(Http2, E10_AnAbortedResponseEndsInInternalError) {
  TestServer server([](Exchange& exchange) {
    if (exchange.request().path == "/early") return exchange.Abort();
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
    exchange.SendBody("[1,2");
    exchange.Abort();
  });
  H2Client client(server.port());
  const std::int32_t late = client.Submit("GET", "/");
  const std::int32_t early = client.Submit("GET", "/early");
  ASSERT_TRUE(client.RunUntilClosed(late));
  ASSERT_TRUE(client.RunUntilClosed(early));
  EXPECT_EQ(client.stream(late).body, "[1,2");
  EXPECT_EQ(client.stream(late).error, std::uint32_t{NGHTTP2_INTERNAL_ERROR});
  EXPECT_EQ(client.stream(early).error, std::uint32_t{NGHTTP2_INTERNAL_ERROR});
}

TEST(Http2, E12_AResetStreamTellsItsHandler) {
  Promise<Exchange*> started;
  Promise<bool> gone;
  Promise<bool> body;
  TestServer server([&](Exchange& exchange) {
    exchange.WatchPeer(Call([&](bool ok) { gone.Set(ok); }));
    CollectBody(exchange, [&](std::optional<std::string> text) { body.Set(text.has_value()); });
    started.Set(&exchange);
  });
  H2Client client(server.port());
  const std::int32_t id =
      client.Submit("POST", "/", std::string(1000, 'x'), {{"content-length", "2000"}});
  client.Flush();
  ASSERT_TRUE(started.Wait().has_value());
  client.Reset(id);
  client.Flush();
  EXPECT_EQ(gone.Wait(), false);
  EXPECT_EQ(body.Wait(), false);
  Exchange* exchange = *started.Wait();
  EXPECT_TRUE(exchange->PeerGone());
  Reply(*exchange, "to nobody");
}

TEST(Http2, AnAnswerBeforeTheBodyIsWholeSaysThatTheRestIsNotNeeded) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "no", 413); },
                    {.stream_window = 65535});
  H2Client client(server.port());
  const std::int32_t id = client.Submit("POST", "/", std::string(1'000'000, 'x'));
  ASSERT_TRUE(client.RunUntilClosed(id));
  EXPECT_EQ(client.stream(id).body, "no");
  EXPECT_EQ(client.stream(id).error, std::uint32_t{NGHTTP2_NO_ERROR});
  EXPECT_GT(client.stream(id).upload.size(), 0u);
}

TEST(Http2, HeadersOverTheLimitAreRefused) {
  bool dispatched = false;
  {
    TestServer server(
        [&](Exchange& exchange) {
          dispatched = true;
          Reply(exchange, "");
        },
        {.max_header_bytes = 16 * 1024});
    H2Client client(server.port());
    H2Client::Fields fields;
    for (int i = 0; i < 20; ++i)
      fields.emplace_back("f" + std::to_string(i), std::string(1000, 'x'));
    const std::int32_t id = client.Submit("GET", "/", std::nullopt, fields);
    ASSERT_TRUE(client.RunUntilClosed(id));
    EXPECT_EQ(client.stream(id).headers[":status"], "431");
  }
  EXPECT_FALSE(dispatched);
}

TEST(Http2, MalformedTargetsAreRefused) {
  TestServer server(ReplyWithTarget);
  H2Client client(server.port());
  const std::int32_t id = client.Submit("GET", "a/b");
  ASSERT_TRUE(client.RunUntil([&] { return client.stream(id).closed; }));
  EXPECT_NE(client.stream(id).headers[":status"], "200");
}

TEST(Http2, ResettingDoesNotLiftTheLimitOfCalls) {
  std::mutex mutex;
  std::vector<Exchange*> held;
  TestServer server(
      [&](Exchange& exchange) {
        const std::lock_guard lock(mutex);
        held.push_back(&exchange);
      },
      {.max_concurrent_streams = 10});
  {
    H2Client client(server.port());
    std::vector<std::int32_t> refused;
    for (int i = 0; i < 10; ++i) {
      client.Submit("GET", "/");
    }
    client.Ping();
    client.Flush();
    ASSERT_TRUE(client.RunUntil([&] {
      const std::lock_guard lock(mutex);
      return held.size() == 10;
    }));
    for (int i = 0; i < 10; ++i) client.Reset(1 + 2 * i);
    const std::int32_t id = client.Submit("GET", "/");
    ASSERT_TRUE(client.RunUntilClosed(id));
    EXPECT_EQ(client.stream(id).error, std::uint32_t{NGHTTP2_REFUSED_STREAM});
  }
  const std::lock_guard lock(mutex);
  EXPECT_EQ(held.size(), 10u);
  for (Exchange* exchange : held) exchange->Abort();
}

TEST(Http2, RapidResetsCloseTheConnection) {
  TestServer server(ReplyWithTarget, {.max_resets_per_second = 100});
  H2Client client(server.port());
  bool ended = false;
  for (int i = 0; i < 2000 && !ended; ++i) {
    const std::int32_t id = client.Submit("GET", "/");
    client.Flush();
    client.Reset(id);
    client.Flush();
  }
  client.RunUntil([] { return false; });
  EXPECT_TRUE(client.ended());
}

TEST(Http2, PingFloodsCloseTheConnection) {
  TestServer server(ReplyWithTarget, {.max_resets_per_second = 10});
  H2Client client(server.port());
  for (int i = 0; i < 2000; ++i) client.Ping();
  client.RunUntil([] { return false; });
  EXPECT_TRUE(client.ended());
}

TEST(Http2, GarbageAfterThePrefaceClosesTheConnection) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  client.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(1000, '\xff'));
  client.ReadAll();
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http2, InputInSingleBytesGivesTheSameResults) {
  TestServer server(Echo);
  H2Client client(server.port());
  const std::int32_t one = client.Submit("POST", "/", "hello");
  const std::int32_t two = client.Submit("GET", "/");
  const std::string bytes = client.TakeOutput();
  for (const char byte : bytes) client.socket().Send({&byte, 1});
  ASSERT_TRUE(client.RunUntilClosed(one));
  ASSERT_TRUE(client.RunUntilClosed(two));
  EXPECT_EQ(client.stream(one).body, "hello");
  EXPECT_EQ(client.stream(two).headers[":status"], "200");
}

TEST(Http2, AHeadThatIsCutOffHoldsUpNoClose) {
  TestServer server(Echo, {.head_timeout = std::chrono::seconds(3600)});
  H2Client client(server.port());
  client.Submit("GET", "/");
  const std::string bytes = client.TakeOutput();
  client.socket().Send(bytes.substr(0, bytes.size() - 1));
  client.socket().HalfClose();
  client.RunUntil([] { return false; });
  EXPECT_TRUE(client.ended());
}

TEST(Http2, IdleConnectionsAreClosedWithGoaway) {
  TestServer server(ReplyWithTarget, {.idle_timeout = std::chrono::seconds(1)});
  H2Client client(server.port());
  const std::int32_t id = client.Submit("GET", "/");
  ASSERT_TRUE(client.RunUntilClosed(id));
  client.RunUntil([] { return false; });
  EXPECT_TRUE(client.goaway());
  EXPECT_EQ(client.goaway_error(), std::uint32_t{NGHTTP2_NO_ERROR});
}

}  // namespace
}  // namespace protorest::http
