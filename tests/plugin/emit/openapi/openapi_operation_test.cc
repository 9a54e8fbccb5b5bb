// Queries, responses and streams of operations.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

Json QueryOf(const std::string& fields, const std::string& rule = "get: \"/v1\"") {
  const Json operation =
      OperationOf("rpc Get(M) returns (M) { option (google.api.http) = {" + rule + "}; }",
                  "message M {\n" + fields + "\n}\nmessage N { string a = 1; N inner = 2; }\n");
  return operation.value("parameters", Json::array());
}

std::vector<std::string> Names(const Json& parameters) {
  std::vector<std::string> names;
  for (const Json& parameter : parameters) names.push_back(parameter.at("name"));
  return names;
}

TEST(OpenApiQuery, DefaultsOfProto2AreThoseOfParametersToo) {
  const Json document = DocumentOfFiles({{"test.proto", R"(
      syntax = "proto2"; package t.v1;
      import "google/api/annotations.proto";
      import "protorest/openapi.proto";
      message M {
        optional int64 page = 1 [default = 5];
        optional int32 size = 2 [default = 5, (protorest.openapi.field).default = "7"];
      }
      service S { rpc Get(M) returns (M) { option (google.api.http) = {get: "/v1"}; } })"}});
  const Json parameters = document.at("paths").at("/v1").at("get").at("parameters");
  EXPECT_EQ(parameters[0].at("schema").at("default"), "5");
  EXPECT_EQ(parameters[1].at("schema").at("default"), 7);
}

TEST(OpenApiQuery, Q1_EveryLeafDottedByJsonName) {
  EXPECT_EQ(Names(QueryOf("string first_name = 1; N nested = 2; repeated int32 ids = 3;")),
            (std::vector<std::string>{"firstName", "nested.a", "ids"}));
}

TEST(OpenApiQuery, Q2_NoneWithWholeBody) {
  EXPECT_EQ(QueryOf("string a = 1;", "post: \"/v1\" body: \"*\""), Json::array());
}

TEST(OpenApiQuery, Q3_AllButBodyAndPath) {
  EXPECT_EQ(Names(QueryOf("string a = 1; N n = 2; string c = 3;", "post: \"/v1/{a}\" body: \"n\"")),
            (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(Names(QueryOf("N n = 1; string c = 2;", "get: \"/v1/{n.a}\"")),
            (std::vector<std::string>{"n_a", "c"}));
}

// Of a oneof that path or body set a member of, the others are refused.
TEST(OpenApiQuery, Q19_NoRivalsOfPathAndBody) {
  const std::string fields =
      "oneof o { string a = 1; string b = 2; N n = 3; } string c = 4; N m = 5;";
  EXPECT_EQ(Names(QueryOf(fields)), (std::vector<std::string>{"a", "b", "n.a", "c", "m.a"}));
  EXPECT_EQ(Names(QueryOf(fields, "get: \"/v1/{a}\"")),
            (std::vector<std::string>{"a", "c", "m.a"}));
  EXPECT_EQ(Names(QueryOf(fields, "get: \"/v1/{n.a}\"")),
            (std::vector<std::string>{"n_a", "c", "m.a"}));
  EXPECT_EQ(Names(QueryOf(fields, "post: \"/v1\" body: \"n\"")),
            (std::vector<std::string>{"c", "m.a"}));
}

TEST(OpenApiQuery, Q15_To_Q17_WellKnownTypesAreLeaves) {
  const Json query = QueryOf(
      "google.protobuf.Timestamp at = 1; google.protobuf.Duration d = 2;"
      "google.protobuf.FieldMask mask = 3; google.protobuf.Int32Value w = 4;");
  EXPECT_EQ(Names(query), (std::vector<std::string>{"at", "d", "mask", "w"}));
  EXPECT_EQ(query.at(0).at("schema"), Json::parse(R"({"type":"string","format":"date-time"})"));
  EXPECT_EQ(query.at(3).at("schema"), Json::parse(R"({"type":"integer","format":"int32"})"));
}

TEST(OpenApiQuery, Q14_NullHasANameThere) {
  const Json query =
      QueryOf("google.protobuf.NullValue a = 1; repeated google.protobuf.NullValue b = 2;");
  const Json name = Json::parse(R"({"type":"string","enum":["NULL_VALUE"]})");
  EXPECT_EQ(query.at(0).at("schema"), name);
  EXPECT_EQ(query.at(1).at("schema").at("items"), name);
}

TEST(OpenApiQuery, Q20_MapsAreDeepObjects) {
  const Json query = QueryOf("map<string, int32> m = 1; map<string, N> of_messages = 2;");
  ASSERT_EQ(Names(query), std::vector<std::string>{"m"});
  EXPECT_EQ(query.at(0).at("style"), "deepObject");
  EXPECT_EQ(query.at(0).at("explode"), true);
}

TEST(OpenApiQuery, Q21_MessagesAreNoLeaves) {
  EXPECT_EQ(
      Names(QueryOf("repeated N list = 1; google.protobuf.Any a = 2; google.protobuf.Empty e = 3;"
                    "repeated google.protobuf.Value v = 4; string last = 5;")),
      std::vector<std::string>{"last"});
}

TEST(OpenApiQuery, StructAndValueAreJsonText) {
  const Json query = QueryOf("google.protobuf.Struct s = 1; google.protobuf.Value v = 2;");
  ASSERT_EQ(Names(query), (std::vector<std::string>{"s", "v"}));
  EXPECT_EQ(query.at(0).at("content"),
            Json::parse(
                R"({"application/json":{"schema":{"type":"object","additionalProperties":{}}}})"));
  EXPECT_FALSE(query.at(0).contains("schema"));
}

TEST(OpenApiQuery, RecursionEnds) {
  EXPECT_EQ(Names(QueryOf("M self = 1; N n = 2; string a = 3;")),
            (std::vector<std::string>{"n.a", "a"}));
}

TEST(OpenApiQuery, DeepNestingIsCapped) {
  const Json operation = OperationOf(
      "rpc Get(A) returns (E) { option (google.api.http) = {get: \"/v1\"}; }",
      "message A { B b = 1; } message B { C c = 1; } message C { D d = 1; } message D { E e = 1; }"
      "message E { F f = 1; string here = 2; } message F { string too_deep = 1; }");
  EXPECT_EQ(Names(operation.at("parameters")), std::vector<std::string>{"b.c.d.e.here"});
}

TEST(OpenApiQuery, OfManyMessagesTheUpperLevels) {
  std::string fields;
  std::string types;
  for (int level = 0; level < 5; ++level) {
    std::string inner = "message L" + std::to_string(level) + " { string leaf = 99;";
    for (int i = 1; i <= 20; ++i) {
      const std::string tag = std::to_string(i) + " = " + std::to_string(i) + ";";
      if (level < 4) inner += "L" + std::to_string(level + 1) + " f" + tag;
    }
    types += inner + "}\n";
  }
  fields = "L0 a = 1; L0 b = 2;";
  const auto names =
      Names(OperationOf("rpc Get(M) returns (M) { option (google.api.http) = {get: \"/v1\"}; }",
                        "message M { " + fields + " }\n" + types)
                .value("parameters", Json::array()));
  EXPECT_EQ(names.size(), 2u * (1 + 20));  // with those of the third level they were 842
  EXPECT_EQ(names.back(), "b.f20.leaf");
}

TEST(OpenApiQuery, RequiredDeprecatedAndOutputOnly) {
  const Json query = QueryOf(R"(
    // What to look for.
    string q = 1 [(google.api.field_behavior) = REQUIRED, deprecated = true];
    string etag = 2 [(google.api.field_behavior) = OUTPUT_ONLY];)");
  EXPECT_EQ(query, Json::parse(R"([{"name":"q","in":"query","description":"What to look for.",
    "required":true,"deprecated":true,"schema":{"type":"string"}}])"));
}

TEST(OpenApiResponses, SuccessAndErrors) {
  const Json document = DocumentOf(
      "service S { rpc Get(M) returns (M) { option (google.api.http) = {get: \"/v1/{a}\"}; } }"
      "message M { string a = 1; }");
  const Json& responses = document.at("paths").front().at("get").at("responses");
  EXPECT_EQ(responses.at("200").at("content"),
            Json({{"application/json", {{"schema", Ref("M")}}}}));
  EXPECT_EQ(responses.at("400"), Json({{"$ref", "#/components/responses/BadRequest"}}));
  EXPECT_EQ(responses.at("404"), Json({{"$ref", "#/components/responses/NotFound"}}));
  EXPECT_EQ(responses.at("default"), Json({{"$ref", "#/components/responses/Error"}}));
  const Json& components = document.at("components");
  for (const auto& [name, response] : components.at("responses").items()) {
    EXPECT_EQ(response.at("content").at("application/json").at("schema").at("$ref"),
              "#/components/schemas/google.rpc.Status")
        << name;
  }
  const Json& status = components.at("schemas").at("google.rpc.Status");
  EXPECT_EQ(status.at("properties").at("details").at("items").at("$ref"),
            "#/components/schemas/google.protobuf.Any");
}

TEST(OpenApiResponses, NotFoundOnlyWhereThePathNamesSomething) {
  const Json document = DocumentOf(
      "service S { rpc Get(M) returns (M) { option (google.api.http) = {get: \"/v1\"}; } } message "
      "M {}");
  EXPECT_FALSE(document.at("paths").front().at("get").at("responses").contains("404"));
  EXPECT_FALSE(document.at("components").at("responses").contains("NotFound"));
}

TEST(OpenApiResponses, E5_ResponseBodyIsTheField) {
  const Json responses = OperationOf(
                             "rpc Get(M) returns (M) { option (google.api.http) = {get: \"/v1\" "
                             "response_body: \"list\"}; }",
                             "message M { repeated string list = 1; }")
                             .at("responses");
  EXPECT_EQ(responses.at("200").at("content").at("application/json").at("schema"),
            Json::parse(R"({"type":"array","items":{"type":"string"}})"));
}

TEST(OpenApiStreams, E20_ServerStreamsAreArraysLinesOrEvents) {
  const Json operation =
      OperationOf("rpc List(M) returns (stream M) { option (google.api.http) = {get: \"/v1\"}; }",
                  "message M {}");
  EXPECT_EQ(operation.at("x-protorest-stream"), "server");
  EXPECT_EQ(operation.at("responses").at("200").at("content"), Json::parse(R"({
    "application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/t.v1.M"}}},
    "application/x-ndjson":{"schema":{"$ref":"#/components/schemas/t.v1.M"},"x-protorest-stream":true},
    "text/event-stream":{"schema":{"$ref":"#/components/schemas/t.v1.M"},"x-protorest-stream":true}})"));
}

TEST(OpenApiStreams, E25_MethodsThatStreamAreWebSocketsToo) {
  const auto socket = [](const std::string& rpc, const std::string& rule) {
    return OperationOf("rpc Do" + rpc + " { option (google.api.http) = {" + rule + "}; }",
                       "message M { string a = 1; string b = 2; }")
        .value("x-websocket", Json());
  };
  const std::string protocols = R"("subprotocols":["protorest.json","protorest.proto"])";
  const std::string message = R"({"$ref":"#/components/schemas/t.v1.M"})";
  EXPECT_EQ(socket("(M) returns (M)", "get: \"/v1\""), Json());
  EXPECT_EQ(socket("(M) returns (stream M)", "get: \"/v1\""),
            Json::parse("{" + protocols + R"(,"receive":)" + message + "}"));
  EXPECT_EQ(
      socket("(stream M) returns (stream M)", "post: \"/v1\" body: \"*\""),
      Json::parse("{" + protocols + R"(,"send":)" + message + R"(,"receive":)" + message + "}"));
  EXPECT_EQ(socket("(stream M) returns (M)", "post: \"/v1\" body: \"a\" response_body: \"b\"")
                .at("receive"),
            Json({{"type", "string"}}));
}

TEST(OpenApiStreams, B13_ClientStreamsLikewise) {
  const Json operation = OperationOf(
      "rpc Send(stream M) returns (stream M) { option (google.api.http) = {post: \"/v1\" body: "
      "\"*\"}; }",
      "message M {}");
  EXPECT_EQ(operation.at("x-protorest-stream"), "bidi");
  EXPECT_EQ(operation.at("requestBody").at("content"), Json::parse(R"({
    "application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/t.v1.M"}}},
    "application/x-ndjson":{"schema":{"$ref":"#/components/schemas/t.v1.M"},"x-protorest-stream":true}})"));
}

TEST(OpenApiResponse, E7_SuccessHasTheStatusThatTheMethodDeclares) {
  const auto responses = [](const std::string& type, int status) {
    return OperationOf("rpc Get(M) returns (" + type +
                           ") { option (google.api.http) = {get: \"/v1\"};"
                           "option (protorest.method).success_status = " +
                           std::to_string(status) + "; }",
                       "message M { string a = 1; }")
        .at("responses");
  };
  const Json created = responses("M", 201);
  EXPECT_FALSE(created.contains("200"));
  EXPECT_EQ(created.at("201").at("content").at("application/json").at("schema"), Ref("M"));
  EXPECT_FALSE(responses("google.protobuf.Empty", 204).at("204").contains("content"));
}

TEST(OpenApiResponse, ATaggedGetMayBe304) {
  const Json responses = OperationOf(
                             "rpc Get(M) returns (M) {option (google.api.http) = {get: \"/v1\"};"
                             "option (protorest.method).etag = true; }",
                             "message M { string a = 1; }")
                             .at("responses");
  EXPECT_FALSE(responses.at("304").contains("content"));
}

}  // namespace
}  // namespace protorest::plugin
