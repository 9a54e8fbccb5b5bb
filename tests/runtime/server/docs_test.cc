// The docs page of a server: where it is, what it links to, and what it may load.
#include "server/docs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "tests/runtime/server/test_server.h"

namespace protorest::server {
namespace {

using notes::PlainNotes;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Response Fetch(std::uint16_t port, const std::string& target) {
  RawClient client(port);
  client.Send(Get(target));
  return client.Read();
}

// What a browser makes of a link in a page at `base`.
std::string Resolve(const std::string& base, std::string link) {
  std::string folder = base.substr(0, base.rfind('/') + 1);
  while (link.starts_with("../")) {
    link.erase(0, 3);
    folder.erase(folder.rfind('/', folder.size() - 2) + 1);
  }
  return folder + link;
}

std::vector<std::string> Links(const std::string& html) {
  static const std::regex kLink("(?:href|src|data-document)=\"([^\"]+)\"");
  std::vector<std::string> links;
  for (std::sregex_iterator i(html.begin(), html.end(), kLink); i != std::sregex_iterator(); ++i) {
    links.push_back((*i)[1]);
  }
  return links;
}

// The pages of `document` alone, on a server of the http layer.
class Site {
 public:
  explicit Site(std::string_view document) { AddDocs("/docs", document, pages_); }
  Response Fetch(const std::string& target) {
    return protorest::server::Fetch(server_.port(), target);
  }

 private:
  const ErrorOptions errors_;
  Pages pages_{errors_};
  http::TestServer server_{[this](http::Exchange& exchange) { pages_.OnRequest(exchange); }};
};

TEST(Docs, EverythingThatThePageLinksToIsThere) {
  for (const std::string path : {"/docs", "/", "/internal/v2/docs", "/docs/"}) {
    RunningServer server(std::make_shared<PlainNotes>(), {.docs_path = path});
    const std::string at = path == "/docs/" ? "/docs" : path;
    Response page = Fetch(server.port(), at);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.headers["content-type"], "text/html; charset=utf-8");
    EXPECT_THAT(page.body, AllOf(HasSubstr("<title>notes</title>"), Not(HasSubstr("{{"))));
    std::vector<std::string> targets;
    for (const std::string& link : Links(page.body)) {
      targets.push_back(Resolve(at, link));
      Response linked = Fetch(server.port(), targets.back());
      EXPECT_EQ(linked.status, 200) << targets.back();
      EXPECT_NE(linked.body, "") << targets.back();
      EXPECT_THAT(linked.headers["cache-control"],
                  link.find('?') == link.npos ? "no-cache" : "max-age=31536000, immutable");
    }
    EXPECT_THAT(targets, AllOf(Contains("/openapi.json"), Contains("/openapi.yaml")));
  }
}

TEST(Docs, ASlashTooManyIsSentToThePage) {
  RunningServer server(std::make_shared<PlainNotes>(), {.docs_path = "/a/docs"});
  Response moved = Fetch(server.port(), "/a/docs/");
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(Resolve("/a/docs/", moved.headers["location"]), "/a/docs");
}

TEST(Docs, CanBeSwitchedOff) {
  RunningServer without(std::make_shared<PlainNotes>(), {.docs = false});
  EXPECT_EQ(Fetch(without.port(), "/docs").status, 404);
  EXPECT_EQ(Fetch(without.port(), "/docs/page.css").status, 404);
  EXPECT_EQ(Fetch(without.port(), "/openapi.json").status, 200);
  RunningServer no_document(std::make_shared<PlainNotes>(), {.openapi = false});
  EXPECT_EQ(Fetch(no_document.port(), "/docs").status, 404);
}

TEST(Docs, APathThatIsNoneFailsTheStart) {
  for (const char* path : {"", "docs", "/do cs", "/docs?x", "/docs#x", "/d%20", "//docs", "/\"",
                           "/openapi.json", "/openapi.yaml"}) {
    Server server({.address = "127.0.0.1:0", .docs_path = path});
    EXPECT_EQ(server.Start().code(), Code::kInvalidArgument) << path;
  }
  Server server({.address = "127.0.0.1:0", .docs = false, .docs_path = ""});
  EXPECT_TRUE(server.Start().ok());
}

TEST(Docs, ALeftOutOrHostileTitleIsHarmless) {
  Site none("{}");
  EXPECT_THAT(none.Fetch("/docs").body, HasSubstr("<title>API</title>"));
  Site hostile(R"({"info": {"title": "</title><script>\"&{{page.css}}"}})");
  EXPECT_THAT(hostile.Fetch("/docs").body,
              HasSubstr("<title>&lt;/title&gt;&lt;script&gt;&quot;&amp;{{page.css}}</title>"));
}

TEST(Docs, ThePolicyLetsThePageLoadItsOwnAlone) {
  Site site("{}");
  const std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
  for (const char* path : {"/docs", "/docs/page.css"}) {
    Response page = site.Fetch(path);
    EXPECT_EQ(page.headers["content-security-policy"], policy) << path;
    EXPECT_EQ(page.headers["x-content-type-options"], "nosniff") << path;
    EXPECT_EQ(page.headers["referrer-policy"], "no-referrer") << path;
  }
}

TEST(Docs, ThePolicyLetsThePageCallWhatTheDocumentNames) {
  Site site(R"({
    "servers": [{"url": "https://api.example.com:8443/v1?x"}, {"url": "/v2"}, {"url": "http://[::1]"},
                {"url": "https://x; script-src *"}, {"url": "javascript://x"}, {"url": 3}],
    "paths": {"/a": {"get": {"servers": [{"url": "https://a.example.com"}]}},
              "/b": {"servers": [{"url": "http://{host}.example.com"}]}},
    "components": {"securitySchemes": {"o": {"flows": {"clientCredentials": {
      "tokenUrl": "https://login.example.com/token", "authorizationUrl": "https://not.example.com"}}}}}})");
  EXPECT_THAT(site.Fetch("/docs").headers["content-security-policy"],
              HasSubstr("connect-src 'self' http: http://[::1] https://a.example.com "
                        "https://api.example.com:8443 https://login.example.com "
                        "ws: ws://[::1] wss://a.example.com wss://api.example.com:8443 "
                        "wss://login.example.com; base-uri"));
}

TEST(Docs, AnOwnPageGoesBefore) {
  protorest::Server server({.address = "127.0.0.1:0"});
  server.Add(std::make_shared<PlainNotes>());
  server.AddPage("/docs", "text/plain", "mine");
  ASSERT_TRUE(server.Start().ok());
  EXPECT_EQ(Fetch(static_cast<std::uint16_t>(server.port()), "/docs").body, "mine");
}

// Built with Swagger UI where it was to be had, and once without it, as no_docs_test.
TEST(Docs, WithoutSwaggerUiThePageSaysHowToGetIt) {
  Site site("{}");
  const bool has = site.Fetch("/docs/swagger-ui-bundle.js").status == 200;
#ifdef PROTOREST_NO_DOCS
  ASSERT_FALSE(has);
#endif
  const std::string page = site.Fetch("/docs").body;
  if (has) {
    EXPECT_THAT(page, HasSubstr("docs/swagger-ui-bundle.js?v="));
    EXPECT_GT(site.Fetch("/docs/swagger-ui-bundle.js").body.size(), 1'000'000u);
  } else {
    EXPECT_THAT(page, AllOf(HasSubstr("PROTOREST_SWAGGER_UI_DIR"), HasSubstr("npm"),
                            HasSubstr("openapi.json"), Not(HasSubstr("<script"))));
  }
}

}  // namespace
}  // namespace protorest::server
