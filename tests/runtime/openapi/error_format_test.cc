// Documents that describe errors in another form (rule E2).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "openapi/settle.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kDocument[] = R"({"openapi":"3.1.0","paths":{"/v1":{"get":{"responses":{
  "200":{"description":"One.","content":{"application/json":
      {"schema":{"$ref":"#/components/schemas/google.protobuf.Any"}}}},
  "409":{"description":"There is one.","content":{"application/json":
      {"schema":{"$ref":"#/components/schemas/google.rpc.Status"}}}}}}}},
  "components":{
  "schemas":{"google.protobuf.Any":{},"google.rpc.Status":{"type":"object"}},
  "responses":{
    "Error":{"description":"An error.","content":{"application/json":
        {"schema":{"$ref":"#/components/schemas/google.rpc.Status"}}}},
    "Mine":{"description":"Not an error."}}}})";

Json In(ErrorFormat format, const Json& document = Json::parse(kDocument)) {
  return Json::parse(Settle(document.dump(), {.errors = format}));
}

TEST(ErrorFormat, E2_TheDefaultLeavesTheDocumentAsItIs) {
  EXPECT_EQ(In(ErrorFormat::kStatus), Json::parse(kDocument));
}

TEST(ErrorFormat, E2_EachFormHasItsTypeAndMembers) {
  const Json aip = In(ErrorFormat::kAip193);
  EXPECT_EQ(aip["components"]["responses"]["Error"]["content"], Json::parse(R"({"application/json":
                {"schema":{"$ref":"#/components/schemas/protorest.Error"}}})"));
  EXPECT_EQ(aip["components"]["schemas"]["protorest.Error"]["properties"]["error"]["required"],
            Json({"code", "message", "status"}));
  const Json problem = In(ErrorFormat::kProblem);
  EXPECT_EQ(problem["components"]["responses"]["Error"]["content"],
            Json::parse(R"({"application/problem+json":
                {"schema":{"$ref":"#/components/schemas/protorest.Problem"}}})"));
  EXPECT_TRUE(
      problem["components"]["schemas"]["protorest.Problem"]["properties"].contains("detail"));
  EXPECT_EQ(problem["components"]["responses"]["Mine"], Json({{"description", "Not an error."}}));
}

TEST(ErrorFormat, E2_ErrorsOfOneOperationHaveItToo) {
  const Json problem = In(ErrorFormat::kProblem);
  const Json& responses = problem["paths"]["/v1"]["get"]["responses"];
  EXPECT_TRUE(responses["409"]["content"].contains("application/problem+json"));
  EXPECT_TRUE(responses["200"]["content"].contains("application/json"));
}

TEST(ErrorFormat, E2_SoHaveThoseOfOtherVerbs) {
  for (const char* place : {"additionalOperations", "x-protorest-additional-operations"}) {
    Json document = Json::parse(kDocument);
    Json& item = document["paths"]["/v1"];
    item = Json::object({{place, Json::object({{"LOCK", item["get"]}})}});
    const Json problem = In(ErrorFormat::kProblem, document);
    EXPECT_TRUE(problem["paths"]["/v1"][place]["LOCK"]["responses"]["409"]["content"].contains(
        "application/problem+json"));
  }
}

TEST(ErrorFormat, E2_AStatusThatAMessageHasStays) {
  Json document = Json::parse(kDocument);
  EXPECT_FALSE(In(ErrorFormat::kProblem)["components"]["schemas"].contains("google.rpc.Status"));
  document["components"]["schemas"]["Operation"] = {
      {"$ref", "#/components/schemas/google.rpc.Status"}};
  const Json schemas = In(ErrorFormat::kProblem, document)["components"]["schemas"];
  std::vector<std::string> names;
  for (const auto& [name, schema] : schemas.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"google.protobuf.Any", "google.rpc.Status",
                                             "Operation", "protorest.Problem"}));
}

}  // namespace
}  // namespace protorest::openapi
