// Documents that describe errors in another form (rule E2).
#include "openapi/error_format.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kDocument[] = R"({"openapi":"3.1.0","components":{
  "schemas":{"google.protobuf.Any":{},"google.rpc.Status":{"type":"object"}},
  "responses":{
    "Error":{"description":"An error.","content":{"application/json":
        {"schema":{"$ref":"#/components/schemas/google.rpc.Status"}}}},
    "Mine":{"description":"Not an error."}}}})";

TEST(ErrorFormat, E2_TheDefaultLeavesTheDocumentAsItIs) {
  EXPECT_EQ(WithErrorFormat(kDocument, ErrorFormat::kStatus), kDocument);
}

TEST(ErrorFormat, E2_EachFormHasItsTypeAndMembers) {
  const Json aip = Json::parse(WithErrorFormat(kDocument, ErrorFormat::kAip193));
  const Json& schema = aip["components"]["responses"]["Error"]["content"]["application/json"];
  EXPECT_EQ(schema["schema"]["properties"]["error"]["required"],
            Json({"code", "message", "status"}));
  const Json problem = Json::parse(WithErrorFormat(kDocument, ErrorFormat::kProblem));
  const Json& content = problem["components"]["responses"]["Error"]["content"];
  EXPECT_EQ(content.size(), 1u);
  EXPECT_TRUE(content["application/problem+json"]["schema"]["properties"].contains("detail"));
  EXPECT_EQ(problem["components"]["responses"]["Mine"], Json({{"description", "Not an error."}}));
}

TEST(ErrorFormat, E2_AStatusThatAMessageHasStays) {
  Json document = Json::parse(kDocument);
  EXPECT_FALSE(
      Json::parse(WithErrorFormat(document.dump(), ErrorFormat::kProblem))["components"]["schemas"]
          .contains("google.rpc.Status"));
  document["components"]["schemas"]["Operation"] = {
      {"$ref", "#/components/schemas/google.rpc.Status"}};
  EXPECT_TRUE(
      Json::parse(WithErrorFormat(document.dump(), ErrorFormat::kProblem))["components"]["schemas"]
          .contains("google.rpc.Status"));
}

}  // namespace
}  // namespace protorest::openapi
