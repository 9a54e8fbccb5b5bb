// Options of gnostic and grpc-gateway: what they say, and what is told of the rest. The goldens
// gnostic and grpc_gateway have the common ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Dialect {
  std::string import;
  std::string package;  // with a dot behind it
};
const Dialect kGateway = {"protoc-gen-openapiv2/options/annotations.proto",
                          "grpc.gateway.protoc_gen_openapiv2.options."};
const Dialect kGnostic = {"openapiv3/annotations.proto", "openapi.v3."};

Told Tell(const Dialect& dialect, const std::string& declarations, const Options& options = {}) {
  return TellOfFiles({{"test.proto",
                       "syntax = 'proto3'; package t.v1;\n"
                       "import 'google/api/annotations.proto';"
                       "import 'google/protobuf/struct.proto';\n"
                       "import '" +
                           dialect.import + "';\n" + declarations}},
                     options);
}

std::string Option(const Dialect& dialect, const std::string& name, const std::string& value) {
  return "option (" + dialect.package + name + ") = {" + value + "};";
}

// What is told of a field of message M with an option.
Told Field(const Dialect& dialect, const std::string& type, const std::string& option,
           const std::string& value, const Options& options = {}) {
  return Tell(dialect,
              "enum E { E_ZERO = 0; E_ONE = 1; } message N {}\n"
              "message M { " +
                  type + " f = 1 [(" + dialect.package + option + ") = {" + value +
                  "}]; }\n"
                  "service S { rpc Do(M) returns (M); }",
              options);
}

Json SchemaOf(const Told& told) {
  return told.document.at("components").at("schemas").at("t.v1.M").at("properties").at("f");
}

Json Swagger(const std::string& type, const std::string& value) {
  const Told told = Field(kGateway, type, "openapiv2_field", value);
  EXPECT_THAT(told.warnings, IsEmpty());
  return SchemaOf(told);
}

TEST(GrpcGateway, KeywordsAreThoseOfTheType) {
  EXPECT_EQ(Swagger("int32", "enum: ['1', '2'] default: '1' multiple_of: 1"),
            Json::parse(R"({"type":"integer","format":"int32","multipleOf":1,"enum":[1,2],)"
                        R"("default":1})"));
  EXPECT_EQ(Swagger("int64", "enum: ['1', '2']").at("enum"), Json({"1", "2"}));
  EXPECT_EQ(Swagger("bool", "enum: 'true'").at("enum"), Json({true}));
  EXPECT_EQ(Swagger("string", "enum: ['1', 'a']").at("enum"), Json({"1", "a"}));
  EXPECT_EQ(Swagger("E", "default: 'E_ONE'").at("default"), "E_ONE");
  EXPECT_EQ(Swagger("map<string, string>", "min_properties: 1 max_properties: 3"),
            Json::parse(R"({"type":"object","minProperties":1,"maxProperties":3,)"
                        R"("additionalProperties":{"type":"string"}})"));
  EXPECT_EQ(Swagger("string", "read_only: true format: 'uuid' type: STRING"),
            Json::parse(R"({"type":"string","format":"uuid","readOnly":true})"));
}

TEST(GrpcGateway, KeywordsOfAListSpeakOfItsItems) {
  EXPECT_EQ(Swagger("repeated string",
                    "type: ARRAY max_items: 3 unique_items: true pattern: '^a' "
                    "format: 'x' min_length: 2"),
            Json::parse(R"({"type":"array","maxItems":3,"uniqueItems":true,)"
                        R"("items":{"type":"string","format":"x","pattern":"^a","minLength":2}})"));
  EXPECT_EQ(Swagger("repeated int32", "enum: ['1', '2']").at("items").at("enum"), Json({1, 2}));
  EXPECT_EQ(Swagger("map<string, int32>", "maximum: 5").at("additionalProperties").at("maximum"),
            5);
}

TEST(GrpcGateway, WhatSaysNothingIsTold) {
  EXPECT_THAT(Field(kGateway, "string", "openapiv2_field", "type: INTEGER array: 'a'").warnings,
              ElementsAre(HasSubstr("openapiv2_field: array has no place"),
                          HasSubstr("openapiv2_field: type has no place")));
  EXPECT_THAT(Field(kGateway, "N", "openapiv2_field", "ref: '.t.v1.M'").warnings,
              ElementsAre(HasSubstr("openapiv2_field: $ref has no place")));
}

TEST(GrpcGateway, ThatAMessageIsAnObjectIsNoNews) {
  const Told told =
      Tell(kGateway,
           "message M { " +
               Option(kGateway, "openapiv2_schema", "json_schema: {type: OBJECT title: 'T'}") +
               " E e = 1; } enum E { " + Option(kGateway, "openapiv2_enum", "default: 'E_ONE'") +
               " E_ZERO = 0; E_ONE = 1; } service S { rpc Do(M) returns (M); }");
  EXPECT_THAT(told.warnings, IsEmpty());
  const Json& schemas = told.document.at("components").at("schemas");
  EXPECT_EQ(schemas.at("t.v1.M").at("title"), "T");
  EXPECT_EQ(schemas.at("t.v1.E").at("default"), "E_ONE");
}

TEST(GrpcGateway, PathsCallAFieldWhatItsOptionSays) {
  const auto paths = [](const std::string& path) {
    const Told told = Tell(
        kGateway, "message M { string name = 1 [(" + kGateway.package +
                      "openapiv2_field) = {field_configuration: {path_param_name: 'shelf'}}]; }"
                      " service S { rpc Get(M) returns (M) { option (google.api.http) = {get: '" +
                      path + "'}; } }");
    EXPECT_THAT(told.warnings, IsEmpty());
    return told.document.at("paths").begin().key() + " " +
           told.document.at("paths")
               .front()
               .at("get")
               .at("parameters")[0]
               .at("name")
               .get<std::string>();
  };
  EXPECT_EQ(paths("/v1/{name}"), "/v1/{shelf} shelf");
  EXPECT_EQ(paths("/v1/{name=shelves/*}"), "/v1/shelves/{shelf} shelf");
  EXPECT_EQ(paths("/v1/{name=shelves/*/books/*}"), "/v1/shelves/{shelf}/books/{shelf_2} shelf");
}

std::string Service(const Dialect& dialect, const std::string& of_file,
                    const std::string& operation) {
  const std::string file = dialect.package == kGateway.package ? "openapiv2_swagger" : "document";
  const std::string method =
      dialect.package == kGateway.package ? "openapiv2_operation" : "operation";
  return Option(dialect, file, of_file) +
         " message M { string id = 1; string view = 2; int64 size = 3; }\n" +
         "service S { rpc Get(M) returns (M) { option (google.api.http) = {get: '/v1/{id}'}; " +
         Option(dialect, method, operation) + " } }";
}

Json GetOf(const Told& told) { return told.document.at("paths").at("/v1/{id}").at("get"); }

TEST(GrpcGateway, ResponsesOfTheFileAreThoseOfAllItsOperations) {
  const Told told = Tell(
      kGateway,
      Service(kGateway,
              "responses: {key: '403' value: {description: 'No.'}}"
              "responses: {key: '404' value: {description: 'Lost.' extensions: {key: 'x-a' value: "
              "{bool_value: true}}}}"
              "responses: {key: '200' value: {description: 'Never.'}}",
              "responses: {key: '403' value: {description: 'Not here.'}}"));
  EXPECT_THAT(told.warnings, IsEmpty());
  const Json responses = GetOf(told).at("responses");
  EXPECT_EQ(responses.at("200").at("description"), "Success.");
  EXPECT_EQ(responses.at("403").at("description"), "Not here.");
  EXPECT_EQ(responses.at("404").at("description"), "Lost.");
  EXPECT_EQ(responses.at("404").at("x-a"), true);
  EXPECT_TRUE(responses.at("404").at("content").contains("application/json"));
}

TEST(GrpcGateway, ASuccessKeepsTheBodyThatTheMethodReturns) {
  const auto tell = [](const std::string& schema) {
    return Tell(kGateway, Service(kGateway, "",
                                  "responses: {key: '200' value: {description: 'It.' schema: "
                                  "{json_schema: {" +
                                      schema + "}}}}"));
  };
  EXPECT_THAT(tell("ref: '.t.v1.M'").warnings, IsEmpty());
  const Told other = tell("type: STRING");
  EXPECT_THAT(other.warnings,
              ElementsAre(HasSubstr("warning: Get: responses.200: the body is what the method "
                                    "returns; application/json with another schema is left out")));
  EXPECT_EQ(GetOf(other).at("responses").at("200").at("description"), "It.");
}

TEST(GrpcGateway, AReferenceToNothingIsTold) {
  const Told told = Tell(kGateway, Service(kGateway, "",
                                           "responses: {key: '409' value: {description: 'No.' "
                                           "schema: {json_schema: {ref: '.t.v1.None'}}}}"));
  EXPECT_THAT(
      told.warnings,
      ElementsAre(HasSubstr("test.proto:5:84: warning: Get: no message or enum \".t.v1.None\" in "
                            "this run; the document does not refer to it")));
}

TEST(GrpcGateway, ReferencesAreToEnumsToo) {
  const Told told = Tell(kGateway, "enum E { E_ZERO = 0; }" +
                                       Service(kGateway, "",
                                               "responses: {key: '409' value: {description: 'No.' "
                                               "schema: {json_schema: {ref: '.t.v1.E'}}}}"));
  EXPECT_THAT(told.warnings, IsEmpty());
  EXPECT_EQ(GetOf(told).at("responses").at("409").at("content").at("application/json").at("schema"),
            Json({{"$ref", "#/components/schemas/t.v1.E"}}));
}

TEST(GrpcGateway, WhatAFileSaysInVainIsToldOnce) {
  const Told told =
      Tell(kGateway,
           Service(kGateway,
                   "responses: {key: '409' value: {schema: {json_schema: {ref: 'None'}}}}", "") +
               "service T { rpc Get(M) returns (M); rpc Put(M) returns (M); }");
  EXPECT_THAT(told.warnings, ElementsAre(HasSubstr("warning: no message or enum \"None\"")));
}

// Its options have the same number, in another package.
TEST(GrpcGateway, OptionsOfVersion1AreReadToo) {
  const Told told = TellOfFiles(
      {{"v1.proto", R"(syntax = 'proto3'; package grpc.gateway.protoc_gen_swagger.options;
        import 'google/protobuf/any.proto'; import 'google/protobuf/descriptor.proto';
        message Swagger { Info info = 2; } message Info { string title = 1; }
        message Schema { google.protobuf.Any example = 6; }
        extend google.protobuf.FileOptions { Swagger openapiv2_swagger = 1042; }
        extend google.protobuf.MessageOptions { Schema openapiv2_schema = 1042; })"},
       {"test.proto", R"(syntax = 'proto3'; package t.v1; import 'v1.proto';
        option (grpc.gateway.protoc_gen_swagger.options.openapiv2_swagger) = {info: {title: 'One'}};
        message M {
          option (grpc.gateway.protoc_gen_swagger.options.openapiv2_schema) = {
            example: {value: '{"a": "b"}'}};
          string a = 1;
        }
        service S { rpc Do(M) returns (M); })"}});
  EXPECT_THAT(told.warnings, IsEmpty());
  EXPECT_EQ(told.document.at("info").at("title"), "One");
  EXPECT_EQ(told.document.at("components").at("schemas").at("t.v1.M").at("examples"),
            Json::parse(R"([{"a":"b"}])"));
}

TEST(GrpcGateway, HeadersHaveTypes) {
  const Told told = Tell(
      kGateway,
      Service(kGateway, "",
              "parameters: {headers: {name: 'X-N' type: NUMBER format: 'float' required: true}}"
              "responses: {key: '200' value: {description: 'It.' headers: {key: 'X-Left' value: "
              "{type: 'integer' format: 'int32' default: '5' description: 'How many.'}}}}"));
  EXPECT_THAT(told.warnings, IsEmpty());
  EXPECT_EQ(GetOf(told).at("parameters")[3],
            Json::parse(R"({"name":"X-N","in":"header","required":true,)"
                        R"("schema":{"type":"number","format":"float"}})"));
  EXPECT_EQ(GetOf(told).at("responses").at("200").at("headers").at("X-Left"),
            Json::parse(R"({"description":"How many.",)"
                        R"("schema":{"type":"integer","format":"int32","default":5}})"));
}

TEST(GrpcGateway, SchemesOfAnOperationAreTold) {
  EXPECT_THAT(Tell(kGateway, Service(kGateway, "", "schemes: HTTPS")).warnings,
              ElementsAre(HasSubstr("openapiv2_operation: schemes has no place")));
}

TEST(Gnostic, ParametersGetMoreWords) {
  const Told told = Tell(
      kGnostic,
      Service(
          kGnostic, "",
          "parameters: {parameter: {name: 'view' in: 'query' description: 'How much.' required: "
          "true schema: {schema: {max_length: 9}}}}"
          "parameters: {parameter: {name: 'X-A' in: 'header' schema: {schema: {type: "
          "'integer'}}}}"
          "parameters: {parameter: {name: 'size' in: 'query' schema: {schema: {maximum: 9}}}}"
          "parameters: {parameter: {name: 'nobody' in: 'path' style: 'label'}}"
          "parameters: {reference: {_ref: '#/components/parameters/p'}}"));
  EXPECT_THAT(told.warnings,
              ElementsAre(HasSubstr("operation: parameters.style has no place"),
                          HasSubstr("operation: parameters.$ref has no place"),
                          HasSubstr("parameters: the path has no {nobody}, which is left out")));
  const Json parameters = GetOf(told).at("parameters");
  ASSERT_EQ(parameters.size(), 4u);
  EXPECT_EQ(parameters[1],
            Json::parse(R"({"name":"view","in":"query","description":"How much.",)"
                        R"("required":true,"schema":{"type":"string","maxLength":9}})"));
  EXPECT_EQ(parameters[2].at("description"), "At most 9.");
  EXPECT_EQ(parameters[3],
            Json::parse(R"({"name":"X-A","in":"header","schema":{"type":"integer"}})"));
}

TEST(Gnostic, FieldsMayBeNull) {
  const auto property = [](const std::string& type, OpenApiVersion version) {
    Options options;
    options.openapi_version = version;
    const Told told = Field(kGnostic, type, "property", "nullable: true", options);
    EXPECT_THAT(told.warnings, IsEmpty());
    return SchemaOf(told);
  };
  EXPECT_EQ(property("string", OpenApiVersion::k3_1), Json::parse(R"({"type":["string","null"]})"));
  EXPECT_EQ(property("N", OpenApiVersion::k3_1),
            Json::parse(R"({"anyOf":[{"$ref":"#/components/schemas/t.v1.N"},{"type":"null"}]})"));
  EXPECT_EQ(property("N", OpenApiVersion::k3_0),
            Json::parse(R"({"anyOf":[{"$ref":"#/components/schemas/t.v1.N"},)"
                        R"({"type":"string","nullable":true,"enum":[null]}]})"));
  // Which may be null already.
  EXPECT_EQ(property("google.protobuf.Value", OpenApiVersion::k3_1),
            Json::parse(R"({"description":"Any JSON value."})"));
  EXPECT_EQ(property("google.protobuf.NullValue", OpenApiVersion::k3_1),
            Json::parse(R"({"type":"null"})"));
}

TEST(Gnostic, WhatSaysNothingIsTold) {
  EXPECT_THAT(
      Field(kGnostic, "string", "property", "one_of: {schema: {}} type: 'integer'").warnings,
      ElementsAre(HasSubstr("property: type has no place"),
                  HasSubstr("property: oneOf has no place")));
}

}  // namespace
}  // namespace protorest::plugin
