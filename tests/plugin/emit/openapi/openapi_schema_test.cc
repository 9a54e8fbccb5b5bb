// Schemas against the ProtoJSON of the type, rules J40 to J47.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

Json SchemasOf(const std::string& body) { return DocumentOf(body).at("components").at("schemas"); }

struct TypeCase {
  const char* type;
  const char* schema;
};

TEST(OpenApiSchema, Scalars) {
  const std::vector<TypeCase> cases = {
      {"int32", R"({"type":"integer","format":"int32"})"},
      {"sint32", R"({"type":"integer","format":"int32"})"},
      {"sfixed32", R"({"type":"integer","format":"int32"})"},
      {"uint32", R"({"type":"integer","format":"uint32","minimum":0})"},
      {"fixed32", R"({"type":"integer","format":"uint32","minimum":0})"},
      {"bool", R"({"type":"boolean"})"},
      {"string", R"({"type":"string"})"},
      {"bytes", R"({"type":"string","format":"byte","contentEncoding":"base64"})"},
  };
  for (const TypeCase& each : cases) {
    EXPECT_EQ(SchemaOfField(std::string(each.type) + " f = 1;"), Json::parse(each.schema))
        << each.type;
  }
}

TEST(OpenApiSchema, J40_IntegersOf64BitsAreStrings) {
  const Json with_sign = {{"type", "string"}, {"format", "int64"}, {"pattern", "^-?[0-9]+$"}};
  const Json without = {{"type", "string"}, {"format", "uint64"}, {"pattern", "^[0-9]+$"}};
  for (const char* type : {"int64", "sint64", "sfixed64"}) {
    EXPECT_EQ(SchemaOfField(std::string(type) + " f = 1;"), with_sign) << type;
  }
  for (const char* type : {"uint64", "fixed64"}) {
    EXPECT_EQ(SchemaOfField(std::string(type) + " f = 1;"), without) << type;
  }
}

TEST(OpenApiSchema, J15_FloatsMayBeWords) {
  for (const std::string type : {"double", "float"}) {
    EXPECT_EQ(SchemaOfField(type + " f = 1;"),
              Json::parse(R"({"anyOf":[{"type":"number","format":")" + type + R"("},
                             {"type":"string","enum":["NaN","Infinity","-Infinity"]}]})"));
  }
}

TEST(OpenApiSchema, WellKnownTypes) {
  const std::vector<TypeCase> cases = {
      {"Timestamp", R"({"type":"string","format":"date-time"})"},
      {"Struct", R"({"type":"object","additionalProperties":{}})"},
      {"Value", R"({"description":"Any JSON value."})"},
      {"ListValue", R"({"type":"array","items":{}})"},
      {"Empty", R"({"type":"object"})"},
      {"NullValue", R"({"type":"null"})"},
      {"Any", R"({"$ref":"#/components/schemas/google.protobuf.Any"})"},
  };
  for (const TypeCase& each : cases) {
    EXPECT_EQ(SchemaOfField("google.protobuf." + std::string(each.type) + " f = 1;"),
              Json::parse(each.schema))
        << each.type;
  }
  EXPECT_EQ(SchemaOfField("google.protobuf.Duration f = 1;").at("pattern"),
            R"(^-?[0-9]+(\.[0-9]{1,9})?s$)");
  EXPECT_EQ(SchemaOfField("google.protobuf.FieldMask f = 1;").at("type"), "string");
}

TEST(OpenApiSchema, WrappersMayBeNull) {
  EXPECT_EQ(SchemaOfField("google.protobuf.StringValue f = 1;"),
            Json::parse(R"({"type":["string","null"]})"));
  EXPECT_EQ(SchemaOfField("google.protobuf.UInt64Value f = 1;"),
            Json::parse(R"({"type":["string","null"],"format":"uint64","pattern":"^[0-9]+$"})"));
  EXPECT_EQ(SchemaOfField("google.protobuf.DoubleValue f = 1;").at("anyOf").at(2),
            Json({{"type", "null"}}));
}

TEST(OpenApiSchema, J6_NoNullInLists) {
  EXPECT_EQ(SchemaOfField("repeated google.protobuf.BoolValue f = 1;"),
            Json::parse(R"({"type":"array","items":{"type":"boolean"}})"));
}

TEST(OpenApiSchema, ListsAndMaps) {
  EXPECT_EQ(SchemaOfField("repeated int32 f = 1;"),
            Json::parse(R"({"type":"array","items":{"type":"integer","format":"int32"}})"));
  EXPECT_EQ(SchemaOfField("map<string, bool> f = 1;"),
            Json::parse(R"({"type":"object","additionalProperties":{"type":"boolean"}})"));
  EXPECT_EQ(SchemaOfField("map<int64, M> f = 1;"),
            Json::parse(R"({"type":"object","propertyNames":{"pattern":"^-?[0-9]+$"},
                           "additionalProperties":{"$ref":"#/components/schemas/t.v1.M"}})"));
  EXPECT_EQ(SchemaOfField("map<uint32, string> f = 1;").at("propertyNames"),
            Json({{"pattern", "^[0-9]+$"}}));
  EXPECT_EQ(SchemaOfField("map<bool, string> f = 1;").at("propertyNames"),
            Json::parse(R"({"enum":["true","false"]})"));
}

TEST(OpenApiSchema, EnumsByNameWithWhatTheirCommentsSay) {
  const Json schemas = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      Role role = 1;
      // How a user may act.
      enum Role {
        option allow_alias = true;
        NONE = 0;
        // May do
        // everything.
        ADMIN = 1;
        ROOT = 1 [deprecated = true];
      }
    })");
  EXPECT_EQ(schemas.at("t.v1.M").at("properties").at("role"),
            Json({{"$ref", "#/components/schemas/t.v1.M.Role"}}));
  EXPECT_EQ(schemas.at("t.v1.M.Role"), Json::parse(R"({"type":"string",
    "description":"How a user may act.\n\n- `ADMIN`: May do everything.\n- `ROOT`: Deprecated.",
    "enum":["NONE","ADMIN","ROOT"]})"));
}

TEST(OpenApiSchema, RecursionGoesThroughReferences) {
  const Json schemas = SchemasOf(R"(
    service S { rpc Get(A) returns (A); }
    message A { B b = 1; repeated A list = 2; }
    message B { map<string, A> map = 1; })");
  EXPECT_EQ(schemas.at("t.v1.A").at("properties").at("b").at("$ref"),
            "#/components/schemas/t.v1.B");
  EXPECT_EQ(schemas.at("t.v1.A").at("properties").at("list").at("items").at("$ref"),
            "#/components/schemas/t.v1.A");
  EXPECT_EQ(schemas.at("t.v1.B").at("properties").at("map").at("additionalProperties").at("$ref"),
            "#/components/schemas/t.v1.A");
}

TEST(OpenApiSchema, FieldBehaviorDeprecationAndComments) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    // A message.
    //
    // Of many parts.
    message M {
      option deprecated = true;
      string name = 1 [(google.api.field_behavior) = REQUIRED];
      // Given by the server.
      M parent = 2 [(google.api.field_behavior) = OUTPUT_ONLY];
      string password = 3 [(google.api.field_behavior) = INPUT_ONLY, deprecated = true];  // Secret.
    })")
                          .at("t.v1.M");
  EXPECT_EQ(schema, Json::parse(R"({"type":"object","description":"A message.\n\nOf many parts.",
    "properties":{
      "name":{"type":"string"},
      "parent":{"$ref":"#/components/schemas/t.v1.M","description":"Given by the server.","readOnly":true},
      "password":{"type":"string","description":"Secret.","writeOnly":true,"deprecated":true}},
    "required":["name"],"deprecated":true})"));
}

TEST(OpenApiSchema, OneofsAreNoted) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      oneof contact { string email_address = 1; int32 phone = 2; }
      optional string note = 3;
    })")
                          .at("t.v1.M");
  EXPECT_EQ(schema.at("description"), "At most one of `emailAddress`, `phone` is set.");
  EXPECT_EQ(schema.at("properties").size(), 3u);
}

TEST(OpenApiSchema, JsonNamesAreThoseOfTheWire) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M { string some_name = 1; string other = 2 [json_name = "@other"]; })")
                          .at("t.v1.M");
  EXPECT_TRUE(schema.at("properties").contains("someName"));
  EXPECT_TRUE(schema.at("properties").contains("@other"));
}

TEST(OpenApiSchema, Proto2RequiredAndGroups) {
  const Json schemas = DocumentOfFiles({{"test.proto", R"(syntax = "proto2"; package t.v1;
    service S { rpc Get(M) returns (M); }
    message M { required int32 id = 1; repeated group Item = 2 { optional string name = 1; } })"}})
                           .at("components")
                           .at("schemas");
  EXPECT_EQ(schemas.at("t.v1.M").at("required"), Json::array({"id"}));
  EXPECT_EQ(schemas.at("t.v1.M").at("properties").at("item").at("items").at("$ref"),
            "#/components/schemas/t.v1.M.Item");
}

TEST(OpenApiSchema, ComponentsStandInOrderOfTheirNames) {
  const Json schemas = SchemasOf(R"(
    service S { rpc Get(Z) returns (A); }
    message Z { M m = 1; } message A {} message M {} message Unused {})");
  std::vector<std::string> names;
  for (const auto& [name, schema] : schemas.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"google.protobuf.Any", "google.rpc.Status", "t.v1.A",
                                             "t.v1.M", "t.v1.Z"}));
}

}  // namespace
}  // namespace protorest::plugin
