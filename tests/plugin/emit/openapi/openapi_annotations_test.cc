// Options for OpenAPI; the goldens annotations, gnostic and grpc_gateway have the whole of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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

std::string FileWith(const std::string& name, const std::string& document) {
  return "syntax = \"proto3\"; package t.v1; import \"protorest/openapi.proto\";\n"
         "option (protorest.openapi.document) = {" +
         document + "};\nmessage M" + name + " {} service S" + name + " { rpc Get(M" + name +
         ") returns (M" + name + "); }";
}

TEST(OpenApiAnnotations, OfFilesThatContradictTheFirstHolds) {
  const std::string tag = R"(tags: {name: "T" description: ")";
  const Told told = TellOfFiles(
      {{"a.proto", FileWith("A", R"(info: {title: "A" version: "1"} )" + tag + R"(Of a."})")},
       {"b.proto", FileWith("B", R"(info: {title: "B" version: "1"} )" + tag + R"(Of b."})")}});
  EXPECT_EQ(told.document.at("info").at("title"), "A");
  EXPECT_EQ(told.document.at("tags")[0].at("description"), "Of a.");
  const std::string mend =
      " is not that of a.proto, which is in the document; say it in one file, or make a document "
      "for each with --rest_opt=openapi_per=file";
  EXPECT_THAT(told.warnings, ElementsAre("b.proto:2:1: warning: info.title" + mend,
                                         "b.proto:2:1: warning: tags.T.description" + mend));
}

TEST(OpenApiAnnotations, FilesWithoutServicesThatContradictAreToldOfToo) {
  const auto file = [](const std::string& scheme) {
    return "syntax = 'proto3'; package t.v1; import 'protorest/openapi.proto';\n"
           "option (protorest.openapi.document) = {security: {schemes: {key: '" +
           scheme + "' value: {}}}};";
  };
  const Told told = TellOfFiles({{"a.proto", file("a")},
                                 {"b.proto", file("b")},
                                 {"s.proto",
                                  "syntax = 'proto3'; package t.v1; message M {}\n"
                                  "service S { rpc Get(M) returns (M); }"}});
  EXPECT_EQ(told.document.at("security"), Json::parse(R"([{"a":[]}])"));
  EXPECT_THAT(told.warnings, ElementsAre(HasSubstr("b.proto:2:1: warning: security is not that of "
                                                   "a.proto, which is in the document")));
}

TEST(OpenApiAnnotations, FilesThatAgreeAreNot) {
  const std::string same = R"(info: {title: "All"} servers: {url: "https://a.test"})";
  const Told told =
      TellOfFiles({{"a.proto", FileWith("A", same)}, {"b.proto", FileWith("B", same)}});
  EXPECT_EQ(told.document.at("info").at("title"), "All");
  EXPECT_THAT(told.warnings, IsEmpty());
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
