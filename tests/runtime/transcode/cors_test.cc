// What browsers are told about requests from pages of other origins (rule P23).
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;
using End = FakeExchange::End;

constexpr char kApp[] = "https://app.example.com";

Options ListOf(CorsOptions cors) { return {.cors = std::move(cors)}; }

FakeExchange::Fields Preflight(const std::string& origin, const std::string& method) {
  return {{"Origin", origin},
          {"Access-Control-Request-Method", method},
          {"Access-Control-Request-Headers", "content-type, x-mine"}};
}

TEST(Cors, P23_NothingIsSaidByDefault) {
  Mapping mapping;
  FakeExchange exchange("GET", "/as_server/a", {{"origin", kApp}});
  EXPECT_EQ(mapping.Serve(exchange).status(), 200);
  EXPECT_EQ(exchange.field("access-control-allow-origin"), "");
  EXPECT_EQ(exchange.field("vary"), "");
}

TEST(Cors, P23_AListedOriginMayReadAnswersOfEveryKind) {
  Mapping mapping(ListOf({.origins = {"https://other.example.com", kApp}}));
  for (const char* target : {"/as_server/a", "/as_server/a?nope=1", "/nowhere", "/items:watch"}) {
    FakeExchange exchange("GET", target, {{"origin", kApp}});
    mapping.Serve(exchange);
    EXPECT_NE(exchange.end(), End::kNone);
    EXPECT_EQ(exchange.field("access-control-allow-origin"), kApp) << target;
    EXPECT_EQ(exchange.field("access-control-expose-headers"), "*");
    EXPECT_EQ(exchange.field("access-control-allow-credentials"), "");
    EXPECT_EQ(exchange.field("vary"), "origin");
  }
  FakeExchange cut("GET", "/downloads?chunks=a&fail=true", {{"origin", kApp}});
  EXPECT_EQ(mapping.Serve(cut).end(), End::kAbort);
}

TEST(Cors, P23_OtherOriginsAreServedAndToldNothing) {
  Mapping mapping(ListOf({.origins = {kApp}}));
  for (const FakeExchange::Fields& fields :
       {FakeExchange::Fields{{"origin", "https://evil.example.com"}}, FakeExchange::Fields{},
        FakeExchange::Fields{{"origin", "null"}}}) {
    FakeExchange exchange("GET", "/as_server/a", fields);
    EXPECT_EQ(mapping.Serve(exchange).status(), 200);
    EXPECT_EQ(exchange.field("access-control-allow-origin"), "");
    EXPECT_EQ(exchange.field("vary"), "origin") << "a cache must not mix them up";
  }
}

TEST(Cors, P23_APreflightIsAnsweredWithoutAHandler) {
  Mapping mapping(ListOf({.origins = {kApp}, .max_age = std::chrono::seconds(60)}));
  mapping.handler->outcome = [](Context&) {
    ADD_FAILURE() << "the handler runs";
    return Status();
  };
  FakeExchange exchange("OPTIONS", "/items/a", Preflight(kApp, "DELETE"));
  EXPECT_EQ(mapping.Serve(exchange).status(), 204);
  EXPECT_EQ(exchange.field("access-control-allow-origin"), kApp);
  EXPECT_EQ(exchange.field("access-control-allow-methods"), "DELETE");
  EXPECT_EQ(exchange.field("access-control-allow-headers"), "content-type, x-mine");
  EXPECT_EQ(exchange.field("access-control-max-age"), "60");
}

TEST(Cors, P23_APreflightForWhatIsNotServedIsNoPermission) {
  Mapping mapping(ListOf({.origins = {kApp}}));
  FakeExchange method("OPTIONS", "/items/a", Preflight(kApp, "PATCH"));
  EXPECT_EQ(mapping.Serve(method).field("access-control-allow-methods"), "DELETE, OPTIONS");
  FakeExchange path("OPTIONS", "/nowhere", Preflight(kApp, "GET"));
  EXPECT_EQ(mapping.Serve(path).status(), 404);
  FakeExchange origin("OPTIONS", "/items/a", Preflight("https://evil.example.com", "DELETE"));
  EXPECT_EQ(mapping.Serve(origin).status(), 204);
  EXPECT_EQ(origin.field("access-control-allow-methods"), "");
  EXPECT_EQ(origin.field("access-control-allow-origin"), "");
}

TEST(Cors, P23_AllowHasThePathsMethodsWhateverIsAskedFor) {
  Mapping mapping(ListOf({.origins = {kApp}}));
  for (const char* origin : {kApp, "https://evil.example.com"}) {
    for (const char* method : {"PUT", "PATCH"}) {
      FakeExchange exchange("OPTIONS", "/strict/a", Preflight(origin, method));
      EXPECT_EQ(mapping.Serve(exchange).field("allow"), "GET, HEAD, OPTIONS, POST, PUT") << method;
    }
    FakeExchange any("OPTIONS", "/any_verb", Preflight(origin, "BREW"));
    EXPECT_EQ(mapping.Serve(any).field("allow"), "*, OPTIONS");
  }
  FakeExchange any("OPTIONS", "/any_verb", Preflight(kApp, "BREW"));
  EXPECT_EQ(mapping.Serve(any).field("access-control-allow-methods"), "BREW");
}

TEST(Cors, P23_OptionsThatIsNoPreflightIsAnsweredWithAllow) {
  Mapping mapping(ListOf({.origins = {kApp}}));
  FakeExchange exchange("OPTIONS", "/items/a", {{"origin", kApp}});
  EXPECT_EQ(mapping.Serve(exchange).field("allow"), "DELETE, OPTIONS");
  EXPECT_EQ(exchange.field("access-control-max-age"), "");
}

TEST(Cors, P23_EveryOriginAndWhatPagesMaySend) {
  Mapping mapping(ListOf({.origins = {"*"},
                          .allow_headers = {"content-type", "x-a"},
                          .expose_headers = {"etag", "location"}}));
  FakeExchange exchange("OPTIONS", "/items/a", Preflight(kApp, "DELETE"));
  mapping.Serve(exchange);
  EXPECT_EQ(exchange.field("access-control-allow-origin"), "*");
  EXPECT_EQ(exchange.field("access-control-allow-headers"), "content-type, x-a");
  EXPECT_EQ(exchange.field("access-control-expose-headers"), "etag, location");
  EXPECT_EQ(exchange.field("vary"), "");
}

TEST(Cors, P23_CredentialsAreForListedOriginsOnly) {
  Mapping mapping(ListOf({.origins = {kApp}, .credentials = true}));
  FakeExchange exchange("GET", "/as_server/a", {{"origin", kApp}});
  EXPECT_EQ(mapping.Serve(exchange).field("access-control-allow-credentials"), "true");

  // Browsers take "*" for the name of a field there.
  EXPECT_EQ(exchange.field("access-control-expose-headers"), "content-type");
  mapping.handler->outcome = [](Context& context) {
    context.AddHeader("x-mine", "1");
    return Status();
  };
  FakeExchange more("POST", "/items", {{"origin", kApp}});
  more.Body("{}");
  EXPECT_EQ(mapping.Serve(more).field("access-control-expose-headers"),
            "location, x-mine, content-type");

  test::FakeRunner runner;
  const Transcoder careless(ListOf({.origins = {kApp, "*"}, .credentials = true}), runner);
  EXPECT_EQ(careless.CheckOptions().code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace protorest::transcode
