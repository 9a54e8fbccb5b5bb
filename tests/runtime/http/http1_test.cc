// HTTP/1.1 as a client sees it: connections, framing, heads and bodies.
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/http/harness.h"

namespace protorest::http {
namespace {

const char kGet[] = "GET /a?b=c HTTP/1.1\r\nhost: x\r\n\r\n";

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

TEST(Http1, KeepsTheConnectionForManyRequests) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  for (int i = 0; i < 100; ++i) {
    client.Send("GET /item/" + std::to_string(i) + "?x=" + std::to_string(i) +
                " HTTP/1.1\r\nHost: example.com\r\n\r\n");
    const Response response = client.Read();
    ASSERT_EQ(response.status, 200);
    const std::string number = std::to_string(i);
    EXPECT_EQ(response.body, "GET /item/" + number + " x=" + number + " example.com");
    EXPECT_EQ(response.headers.count("connection"), 0u);
  }
}

TEST(Http1, E22_UnaryResponsesHaveLengthAndDate) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "hello"); });
  RawClient client(server.port());
  client.Send(kGet);
  Response response = client.Read();
  EXPECT_EQ(response.headers["content-length"], "5");
  EXPECT_EQ(response.headers["date"].size(), 29u);
  EXPECT_TRUE(response.headers["date"].ends_with(" GMT"));
}

TEST(Http1, PipelinedRequestsAreAnsweredInOrderWithOneWrite) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 16; ++i) {
    requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nhost: x\r\n\r\n";
  }
  client.Send(requests);
  const std::string bytes = client.ReadSome();  // one recv gets what one write sent
  std::size_t at = 0;
  for (int i = 0; i < 16; ++i) {
    at = bytes.find("GET /" + std::to_string(i) + "  x", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST(Http1, PipelinedRequestsWaitForOneThatIsAnsweredOnAnotherThread) {
  std::vector<std::thread> workers;
  std::mutex mutex;
  TestServer server([&](Exchange& exchange) {
    if (exchange.request().path != "/slow") return ReplyWithTarget(exchange);
    const std::lock_guard lock(mutex);
    workers.emplace_back([&exchange] { Reply(exchange, "slow"); });
  });
  RawClient client(server.port());
  client.Send(
      "GET /slow HTTP/1.1\r\nhost: x\r\n\r\nGET /1 HTTP/1.1\r\nhost: x\r\n\r\n"
      "GET /slow HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "slow");
  EXPECT_EQ(client.Read().body, "GET /1  x");
  EXPECT_EQ(client.Read().body, "slow");
  EXPECT_EQ(client.Read().body, "GET /2  x");
  for (std::thread& worker : workers) worker.join();
}

TEST(Http1, P22_HeadHasTheHeadersOfGetAndNoBody) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "hello"); });
  RawClient client(server.port());
  client.Send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");
  client.Send("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  Response head = client.Read(true);
  EXPECT_EQ(head.headers["content-length"], "5");
  const Response get = client.Read();
  EXPECT_EQ(get.status, 200);  // no byte of a body stood between
  EXPECT_EQ(get.body, "hello");
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1, NoContentHasNeitherBodyNorLength) {
  TestServer server([](Exchange& exchange) {
    exchange.Respond({.status = 204, .headers = {}, .content_length = {}}, "");
  });
  RawClient client(server.port());
  client.Send(kGet);
  client.Send(kGet);
  for (int i = 0; i < 2; ++i) {
    const Response response = client.Read();
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.headers.count("content-length"), 0u);
  }
}

TEST(Http1, OldClientsAreServedAndClosedUnlessTheyAskToStay) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  client.Send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  Response response = client.Read();
  EXPECT_EQ(response.headers["connection"], "keep-alive");
  client.Send("GET /2 HTTP/1.0\r\n\r\n");
  response = client.Read();
  EXPECT_EQ(response.body, "GET /2  ");
  EXPECT_EQ(response.headers["connection"], "close");
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1, AbsoluteTargetsAreSplit) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  client.Send("GET http://there:80/p/q?r=s HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "GET /p/q r=s there:80");
  client.Send("GET http://there?r HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "GET / r there");
  client.Send("OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "OPTIONS *  x");
}

TEST(Http1, BodiesOfAnnouncedLengthAndInChunksArrive) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello");
  EXPECT_EQ(client.Read().body, "hello");
  client.Send(
      "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
      "5;ext=1\r\nhello\r\n7\r\n, world\r\n0\r\nx-trailer: 1\r\n\r\n");
  EXPECT_EQ(client.Read().body, "hello, world");
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "");
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "");
}

TEST(Http1, LargeBodiesArriveWhole) {
  TestServer server(Echo);
  RawClient client(server.port());
  std::string body;
  while (body.size() < 3'000'000) body += std::to_string(body.size()) + ",";
  std::thread sender([&] {
    client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
    std::string chunked = "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 4096) {
      const std::string piece = body.substr(at, 4096);
      char size[16];
      std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
      chunked += size + piece + "\r\n";
    }
    client.Send(chunked + "0\r\n\r\n");
  });
  EXPECT_TRUE(client.Read().body == body);
  EXPECT_TRUE(client.Read().body == body);
  sender.join();
}

TEST(Http1, ASmallBodyComesAsOnePiece) {
  class OnePiece final : public BodySink {
   public:
    explicit OnePiece(Exchange& exchange) : exchange_(exchange) {}
    void OnBody(std::string_view piece, bool last) override {
      Reply(exchange_, std::string(last ? "last " : "more ") + std::string(piece));
      delete this;
    }
    void OnBodyError() override { delete this; }

   private:
    Exchange& exchange_;
  };
  TestServer server([](Exchange& exchange) { exchange.ReadBody(*new OnePiece(exchange)); });
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhello");
  client.Send("world");
  EXPECT_EQ(client.Read().body, "last helloworld");
  client.Send(
      "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
      "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "last hello");
}

TEST(Http1, ContinueIsSentOnceTheBodyIsAskedFor) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("hello");
  const Response response = client.Read();
  EXPECT_EQ(response.body, "hello");
  EXPECT_EQ(response.headers.count("connection"), 0u);
}

TEST(Http1, WithoutABodyThereIsNothingToContinueWith) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n\r\n");
  const Response response = client.Read();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.count("connection"), 0u);
}

TEST(Http1, ContinueIsNotSentWhenTheBodyIsRefused) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "no", 413); });
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n");
  Response response = client.Read();
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.headers["connection"], "close");
}

TEST(Http1, AnUnreadShortBodyIsDroppedAndTheConnectionKept) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  const std::string body(100'000, 'x');
  client.Send("POST /1 HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n" + body);
  EXPECT_EQ(client.Read().body, "POST /1  x");
  client.Send("GET /2 HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "GET /2  x");
}

TEST(Http1, AnUnreadLongBodyEndsTheConnectionAfterItsResponse) {
  TestServer server([](Exchange& exchange) { Reply(exchange, "too large", 413); });
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10000000\r\n\r\n");
  client.Send(std::string(2'000'000, 'x'));  // no reset may destroy the response on its way
  Response response = client.Read();
  EXPECT_EQ(response.body, "too large");
  EXPECT_EQ(response.headers["connection"], "close");
  EXPECT_TRUE(client.AtEnd());
}

TEST(Http1, ResponsesInPiecesAreChunked) {
  TestServer server([](Exchange& exchange) {
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
    exchange.SendBody("one ");
    exchange.SendBody("");
    exchange.SendBody("two");
    const Header trailers[] = {{"x-sum", "42"}};
    exchange.Finish(trailers);
  });
  RawClient client(server.port());
  client.Send(kGet);
  Response response = client.Read();
  EXPECT_TRUE(response.whole);
  EXPECT_EQ(response.body, "one two");
  EXPECT_TRUE(response.trailers.empty());
  client.Send("GET / HTTP/1.1\r\nhost: x\r\nTE: gzip, trailers\r\n\r\n");
  response = client.Read();
  EXPECT_EQ(response.body, "one two");
  EXPECT_EQ(response.trailers["x-sum"], "42");  // E17
  client.Send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read(true).headers["transfer-encoding"], "chunked");
  client.Send("GET / HTTP/1.0\r\n\r\n");
  response = client.Read();
  EXPECT_EQ(response.headers.count("transfer-encoding"), 0u);
  EXPECT_EQ(response.body, "one two");
}

TEST(Http1, AnnouncedResponseLengthsAreKeptTo) {
  TestServer server([](Exchange& exchange) {
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = 6});
    exchange.SendBody("abc");
    if (exchange.request().path == "/enough") exchange.SendBody("defghi");
    exchange.Finish({});
  });
  RawClient client(server.port());
  client.Send("GET /enough HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().body, "abcdef");
  client.Send("GET /short HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_FALSE(client.Read().whole);
}

TEST(Http1, E10_AnAbortedResponseIsCutNeverWhole) {
  TestServer server([](Exchange& exchange) {
    exchange.StartResponse({.status = 200, .headers = {}, .content_length = {}});
    exchange.SendBody("[1,2");
    exchange.Abort();
  });
  RawClient client(server.port());
  client.Send(kGet);
  const Response response = client.Read();
  EXPECT_EQ(response.body, "[1,2");
  EXPECT_FALSE(response.whole);
  RawClient old(server.port());
  old.Send("GET / HTTP/1.0\r\n\r\n");
  char bytes[4096];
  ssize_t size = 0;
  do {
    size = ::recv(old.fd(), bytes, sizeof bytes, 0);
  } while (size > 0);
  EXPECT_LT(size, 0) << "the end of the body must not look like the end of the message";
}

TEST(Http1, HeadersThatWouldSplitTheResponseAreNotSent) {
  TestServer server([](Exchange& exchange) {
    const Header headers[] = {{"x-good", "a"},
                              {"x-bad", "a\r\nx-evil: 1"},
                              {"X Bad", "1"},
                              {"content-length", "999"},
                              {"transfer-encoding", "chunked"}};
    exchange.Respond({.status = 200, .headers = headers, .content_length = {}}, "ok");
  });
  RawClient client(server.port());
  client.Send(kGet);
  const Response response = client.Read();
  EXPECT_EQ(response.body, "ok");
  EXPECT_EQ(response.headers.count("x-good"), 1u);
  EXPECT_EQ(response.head.find("evil"), std::string::npos) << response.head;
  EXPECT_EQ(response.head.find("Bad"), std::string::npos) << response.head;
  EXPECT_EQ(response.head.find("999"), std::string::npos) << response.head;
}

TEST(Http1, InputSplitAtEveryByteGivesTheSameResults) {
  TestServer server(Echo);
  const std::string input =
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
      "\r\nPOST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\nA;e=\"f\"\r\n0123456789\r\n0\r\nt: u\r\n\r\n"
      "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const auto bodies = [&](std::size_t split) {
    RawClient client(server.port());
    client.Send(input.substr(0, split));
    // The server answers what it has, so the second part comes in a read of its own.
    std::string all;
    if (split >= input.find("\r\nPOST /b")) all += client.Read().body + "|";
    client.Send(input.substr(split));
    for (Response response = client.Read(); response.status != 0; response = client.Read()) {
      EXPECT_EQ(response.status, 200);
      all += response.body + "|";
    }
    return all;
  };
  for (std::size_t split = 1; split < input.size(); ++split) {
    ASSERT_EQ(bodies(split), "hello|abc0123456789||") << "split at " << split;
  }
  RawClient client(server.port());
  for (const char byte : input) client.Send({&byte, 1});
  EXPECT_EQ(client.Read().body, "hello");
  EXPECT_EQ(client.Read().body, "abc0123456789");
  EXPECT_EQ(client.Read().body, "");
}

TEST(Http1, ResponsesLongerThanTheSocketTakesArriveWhole) {
  std::string body;
  while (body.size() < 20'000'000) body += std::to_string(body.size()) + ",";
  TestServer server([&](Exchange& exchange) { Reply(exchange, body); });
  RawClient client(server.port());
  client.Send(kGet);
  client.Send(kGet);
  EXPECT_TRUE(client.Read().body == body);
  EXPECT_TRUE(client.Read().body == body);
}

TEST(Http1, AHalfClosedClientGetsItsAnswers) {
  TestServer server(ReplyWithTarget);
  RawClient client(server.port());
  client.Send("GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n");
  client.HalfClose();
  EXPECT_EQ(client.Read().body, "GET /1  x");
  EXPECT_EQ(client.Read().body, "GET /2  x");
  EXPECT_TRUE(client.AtEnd());
}

}  // namespace
}  // namespace protorest::http
