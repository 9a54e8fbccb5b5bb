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
  const Json with_sign = {
      {"type", "string"}, {"format", "int64"}, {"pattern", "^(0|-?[1-9][0-9]{0,18})$"}};
  const Json without = {
      {"type", "string"}, {"format", "uint64"}, {"pattern", "^(0|[1-9][0-9]{0,19})$"}};
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
      {"Empty", R"({"type":"object","maxProperties":0})"},
      {"NullValue", R"({"type":"null"})"},
      {"Any", R"({"$ref":"#/components/schemas/google.protobuf.Any"})"},
  };
  for (const TypeCase& each : cases) {
    EXPECT_EQ(SchemaOfField("google.protobuf." + std::string(each.type) + " f = 1;"),
              Json::parse(each.schema))
        << each.type;
  }
  EXPECT_EQ(SchemaOfField("google.protobuf.Duration f = 1;").at("pattern"),
            R"(^-?([0-9]{1,11}|[12][0-9]{11}|3(0[0-9]{10}|1([0-4][0-9]{9}|5([0-4][0-9]{8}|)"
            R"(5([0-6][0-9]{7}|7([0-5][0-9]{6}|6000000))))))(\.[0-9]{1,9})?s$)");
  EXPECT_EQ(SchemaOfField("google.protobuf.FieldMask f = 1;").at("type"), "string");
}

TEST(OpenApiSchema, WrappersMayBeNull) {
  EXPECT_EQ(SchemaOfField("google.protobuf.StringValue f = 1;"),
            Json::parse(R"({"type":["string","null"]})"));
  EXPECT_EQ(
      SchemaOfField("google.protobuf.UInt64Value f = 1;"),
      Json::parse(
          R"({"type":["string","null"],"format":"uint64","pattern":"^(0|[1-9][0-9]{0,19})$"})"));
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
  EXPECT_EQ(
      SchemaOfField("map<int64, M> f = 1;"),
      Json::parse(
          R"({"type":"object","propertyNames":{"format":"int64","pattern":"^(0|-?[1-9][0-9]{0,18})$"},
                           "additionalProperties":{"$ref":"#/components/schemas/t.v1.M"}})"));
  EXPECT_EQ(SchemaOfField("map<uint32, string> f = 1;").at("propertyNames"),
            Json({{"format", "uint32"}, {"pattern", "^(0|[1-9][0-9]{0,9})$"}}));
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

TEST(OpenApiSchema, J3_OfAOneofAtMostOneIsValid) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      oneof contact { string email_address = 1; int32 phone = 2; }
      optional string note = 3;
    })")
                          .at("t.v1.M");
  EXPECT_EQ(schema.at("description"), "At most one of `emailAddress`, `phone` is set.");
  EXPECT_EQ(schema.at("properties").size(), 3u);
  EXPECT_EQ(schema.at("not"), Json::parse(R"({"properties":{"emailAddress":{},"phone":{}},
                                              "required":["emailAddress","phone"]})"));
}

TEST(OpenApiSchema, J3_OfSeveralMembersOfAOneofNoneIsRequired) {
  const Json document = DocumentOf(R"(
    service S { rpc Get(M) returns (M) { option (google.api.http) = {get: "/v1/m"}; } }
    message M {
      oneof contact {
        string email = 1 [(google.api.field_behavior) = REQUIRED];
        int32 phone = 2 [(google.api.field_behavior) = REQUIRED];
      }
      oneof single { string name = 3 [(google.api.field_behavior) = REQUIRED]; }
    })");
  EXPECT_EQ(document.at("components").at("schemas").at("t.v1.M").at("required"), Json({"name"}));
  for (const Json& parameter : document.at("paths").at("/v1/m").at("get").at("parameters")) {
    EXPECT_EQ(parameter.contains("required"), parameter.at("name") == "name") << parameter;
  }
}

// A response never has the one, a request need not have the other.
TEST(OpenApiSchema, WhatGoesOneWayAloneIsNotRequired) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      string password = 1 [(google.api.field_behavior) = REQUIRED,
                           (google.api.field_behavior) = INPUT_ONLY];
      string etag = 2 [(google.api.field_behavior) = REQUIRED,
                       (google.api.field_behavior) = OUTPUT_ONLY];
    })")
                          .at("t.v1.M");
  EXPECT_FALSE(schema.contains("required"));
  EXPECT_EQ(schema.at("properties").at("password").at("writeOnly"), true);
  EXPECT_EQ(schema.at("properties").at("etag").at("readOnly"), true);
}

TEST(OpenApiSchema, OneofsOfManyAreOfHalves) {
  const Json schema = SchemasOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      oneof one { string a = 1; string b = 2; string c = 3; string d = 4; string e = 5; }
      oneof other { string x = 6; string y = 7; }
      oneof single { string z = 8; }
    })")
                          .at("t.v1.M");
  const auto have = [](const std::vector<std::string>& names) {
    Json all = {{"properties", Json::object()}, {"required", names}};
    for (const std::string& name : names) all["properties"][name] = Json::object();
    return all;
  };
  const Json first = {{"anyOf", {have({"a"}), have({"b"})}}};
  const Json second = {{"anyOf", {have({"c"}), have({"d"}), have({"e"})}}};
  EXPECT_EQ(schema.at("not").at("anyOf"), Json({{{"allOf", {first, second}}},
                                                have({"a", "b"}),
                                                have({"c", "d"}),
                                                have({"c", "e"}),
                                                have({"d", "e"}),
                                                have({"x", "y"})}));
}

TEST(OpenApiSchema, DeprecationReachesWhatIsDeclaredInside) {
  const Json schemas = DocumentOfFiles({{"test.proto", R"(syntax = "proto3"; package t.v1;
    service S { rpc Get(M) returns (Plain); }
    message M { option deprecated = true; Inner i = 1; Kind k = 2;
                message Inner { M m = 1; } enum Kind { A = 0; } }
    message Plain {})"},
                                        {"old.proto", R"(syntax = "proto3"; package t.v1;
    option deprecated = true;
    service Old { rpc Get(Gone) returns (Gone); } message Gone {})"}})
                           .at("components")
                           .at("schemas");
  for (const char* name : {"t.v1.M", "t.v1.M.Inner", "t.v1.M.Kind", "t.v1.Gone"}) {
    EXPECT_EQ(schemas.at(name).value("deprecated", false), true) << name;
  }
  EXPECT_FALSE(schemas.at("t.v1.Plain").contains("deprecated"));
}

TEST(OpenApiSchema, Proto2Defaults) {
  const auto properties = [](const Options& options) {
    return DocumentOfFiles({{"test.proto", R"(syntax = "proto2"; package t.v1;
      service S { rpc Get(M) returns (M); }
      message M {
        optional int32 i = 1 [default = -7]; optional int64 l = 2 [default = 9007199254740993];
        optional double d = 3 [default = -inf]; optional float f = 4 [default = 0.5];
        optional bool b = 5 [default = true]; optional string s = 6 [default = "a\"b"];
        optional bytes y = 7 [default = "\001\377"]; optional E e = 8 [default = TWO];
      }
      enum E { ONE = 1; TWO = 2; })"}},
                           options)
        .at("components")
        .at("schemas")
        .at("t.v1.M")
        .at("properties");
  };
  Json defaults = Json::object();
  const Json plain = properties({});
  for (const auto& [name, schema] : plain.items()) defaults[name] = schema.at("default");
  EXPECT_EQ(defaults, Json::parse(R"({"i":-7,"l":"9007199254740993","d":"-Infinity","f":0.5,
                                      "b":true,"s":"a\"b","y":"Af8=","e":"TWO"})"));
  Options options;
  options.openapi_settings.json = {.enum_numbers = true, .int64_numbers = true};
  EXPECT_EQ(properties(options).at("l"),
            Json::parse(R"({"type":"integer","format":"int64","default":9007199254740993})"));
  EXPECT_EQ(properties(options).at("e"),
            Json::parse(R"({"$ref":"#/components/schemas/t.v1.E","default":2})"));
}

TEST(OpenApiSchema, OptionsOfTheJsonMappingChangeIt) {
  Options options;
  options.openapi_settings.json = {
      .proto_names = true, .enum_numbers = true, .int64_numbers = true};
  const Json schemas = DocumentOf(R"(
    service S { rpc Get(M) returns (M); }
    message M {
      int64 user_id = 1 [(google.api.field_behavior) = REQUIRED];
      repeated uint64 all_of = 2;
      google.protobuf.Int64Value wrapped_value = 3;
      Role role = 4;
      oneof which { string first_name = 5; string last_name = 6; }
      enum Role { option allow_alias = true; NONE = 0; ADMIN = 1; ROOT = 1; }
    })",
                                  options)
                           .at("components")
                           .at("schemas");
  EXPECT_EQ(schemas.at("t.v1.M"), Json::parse(R"({"type":"object",
    "description":"At most one of `first_name`, `last_name` is set.",
    "not":{"properties":{"first_name":{},"last_name":{}},"required":["first_name","last_name"]},
    "properties":{
      "user_id":{"type":"integer","format":"int64"},
      "all_of":{"type":"array","items":{"type":"integer","format":"uint64","minimum":0}},
      "wrapped_value":{"type":["integer","null"],"format":"int64"},
      "role":{"$ref":"#/components/schemas/t.v1.M.Role"},
      "first_name":{"type":"string"},
      "last_name":{"type":"string"}},
    "required":["user_id"]})"));
  EXPECT_EQ(schemas.at("t.v1.M.Role"),
            Json::parse(R"({"type":"integer","enum":[0,1],"x-enum-varnames":["NONE","ADMIN"]})"));
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
