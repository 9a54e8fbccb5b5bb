// Requests that HTTP/1.1 refuses: what is malformed, ambiguous, or over a limit.
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

struct Case {
  const char* name;
  int status;
  std::string request;
};

class Http1Reject : public testing::TestWithParam<Case> {};

TEST_P(Http1Reject, AnswersAndCloses) {
  bool dispatched = false;
  {
    TestServer server([&](Exchange& exchange) {
      dispatched = true;
      Reply(exchange, "");
    });
    RawClient client(server.port());
    client.Send(GetParam().request);
    Response response = client.Read();
    EXPECT_EQ(response.status, GetParam().status) << response.head;
    EXPECT_EQ(response.headers["connection"], "close");
    EXPECT_EQ(response.headers["content-type"], "application/json");
    EXPECT_TRUE(response.body.starts_with("{\"code\":")) << response.body;
    EXPECT_TRUE(client.AtEnd());
  }
  EXPECT_FALSE(dispatched);
}

std::string ManyFields(int count) {
  std::string request = "GET / HTTP/1.1\r\nhost: x\r\n";
  for (int i = 0; i < count; ++i) request += "f" + std::to_string(i) + ": v\r\n";
  return request + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Requests, Http1Reject,
    testing::Values(
        Case{"Garbage", 400, "\x16\x03\x01\x02\x01\r\n\r\n"},
        Case{"NoVersion", 400, "GET /\r\nhost: x\r\n\r\n"},
        Case{"FutureVersion", 400, "GET / HTTP/3.0\r\nhost: x\r\n\r\n"},
        Case{"BareLineFeeds", 400, "GET / HTTP/1.1\nhost: x\n\n"},
        Case{"SpaceBeforeColon", 400, "GET / HTTP/1.1\r\nhost : x\r\n\r\n"},
        Case{"FoldedField", 400, "GET / HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n"},
        Case{"ControlInValue", 400,
             "GET / HTTP/1.1\r\nhost: x\r\na: b" + std::string(1, 0) + "c\r\n\r\n"},
        Case{"NoHost", 400, "GET / HTTP/1.1\r\na: b\r\n\r\n"},
        Case{"TwoHosts", 400, "GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n"},
        Case{"LengthAndChunks", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n"
             "0\r\n\r\n"},
        Case{"ChunksAndLength", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n"
             "0\r\n\r\n"},
        Case{"TwoLengths", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello"},
        Case{"SameLengthTwice", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello"},
        Case{"ListOfLengths", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5, 5\r\n\r\nhello"},
        Case{"SignedLength", 400, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: +5\r\n\r\nhello"},
        Case{"HugeLength", 400,
             "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n"},
        Case{"ChunksFromAnOldClient", 400,
             "POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"},
        Case{"UnknownEncoding", 501,
             "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\n"},
        Case{"ChunkedNotLast", 501,
             "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, gzip\r\n\r\n"},
        Case{"Connect", 501, "CONNECT x:80 HTTP/1.1\r\nhost: x\r\n\r\n"},
        Case{"RelativeTarget", 400, "GET a/b HTTP/1.1\r\nhost: x\r\n\r\n"},
        Case{"LongHead", 431,
             "GET / HTTP/1.1\r\nhost: x\r\na: " + std::string(70'000, 'x') + "\r\n\r\n"},
        Case{"LongTarget", 431, "GET /" + std::string(70'000, 'x') + " HTTP/1.1\r\n\r\n"},
        Case{"EndlessLine", 431, std::string(100'000, 'x')},
        Case{"ManyFields", 431, ManyFields(128)}),
    [](const auto& info) { return info.param.name; });

TEST(Http1Limits, AsManyFieldsAsAllowedAreTaken) {
  TestServer server([](Exchange& exchange) {
    Reply(exchange, std::to_string(exchange.request().headers.size()));
  });
  RawClient client(server.port());
  client.Send(ManyFields(127));
  EXPECT_EQ(client.Read().body, "128");
  client.Send("GET / HTTP/1.1\r\nhost: x\r\na: " + std::string(60'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(client.Read().body, "2");
}

TEST(Http1Limits, BrokenChunksEndInAnErrorNeverInABody) {
  Promise<bool> got_body;
  TestServer server([&](Exchange& exchange) {
    CollectBody(exchange, [&](std::optional<std::string> body) {
      got_body.Set(body.has_value());
      exchange.Abort();
    });
  });
  RawClient client(server.port());
  client.Send(
      "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n");
  EXPECT_EQ(got_body.Wait(), false);
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1Limits, AHeadThatDoesNotComeToItsEndIsGivenUp) {
  TestServer server([](Exchange& exchange) { Reply(exchange, ""); },
                    {.head_timeout = std::chrono::seconds(1)});
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nho");
  const Response response = client.Read();
  EXPECT_EQ(response.status, 408);
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1Limits, ABodyThatDoesNotComeIsGivenUp) {
  Promise<bool> got_body;
  TestServer server(
      [&](Exchange& exchange) {
        CollectBody(exchange, [&](std::optional<std::string> body) {
          got_body.Set(body.has_value());
          exchange.Abort();
        });
      },
      {.body_timeout = std::chrono::seconds(1)});
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhello");
  EXPECT_EQ(got_body.Wait(), false);
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1Limits, IdleConnectionsAreClosed) {
  TestServer server([](Exchange& exchange) { Reply(exchange, ""); },
                    {.idle_timeout = std::chrono::seconds(1)});
  RawClient silent(server.port());
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_TRUE(silent.AtEnd());
}

}  // namespace
}  // namespace protorest::http
