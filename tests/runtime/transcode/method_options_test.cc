// option (protorest.method), and what a handler says of its response's status: rules E4, E7, and
// those that leniency changes; several bindings of a method.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

// What a strict server refuses and a lenient one passes over, each on a strict and on a lenient
// server, by a method that goes by the server, one that is lenient and one that is strict.
struct Leniency {
  const char* name;
  const char* method;
  const char* target;  // below the method's path
  const char* body;
};

class LenientRules : public testing::TestWithParam<Leniency> {};

TEST_P(LenientRules, AreThoseOfTheMethodAndElseOfTheServer) {
  const Leniency& rule = GetParam();
  for (const bool lenient_server : {false, true}) {
    Mapping mapping({.lenient = lenient_server});
    const auto status = [&](const std::string& path) {
      return mapping.Status(rule.method, path + rule.target, rule.body);
    };
    EXPECT_EQ(status("/as_server"), lenient_server ? 200 : 400);
    EXPECT_EQ(status("/lenient"), 200);
    EXPECT_EQ(status("/strict"), 400);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, LenientRules,
    testing::Values(Leniency{"Q2_QueryBesideAWholeBody", "POST", "/a?text=t", "{}"},
                    Leniency{"Q6_QueryForAFieldOfTheBody", "PUT", "/a?inner.text=t", "{}"},
                    Leniency{"Q7_UnknownParameter", "GET", "/a?nope=1", ""},
                    Leniency{"Q7_UnknownParameterBesideABody", "POST", "/a?nope=1", "{}"},
                    Leniency{"P25_QueryAgainstPath", "GET", "/a?id=b", ""},
                    Leniency{"P25_BodyAgainstPath", "POST", "/a", R"({"id":"b"})"},
                    Leniency{"B2_BodyWhereTheRuleHasNone", "GET", "/a", "{}"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(LenientMethod, P25_ThePathWins) {
  Mapping mapping;
  FakeExchange exchange("POST", "/lenient/a");
  exchange.Body(R"({"id":"b","text":"t"})");
  EXPECT_EQ(mapping.Serve(exchange).body(), R"({"id":"a","text":"t"})");
}

TEST(Bindings, P27_OfOneMethodDifferInVerbPathAndBody) {
  Mapping mapping;
  const auto answer = [&](const char* verb, const char* target, const char* body) {
    FakeExchange exchange(verb, target);
    if (*body != '\0') exchange.Body(body);
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << target << " " << exchange.body();
    return exchange.body();
  };
  EXPECT_EQ(answer("POST", "/forms", R"({"text":"a"})"), R"({"text":"a"})");
  EXPECT_EQ(answer("POST", "/forms/a", R"({"number":1})"), R"({"text":"a","number":1})");
  EXPECT_EQ(answer("POST", "/outer/forms?text=b", R"({"text":"a"})"),
            R"({"text":"b","nested":{"text":"a"}})");
  EXPECT_EQ(answer("POST", "/numbers?text=b", "7"), "7");
  EXPECT_EQ(answer("GET", "/strict/a?text=b", ""), R"({"id":"a","text":"b"})");
  EXPECT_EQ(answer("PUT", "/strict/a?text=b", R"({"id":"c"})"),
            R"({"id":"a","text":"b","inner":{"id":"c"}})");
}

TEST(SuccessStatus, E7_IsWhatTheMethodDeclares) {
  Mapping mapping;
  FakeExchange create("POST", "/items");
  create.Body(R"({"id":"a"})");
  EXPECT_EQ(mapping.Serve(create).status(), 201);
  EXPECT_EQ(create.field("location"), "/items/a");
  EXPECT_EQ(create.body(), R"({"id":"a"})");
  EXPECT_EQ(mapping.Status("GET", "/items:watch"), 202);
}

TEST(SuccessStatus, E4_204HasNoBody) {
  Mapping mapping;
  FakeExchange exchange("DELETE", "/items/a");
  EXPECT_EQ(mapping.Serve(exchange).status(), 204);
  EXPECT_EQ(exchange.body(), "");
  EXPECT_EQ(exchange.content_length(), std::nullopt);
}

TEST(SuccessStatus, E7_AHandlerGoesBeforeTheMethod) {
  Mapping mapping;
  int chosen = 0;
  mapping.handler->outcome = [&](Context& context) {
    EXPECT_TRUE(context.set_http_status(chosen));
    return Status();
  };
  for (const int status : {200, 202, 303}) {
    chosen = status;
    EXPECT_EQ(mapping.Status("POST", "/items", "{}"), status);
  }
  for (const int status : {204, 205, 304}) {
    chosen = status;
    FakeExchange exchange("POST", "/items");
    EXPECT_EQ(mapping.Serve(exchange).status(), status);
    EXPECT_EQ(exchange.body(), "");
  }
  chosen = 404;  // no status of success
  EXPECT_EQ(mapping.Status("POST", "/items", "{}"), 201);
}

TEST(SuccessStatus, E7_AnErrorMayHaveAnotherStatusThanItsCodes) {
  Mapping mapping;
  int chosen = 0;
  mapping.handler->outcome = [&](Context& context) {
    context.set_http_status(chosen);
    return Status::FailedPrecondition("paid for nothing");
  };
  chosen = 402;
  EXPECT_EQ(mapping.Status("POST", "/items", "{}"), 402);
  chosen = 201;  // no status of an error
  EXPECT_EQ(mapping.Status("POST", "/items", "{}"), 400);
}

}  // namespace
}  // namespace protorest::transcode
