// Bodies of requests: what is in them, and what is asked of it.
#include <gtest/gtest.h>

#include <string>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

TEST(OpenApiBody, WholeRequestIsAReference) {
  const Json body =
      OperationOf(
          "rpc Put(M) returns (M) { option (google.api.http) = {put: \"/v1\" body: \"*\"}; }",
          "message M { string a = 1; }")
          .at("requestBody");
  EXPECT_EQ(body.at("content").at("application/json").at("schema"), Ref("M"));
  EXPECT_EQ(body.at("required"), true);
}

TEST(OpenApiBody, P25_FieldsOfThePathAreNotInTheBody) {
  const Json body = OperationOf(
                        "rpc Put(M) returns (M) { option (google.api.http) = {put: "
                        "\"/v1/{a}/{n.a}\" body: \"*\"}; }",
                        "message M { string a = 1 [(google.api.field_behavior) = REQUIRED]; string "
                        "b = 2; N n = 3; }"
                        "message N { string a = 1; }")
                        .at("requestBody");
  EXPECT_EQ(body.at("content").at("application/json").at("schema"),
            Json::parse(R"({"type":"object","properties":{"b":{"type":"string"},
                            "n":{"type":"object"}}})"));
}

// The body of a method whose request has a message of members that are required.
Json BodyOf(const std::string& rule, const std::string& request) {
  return DocumentOf("service S { rpc Put(M) returns (N) { option (google.api.http) = {" + rule +
                    "}; } }\nmessage M {" + request +
                    "}\n"
                    "message N { string id = 1 [(google.api.field_behavior) = REQUIRED];\n"
                    "            string title = 2 [(google.api.field_behavior) = REQUIRED];\n"
                    "            repeated N parts = 3; N inner = 4; }\n"
                    "message Free { string id = 1; }");
}

Json SchemaOfBody(const Json& document) {
  return document.at("paths")
      .front()
      .front()
      .at("requestBody")
      .at("content")
      .at("application/json")
      .at("schema");
}

TEST(OpenApiBody, P25_WhatThePathSetsOfAMessageIsNotInTheBody) {
  const Json schema = SchemaOfBody(BodyOf("put: \"/v1/{n.id}\" body: \"n\"", "N n = 1;"));
  EXPECT_EQ(schema.at("required"), Json::parse(R"(["title"])"));
  EXPECT_FALSE(schema.at("properties").contains("id"));
  // Nor in the whole request; a message that is asked for nothing else need not be there.
  const Json whole = SchemaOfBody(BodyOf("post: \"/v1/{n.id}/{f.id}\" body: \"*\"",
                                         "N n = 1 [(google.api.field_behavior) = REQUIRED];"
                                         "Free f = 2 [(google.api.field_behavior) = REQUIRED];"));
  EXPECT_EQ(whole.at("required"), Json::parse(R"(["n"])"));
  EXPECT_EQ(whole.at("properties").at("n").at("required"), Json::parse(R"(["title"])"));
}

TEST(OpenApiBody, Q19_WhatAOneofCannotHaveBesideThePathIsNotInTheBody) {
  const Json schema = SchemaOfBody(BodyOf("put: \"/v1/{a}\" body: \"*\"",
                                          "oneof o { string a = 1; string b = 2; } string c = 3;"));
  EXPECT_EQ(schema.at("properties"), Json::parse(R"({"c":{"type":"string"}})"));
}

TEST(OpenApiBody, E18_AnUpdateNeedsNoneOfWhatIsRequired) {
  const std::string request =
      "N n = 1; google.protobuf.FieldMask mask = 2 [(google.api.field_behavior) = REQUIRED];";
  const Json document = BodyOf("patch: \"/v1\" body: \"n\"", request);
  EXPECT_EQ(SchemaOfBody(document), Ref("N-partial"));
  const Json& schemas = document.at("components").at("schemas");
  const Json& partial = schemas.at("t.v1.N-partial");
  EXPECT_FALSE(partial.contains("required"));
  // Messages in it are partial too; lists are whole, as masks name them.
  EXPECT_EQ(partial.at("properties").at("inner"), Ref("N-partial"));
  EXPECT_EQ(partial.at("properties").at("parts").at("items"), Ref("N"));
  EXPECT_TRUE(schemas.at("t.v1.N").contains("required"));
  const Json nested = SchemaOfBody(BodyOf("patch: \"/v1/{n.id}\" body: \"n\"", request));
  EXPECT_FALSE(nested.contains("required"));
  EXPECT_EQ(nested.at("properties").at("inner"), Ref("N-partial"));
  EXPECT_FALSE(nested.at("properties").contains("id"));
  // The server fills the mask.
  const Json& mask = document.at("paths").front().front().at("parameters").back();
  EXPECT_EQ(mask.at("name"), "mask");
  EXPECT_FALSE(mask.contains("required"));
  EXPECT_EQ(mask.at("description"), "Left out, it is the fields that a JSON body has.");
}

TEST(OpenApiBody, E18_WhatIsNoUpdateIsWhole) {
  const std::string request = "N n = 1; google.protobuf.FieldMask mask = 2;";
  EXPECT_EQ(SchemaOfBody(BodyOf("put: \"/v1\" body: \"n\"", request)), Ref("N"));
  EXPECT_EQ(SchemaOfBody(BodyOf("patch: \"/v1\" body: \"n\"", "N n = 1;")), Ref("N"));
  EXPECT_EQ(SchemaOfBody(BodyOf("patch: \"/v1\" body: \"f\"",
                                "Free f = 1; google.protobuf.FieldMask mask = 2;")),
            Ref("Free"));
}

TEST(OpenApiBody, B11_OneFieldOfAnyType) {
  const auto schema = [](const std::string& field) {
    return OperationOf(
               "rpc Put(M) returns (M) { option (google.api.http) = {put: \"/v1\" body: \"f\"}; }",
               "message M { " + field + " f = 1; }")
        .at("requestBody")
        .at("content")
        .at("application/json")
        .at("schema");
  };
  EXPECT_EQ(schema("M"), Ref("M"));
  EXPECT_EQ(schema("repeated string"),
            Json::parse(R"({"type":"array","items":{"type":"string"}})"));
  EXPECT_EQ(schema("bool"), Json::parse(R"({"type":"boolean"})"));
  EXPECT_EQ(schema("google.protobuf.StringValue"), Json::parse(R"({"type":"string"})"));
}

TEST(OpenApiBody, B1_EmptyRequestNeedsNoBody) {
  const Json body = OperationOf(
                        "rpc Do(google.protobuf.Empty) returns (M) { option (google.api.http) = "
                        "{post: \"/v1\" body: \"*\"}; }",
                        "message M {}")
                        .at("requestBody");
  EXPECT_FALSE(body.contains("required"));
  // Nor where the path says it all.
  const auto cancel = [](const std::string& fields) {
    return OperationOf(
               "rpc Do(M) returns (M) { option (google.api.http) = {post: \"/v1/{a}:cancel\" body: "
               "\"*\"}; }",
               "message M { string a = 1; " + fields + " }")
        .at("requestBody");
  };
  EXPECT_FALSE(cancel("").contains("required"));
  EXPECT_EQ(cancel("string b = 2;").at("required"), true);
}

TEST(OpenApiBody, B18_FilesComeInForms) {
  const Json content =
      OperationOf(
          "rpc Put(M) returns (M) { option (google.api.http) = {post: \"/v1\" body: \"*\"}; }",
          "message M { string name = 1; bytes image = 2; repeated google.api.HttpBody more = 3; }")
          .at("requestBody")
          .at("content");
  EXPECT_EQ(content.at("multipart/form-data").at("schema").at("properties"), Json::parse(R"({
    "name":{"type":"string"},
    "image":{"type":"string","format":"binary","contentMediaType":"application/octet-stream"},
    "more":{"type":"array","items":
      {"type":"string","format":"binary","contentMediaType":"application/octet-stream"}}})"));
}

TEST(OpenApiBody, B9_AllTypesOnDemand) {
  const auto types = [](const Json& content) {
    std::vector<std::string> names;
    for (const auto& [name, media] : content.items()) names.push_back(name);
    return names;
  };
  Options options;
  options.openapi_media = true;
  const Json document = DocumentOf(
      "service S { rpc Put(M) returns (M) {"
      " option (google.api.http) = {post: \"/v1\" body: \"*\"}; } } message M { string a = 1; }",
      options);
  const Json& operation = document.at("paths").at("/v1").at("post");
  EXPECT_EQ(types(operation.at("requestBody").at("content")),
            (std::vector<std::string>{"application/json", "application/x-protobuf",
                                      "application/x-www-form-urlencoded", "multipart/form-data"}));
  EXPECT_EQ(types(operation.at("responses").at("200").at("content")),
            (std::vector<std::string>{"application/json", "application/x-protobuf"}));
}

TEST(OpenApiBody, HasAnExample) {
  const Json body =
      OperationOf(
          "rpc Put(M) returns (M) { option (google.api.http) = {post: \"/v1\" body: \"*\"}; }",
          "message M { string name = 1; int64 size = 2;"
          "string etag = 3 [(google.api.field_behavior) = OUTPUT_ONLY]; }")
          .at("requestBody");
  EXPECT_EQ(body.at("content").at("application/json").at("example"),
            Json::parse(R"({"name":"string","size":"1"})"));
}

TEST(OpenApiBody, B17_E6_HttpBodyIsAnyBytes) {
  const Json any = Json::parse(R"({"*/*":{"schema":{"type":"string","format":"binary"}}})");
  const Json whole = OperationOf(
      "rpc Put(google.api.HttpBody) returns (google.api.HttpBody) {"
      "option (google.api.http) = {post: \"/v1\" body: \"*\"}; }",
      "");
  EXPECT_EQ(whole.at("requestBody").at("content"), any);
  EXPECT_EQ(whole.at("responses").at("200").at("content"), any);
  const Json field = OperationOf(
      "rpc Put(stream M) returns (stream M) {option (google.api.http) = "
      "{post: \"/v1\" body: \"f\" response_body: \"f\"}; }",
      "message M { google.api.HttpBody f = 1; }");
  EXPECT_EQ(field.at("requestBody").at("content"), any);
  EXPECT_EQ(field.at("responses").at("200").at("content"), any);
}

}  // namespace
}  // namespace protorest::plugin
