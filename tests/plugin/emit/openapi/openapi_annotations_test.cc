// Options for OpenAPI; the goldens annotations, gnostic and grpc_gateway have the whole of them.
#include <gtest/gtest.h>

#include <string>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

std::string Field(const std::string& type, const std::string& option) {
  return type + " f = 1 [(protorest.openapi.field) = {" + option + "}];";
}

TEST(OpenApiAnnotations, ExamplesAreJsonOrText) {
  EXPECT_EQ(SchemaOfField(Field("string", "example: 'a1'")).at("examples"), Json({"a1"}));
  EXPECT_EQ(SchemaOfField(Field("string", "example: '\"a1\"'")).at("examples"), Json({"a1"}));
  EXPECT_EQ(SchemaOfField(Field("string", "example: '7'")).at("examples"), Json({"7"}));
  EXPECT_EQ(SchemaOfField(Field("int32", "example: '7'")).at("examples"), Json({7}));
  EXPECT_EQ(SchemaOfField(Field("int64", "example: '7'")).at("examples"), Json({"7"}));
  EXPECT_EQ(SchemaOfField(Field("repeated int32", "example: '[1, 2]'")).at("examples"),
            Json::parse("[[1, 2]]"));
}

TEST(OpenApiAnnotations, ExampleOfAnInt64IsANumberWhereItTravelsAsOne) {
  Options options;
  options.openapi_settings.json.int64_numbers = true;
  const Json schema = SchemaOfField(Field("int64", "example: '7' default: '3'"), options);
  EXPECT_EQ(schema.at("examples"), Json({7}));
  EXPECT_EQ(schema.at("default"), Json(3));
}

TEST(OpenApiAnnotations, Version30HasOneExample) {
  Options options;
  options.openapi_version = OpenApiVersion::k3_0;
  EXPECT_EQ(SchemaOfField(Field("string", "example: 'a1'"), options).at("example"), Json("a1"));
}

TEST(OpenApiAnnotations, ExtensionsAreJson) {
  const Json schema = SchemaOfField(Field("string",
                                          "extensions: {key: 'x-a' value: '{\"b\": [1]}'} "
                                          "extensions: {key: 'x-c' value: 'text'}"));
  EXPECT_EQ(schema.at("x-a"), Json::parse(R"({"b":[1]})"));
  EXPECT_EQ(schema.at("x-c"), Json("text"));
}

TEST(OpenApiAnnotations, HiddenFieldsOfThePathStay) {
  const Json document = DocumentOf(R"(
      service S {
        rpc Get(M) returns (M) { option (google.api.http) = {get: "/v1/{id}"}; }
      }
      message M {
        string id = 1 [(protorest.openapi.field) = {hidden: true}];
        string more = 2 [(protorest.openapi.field) = {hidden: true}];
      })");
  const Json& get = document.at("paths").at("/v1/{id}").at("get");
  ASSERT_EQ(get.at("parameters").size(), 1u);
  EXPECT_EQ(get.at("parameters")[0].at("name"), "id");
  EXPECT_FALSE(document.at("components").at("schemas").at("t.v1.M").contains("properties"));
}

TEST(OpenApiAnnotations, SecurityOfTheServiceIsThatOfItsOperations) {
  const Json document = DocumentOf(R"(
      service S {
        option (protorest.openapi.service) = {security: {schemes: {key: "a" value: {}}}};
        rpc One(M) returns (M);
        rpc Two(M) returns (M) {
          option (protorest.openapi.operation) = {security: {}};
        }
      }
      message M {})");
  const Json& paths = document.at("paths");
  EXPECT_EQ(paths.at("/t.v1.S/One").at("post").at("security"), Json::parse(R"([{"a":[]}])"));
  EXPECT_EQ(paths.at("/t.v1.S/Two").at("post").at("security"), Json::parse("[{}]"));
}

TEST(OpenApiAnnotations, AFileWithoutServicesSpeaksForAllDocuments) {
  const std::string api = R"(
      syntax = "proto3"; package t.v1; import "protorest/openapi.proto";
      option (protorest.openapi.document) = {
        info: {title: "All"}
        security_schemes: {key: "k" value: {type: "http" scheme: "basic"}}
        security: {schemes: {key: "k" value: {}}}
      };)";
  const std::string service = R"(
      syntax = "proto3"; package t.v1; message M {} service S { rpc Get(M) returns (M); })";
  const Json document = DocumentOfFiles({{"api.proto", api}, {"service.proto", service}});
  EXPECT_EQ(document.at("info").at("title"), "All");
  EXPECT_EQ(document.at("security"), Json::parse(R"([{"k":[]}])"));
  EXPECT_TRUE(document.at("components").at("securitySchemes").contains("k"));
}

// The number is free for all who do not register theirs.
TEST(OpenApiAnnotations, AnOptionOfTheSameNumberIsSomeoneElses) {
  const std::string text = R"(
      syntax = "proto3"; package t.v1; import "google/protobuf/descriptor.proto";
      message Mine { string description = 1; }
      extend google.protobuf.MessageOptions { Mine mine = 57601; }
      message M { option (mine) = {description: "not for documents"}; }
      service S { rpc Get(M) returns (M); })";
  const Json document = DocumentOfFiles({{"test.proto", text}});
  EXPECT_FALSE(document.at("components").at("schemas").at("t.v1.M").contains("description"));
}

}  // namespace
}  // namespace protorest::plugin
