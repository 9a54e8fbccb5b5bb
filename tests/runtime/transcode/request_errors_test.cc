// What a client is told of a request that is wrong, as the JSON that it gets.
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "tests/support/fake_exchange.h"
#include "tests/support/notes/notes.h"
#include "transcode/transcoder.h"

namespace protorest::transcode {
namespace {

using nlohmann::json;
using test::FakeExchange;
using test::FakeRunner;

class RequestErrors : public testing::Test {
 protected:
  RequestErrors() { EXPECT_TRUE(transcoder_.Add(std::make_shared<notes::AsyncNotes>()).ok()); }

  // The error body of a request that is refused; parsing it fails the test if it is no JSON.
  json Refused(const char* method, const std::string& target, const std::string& body = "") {
    FakeExchange exchange(method, target);
    if (!body.empty()) exchange.Body(body);
    transcoder_.OnRequest(exchange);
    EXPECT_EQ(exchange.status(), 400) << body;
    return json::parse(exchange.body());
  }

  FakeRunner runner_;
  Transcoder transcoder_{{}, runner_};
};

TEST_F(RequestErrors, OfBodyPathAndQueryAreToldTogether) {
  const json error = Refused("PUT", "/v1/numbers/a?size=x&nmae=1", R"("many")");
  EXPECT_EQ(error["code"], 3);
  EXPECT_EQ(error["message"],
            "expected an integer from -2147483648 to 2147483647, got \"many\" (and 2 more)");
  const json violations = error["details"][0]["fieldViolations"];
  ASSERT_EQ(violations.size(), 3u);
  EXPECT_EQ(violations[1]["field"], "size");
  EXPECT_EQ(violations[2]["field"], "nmae");
  EXPECT_EQ(violations[2]["description"], "unknown query parameter; did you mean \"name\"?");
}

TEST_F(RequestErrors, TheMessageHasTheFirstViolation) {
  EXPECT_EQ(Refused("POST", "/v1/notes", R"({"inner":{"number":"x"}})")["message"],
            "inner.number: expected an integer from -2147483648 to 2147483647, got \"x\"");
}

TEST_F(RequestErrors, B2_ABodyThatIsNotTaken) {
  EXPECT_EQ(Refused("GET", "/v1/notes/a", "{}")["message"], "this method takes no body");
}

TEST_F(RequestErrors, AreJsonWhateverBytesCame) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "maps break between code built for ThreadSanitizer and a libprotobuf that is not";
#endif
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string body = R"({"number":"\"\u0000ü","kind":"K\n","counts":{"a\\\"":"x"}})";
    for (int i = 0; i < 2; ++i) body[12 + random() % 12] = static_cast<char>(random());
    static_cast<void>(Refused("POST", "/v1/notes", body));
  }
  static_cast<void>(Refused("GET", "/v1/notes/a?%00%ff\"=1&number=%ff%22%0a&counts[%ff\"]=x"));
}

}  // namespace
}  // namespace protorest::transcode
