// The queries that other implementations are tested with.
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "protorest/json.h"
#include "tests/runtime/transcode/bind_support.h"
#include "tests/runtime/transcode/vectors.h"
#include "transcode/url.h"

namespace protorest::transcode {
namespace {

using test::Proto2Message;
using test::Proto3Message;

// Parameters that contradict semantics.md, taken out of the vectors' queries, with the rule that
// decides.
constexpr std::pair<const char*, const char*> kExceptions[] = {
    {"query-000 duration_value", "Q15: 13h0m0s is Go's text of a duration"},
    {"query-001 durationValue", "Q15: 13h0m0s is Go's text of a duration"},
};

std::string WithoutExceptions(const std::string& id, const std::string& query) {
  std::string result;
  QuerySplitter splitter(query);
  QueryParameter parameter;
  while (splitter.Next(parameter)) {
    if (testing::IsException(kExceptions, id + " " + std::string(parameter.name))) continue;
    result += "&" + std::string(parameter.name) + "=" + std::string(parameter.value);
  }
  return result;
}

std::unique_ptr<google::protobuf::Message> NewMessage(const nlohmann::ordered_json& c) {
  if (c["message"].get<std::string>().ends_with("Proto2Message")) {
    return std::make_unique<Proto2Message>();
  }
  return std::make_unique<Proto3Message>();
}

TEST(QueryVectors, AllHold) {
  const auto vectors = testing::ReadVectors("query.json");
  PROTOREST_NEED_VECTORS(vectors);
  for (const auto& c : vectors["cases"]) {
    const std::string id = c["id"];
    SCOPED_TRACE(id + " " + c["query"].get<std::string>());
    const std::unique_ptr<google::protobuf::Message> message = NewMessage(c);
    std::vector<QueryBinder::Bound> bound;
    if (c.contains("filter")) {
      for (const std::string path : c["filter"]) {
        ASSERT_TRUE(
            FieldPath::Resolve(*message->GetDescriptor(), path, bound.emplace_back().path).ok());
      }
    }
    // The other implementation is lenient in what it does not know (rules Q6, Q7).
    const QueryBinder binder(*message->GetDescriptor(), bound, false, {.lenient = true});
    json::Options json;
    Violations violations;
    binder.Bind(WithoutExceptions(id, c["query"]), {}, *message, json, violations);
    const Status status = violations.ToStatus();
    if (c.contains("error")) {
      EXPECT_EQ(status.code(), Code::kInvalidArgument) << c["error"];
      continue;
    }
    ASSERT_TRUE(status.ok()) << status.message();
    auto want = c["want"];
    if (id == "query-000" || id == "query-001") want.erase("durationValue");
    const std::unique_ptr<google::protobuf::Message> wanted = NewMessage(c);
    ASSERT_TRUE(json::Read(want.dump(), json::ReflectionCodec(), {}, *wanted)) << want;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*message, *wanted))
        << message->DebugString();
  }
}

}  // namespace
}  // namespace protorest::transcode
