// Fixed documents: what caches, browsers and curl get of them.
#include "server/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/gzip.h"
#include "tests/runtime/server/test_server.h"

namespace protorest::server {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

// Compresses well, and is no repetition of one letter.
std::string LongText() {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "number " + std::to_string(i) + ", ";
  return text;
}

class PagesTest : public testing::Test {
 protected:
  PagesTest() {
    pages_.Add({.path = "/long", .content_type = "text/plain", .text = LongText()});
    pages_.Add({.path = "/short", .content_type = "text/html", .text = "<h1>"});
    pages_.Add({.path = "/packed",
                .content_type = "text/css",
                .gzip = packed_,
                .size = LongText().size(),
                .fields = {{"x-further", "field"}}});
    pages_.Add({.path = "/old",
                .content_type = "text/plain",
                .status = 308,
                .fields = {{"location", "long"}}});
  }

  Response Fetch(const std::string& target, const std::string& fields = "") {
    client_.Send(Get(target, fields));
    return client_.Read();
  }
  Response Head(const std::string& target, const std::string& fields = "") {
    client_.Send("HEAD " + target + " HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n");
    return client_.Read(true);
  }

  const std::string packed_ = Gzip(LongText());
  const ErrorOptions errors_;
  Pages pages_{errors_};
  http::TestServer server_{[this](http::Exchange& exchange) { pages_.OnRequest(exchange); }};
  RawClient client_{server_.port()};
};

TEST_F(PagesTest, AreServedAsTheyAre) {
  Response page = Fetch("/short");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers["content-type"], "text/html");
  EXPECT_EQ(page.headers["x-content-type-options"], "nosniff");
  EXPECT_EQ(page.headers["cache-control"], "no-cache");
  EXPECT_EQ(page.body, "<h1>");
  for (const char* path : {"/long", "/packed"}) {
    page = Fetch(path);
    EXPECT_EQ(page.body, LongText()) << path;
    EXPECT_EQ(page.headers.count("content-encoding"), 0u) << path;
    EXPECT_EQ(page.headers["vary"], "accept-encoding") << path;
  }
  EXPECT_EQ(page.headers["x-further"], "field");
}

TEST_F(PagesTest, AreCompressedForThoseWhoTakeIt) {
  for (const char* path : {"/long", "/packed"}) {
    Response page = Fetch(path, "accept-encoding: br, gzip\r\n");
    EXPECT_EQ(page.headers["content-encoding"], "gzip") << path;
    EXPECT_EQ(page.headers["vary"], "accept-encoding") << path;
    EXPECT_EQ(Gunzip(page.body, LongText().size()), LongText()) << path;
    EXPECT_EQ(Fetch(path, "accept-encoding: gzip;q=0\r\n").body, LongText()) << path;
  }
  Response page = Fetch("/short", "accept-encoding: gzip\r\n");
  EXPECT_EQ(page.body, "<h1>");
  EXPECT_EQ(page.headers.count("content-encoding"), 0u);
  EXPECT_EQ(page.headers.count("vary"), 0u);
}

TEST_F(PagesTest, HeadIsAnsweredLikeGetWithoutTheBody) {
  for (const char* encoding : {"", "accept-encoding: gzip\r\n"}) {
    for (const char* path : {"/short", "/long", "/packed"}) {
      Response get = Fetch(path, encoding);
      Response head = Head(path, encoding);
      EXPECT_EQ(head.status, 200);
      get.headers.erase("date");
      head.headers.erase("date");
      EXPECT_EQ(head.headers, get.headers) << path << ' ' << encoding;
    }
  }
  EXPECT_EQ(Fetch("/short").body, "<h1>");  // the connection is in order
}

TEST_F(PagesTest, ATagIsOfOneRepresentationAndAnswered304) {
  const std::string tag = Fetch("/long").headers["etag"];
  const std::string gzip_tag = Fetch("/long", "accept-encoding: gzip\r\n").headers["etag"];
  EXPECT_THAT(tag, Not(HasSubstr("W/")));
  EXPECT_NE(tag, gzip_tag);
  EXPECT_NE(tag, Fetch("/short").headers["etag"]);

  Response same = Fetch("/long", "if-none-match: \"other\", " + tag + "\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.headers["etag"], tag);
  EXPECT_EQ(same.headers["vary"], "accept-encoding");
  EXPECT_EQ(same.headers["cache-control"], "no-cache");
  EXPECT_EQ(Head("/long", "if-none-match: *\r\n").status, 304);
  EXPECT_EQ(Fetch("/long", "if-none-match: " + gzip_tag + "\r\n").status, 200);
  EXPECT_EQ(Fetch("/long", "accept-encoding: gzip\r\nif-none-match: " + gzip_tag + "\r\n").status,
            304);
}

TEST_F(PagesTest, ALinkWithItsVersionMayBeKeptForEver) {
  const std::string version = pages_.Version("/packed");
  EXPECT_EQ(Fetch("/packed?" + version).headers["cache-control"], "max-age=31536000, immutable");
  EXPECT_EQ(Fetch("/packed?v=other").headers["cache-control"], "no-cache");
  EXPECT_EQ(Fetch("/packed?v=other").body, LongText());
}

TEST_F(PagesTest, OtherStatusOtherMethodOtherPath) {
  Response moved = Fetch("/old", "if-none-match: *\r\n");
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(moved.headers["location"], "long");
  client_.Send("DELETE /long HTTP/1.1\r\nhost: x\r\n\r\n");
  Response refused = client_.Read();
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers["allow"], "GET, HEAD, OPTIONS");
  client_.Send("OPTIONS /long HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client_.Read().status, 204);
  EXPECT_EQ(Fetch("/longer").status, 404);
}

}  // namespace
}  // namespace protorest::server
