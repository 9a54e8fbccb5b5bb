// The same document in the words of each version of OpenAPI.
#include <gtest/gtest.h>

#include <string>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

Options In(OpenApiVersion version) {
  Options options;
  options.openapi_version = version;
  return options;
}

Json FieldIn(OpenApiVersion version, const std::string& field) {
  return SchemaOfField(field, In(version));
}

Json OldField(const std::string& field) { return FieldIn(OpenApiVersion::k3_0, field); }

TEST(OpenApiVersions, DocumentsSayWhich) {
  EXPECT_EQ(DocumentOf("", In(OpenApiVersion::k3_0)).at("openapi"), "3.0.3");
  EXPECT_EQ(DocumentOf("").at("openapi"), "3.1.0");
  EXPECT_EQ(DocumentOf("", In(OpenApiVersion::k3_2)).at("openapi"), "3.2.0");
}

TEST(OpenApiVersions, In30NullIsAFlag) {
  EXPECT_EQ(OldField("google.protobuf.StringValue f = 1;"),
            Json::parse(R"({"type":"string","nullable":true})"));
  EXPECT_EQ(OldField("google.protobuf.NullValue f = 1;"),
            Json::parse(R"({"type":"string","nullable":true,"enum":[null]})"));
  EXPECT_EQ(OldField("google.protobuf.DoubleValue f = 1;"),
            Json::parse(R"({"anyOf":[{"type":"number","format":"double","nullable":true},
                                    {"type":"string","enum":["NaN","Infinity","-Infinity"]}]})"));
}

TEST(OpenApiVersions, In30NothingStandsBesideAReference) {
  EXPECT_EQ(
      OldField("// Mine.\nM f = 1;"),
      Json::parse(R"({"allOf":[{"$ref":"#/components/schemas/t.v1.M"}],"description":"Mine."})"));
  EXPECT_EQ(OldField("M f = 1;"), Json::parse(R"({"$ref":"#/components/schemas/t.v1.M"})"));
}

TEST(OpenApiVersions, In30WordsOfJsonSchemaAreLeftOut) {
  EXPECT_EQ(OldField("bytes f = 1;"), Json::parse(R"({"type":"string","format":"byte"})"));
  EXPECT_EQ(OldField("map<bool, string> f = 1;"),
            Json::parse(R"({"type":"object","x-propertyNames":{"enum":["true","false"]},
                            "additionalProperties":{"type":"string"}})"));
}

TEST(OpenApiVersions, In30TheJsonFormHolds) {
  Options options = In(OpenApiVersion::k3_0);
  options.openapi_settings.json.int64_numbers = true;
  EXPECT_EQ(SchemaOfField("google.protobuf.Int64Value f = 1;", options),
            Json::parse(R"({"type":"integer","nullable":true,"format":"int64"})"));
}

constexpr char kStream[] = R"(
  service S { rpc List(M) returns (stream M) { option (google.api.http) = {get: "/v1"}; } }
  message M { string a = 1; })";

TEST(OpenApiVersions, E20_In32SequencesHaveItemSchemas) {
  const Json content = DocumentOf(kStream, In(OpenApiVersion::k3_2))
                           .at("paths")
                           .at("/v1")
                           .at("get")
                           .at("responses")
                           .at("200")
                           .at("content");
  EXPECT_EQ(content, Json::parse(R"({
    "application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/t.v1.M"}}},
    "application/x-ndjson":{"itemSchema":{"$ref":"#/components/schemas/t.v1.M"}},
    "text/event-stream":{"itemSchema":{"type":"object","properties":{
      "data":{"type":"string","contentMediaType":"application/json",
              "contentSchema":{"$ref":"#/components/schemas/t.v1.M"}},
      "event":{"type":"string"},"id":{"type":"string"}},"required":["data"]}}})"));
}

TEST(OpenApiVersions, Before32TheSchemaOfTheItemIsMarked) {
  for (const OpenApiVersion version : {OpenApiVersion::k3_0, OpenApiVersion::k3_1}) {
    const Json content = DocumentOf(kStream, In(version))
                             .at("paths")
                             .at("/v1")
                             .at("get")
                             .at("responses")
                             .at("200")
                             .at("content");
    for (const char* type : {"application/x-ndjson", "text/event-stream"}) {
      EXPECT_EQ(content.at(type), Json::parse(R"({"schema":{"$ref":"#/components/schemas/t.v1.M"},
                                                  "x-protorest-stream":true})"));
    }
  }
}

TEST(OpenApiVersions, P29_OtherVerbsHaveAPlaceIn32) {
  constexpr char kCustom[] = R"(
    service S { rpc Get(M) returns (M) {
      option (google.api.http) = {custom: {kind: "LOCK" path: "/v1"}}; } }
    message M { string a = 1; })";
  const auto item = [&](OpenApiVersion version) {
    return DocumentOf(kCustom, In(version)).at("paths").at("/v1");
  };
  EXPECT_TRUE(item(OpenApiVersion::k3_2).at("additionalOperations").contains("LOCK"));
  for (const OpenApiVersion version : {OpenApiVersion::k3_0, OpenApiVersion::k3_1}) {
    EXPECT_TRUE(item(version).at("x-protorest-additional-operations").contains("LOCK"));
  }
}

TEST(OpenApiVersions, P29_QueryIsAVerbOf32) {
  constexpr char kQuery[] = R"(
    service S { rpc Find(M) returns (M) {
      option (google.api.http) = {custom: {kind: "QUERY" path: "/v1"} body: "*"}; } }
    message M { string a = 1; })";
  const Json item = DocumentOf(kQuery, In(OpenApiVersion::k3_2)).at("paths").at("/v1");
  EXPECT_FALSE(item.contains("additionalOperations"));
  EXPECT_EQ(item.at("query").at("requestBody").at("content").at("application/json").at("example"),
            Json::parse(R"({"a":"string"})"));
  EXPECT_TRUE(DocumentOf(kQuery)
                  .at("paths")
                  .at("/v1")
                  .at("x-protorest-additional-operations")
                  .contains("QUERY"));
}

}  // namespace
}  // namespace protorest::plugin
