// Queries, bodies, responses and streams of operations; tags, ids and texts of documents.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

Json Ref(const std::string& name) { return {{"$ref", "#/components/schemas/t.v1." + name}}; }

// The one operation of a service with this method.
Json OperationOf(const std::string& method, const std::string& messages) {
  const Json document = DocumentOf("service S {\n" + method + "\n}\n" + messages);
  EXPECT_EQ(document.at("paths").size(), 1u);
  return document.at("paths").front().front();
}

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

TEST(OpenApiQuery, RequiredDeprecatedAndOutputOnly) {
  const Json query = QueryOf(R"(
    // What to look for.
    string q = 1 [(google.api.field_behavior) = REQUIRED, deprecated = true];
    string etag = 2 [(google.api.field_behavior) = OUTPUT_ONLY];)");
  EXPECT_EQ(query, Json::parse(R"([{"name":"q","in":"query","description":"What to look for.",
    "required":true,"deprecated":true,"schema":{"type":"string"}}])"));
}

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
  EXPECT_EQ(mask.at("description"), "Left out, it is the fields that the body has.");
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

TEST(OpenApiDocument, TextsOfCommentsAndTags) {
  const Json document = DocumentOf(R"(
    // Keeps things.
    service Things {
      // Looks one up, e.g. by name. It must
      // exist.
      //
      // Second paragraph.
      rpc Get(M) returns (M);
      rpc Bare(M) returns (M);
    }
    message M {})");
  EXPECT_EQ(document.at("tags"), Json::parse(R"([{"name":"Things","description":"Keeps things.",
                                                  "x-protorest-service":"t.v1.Things"}])"));
  const Json& get = document.at("paths").at("/t.v1.Things/Get").at("post");
  EXPECT_EQ(get.at("summary"), "Looks one up, e.g. by name");
  EXPECT_EQ(get.at("description"), "It must\nexist.\n\nSecond paragraph.");
  EXPECT_EQ(get.at("tags"), Json::array({"Things"}));
  EXPECT_EQ(get.at("x-protorest-rpc"), "t.v1.Things/Get");
  const Json& bare = document.at("paths").at("/t.v1.Things/Bare").at("post");
  EXPECT_EQ(bare.at("summary"), "Bare");
  EXPECT_FALSE(bare.contains("description"));
}

TEST(OpenApiDocument, CrossReferencesAreLinks) {
  const Json document = DocumentOf(R"(
    // Keeps [Book][t.v1.Book]s. See [Get][t.v1.Things.Get], [things][t.v1.Things].
    service Things {
      // Gets a [Book][t.v1.Book]. By [its name][t.v1.Book.name], not [its author][x.y.Author.name]
      // nor [t.v1.Book][], a [link](https://example.com)[1] or a[0][1 + 1].
      rpc Get(Book) returns (Book);
    }
    message Book { string name = 1; })");
  const Json& get = document.at("paths").at("/t.v1.Things/Get").at("post");
  EXPECT_EQ(get.at("summary"), "Gets a Book");
  EXPECT_EQ(get.at("description"),
            "By [its name](#/components/schemas/t.v1.Book), not its author\n"
            "nor [t.v1.Book](#/components/schemas/t.v1.Book), a [link](https://example.com)[1] or "
            "a[0][1 + 1].");
  EXPECT_EQ(document.at("tags").at(0).at("description"),
            "Keeps [Book](#/components/schemas/t.v1.Book)s. See "
            "[Get](#/paths/~1t.v1.Things~1Get/post), [things](#/tags/0).");
}

TEST(OpenApiDocument, OperationIdsHaveAPattern) {
  const auto ids = [](const std::string& pattern) {
    Options options;
    options.operation_id = pattern;
    const Json document = DocumentOf(R"(
      service Things {
        rpc GetOne(M) returns (M) {
          option (google.api.http) = {get: "/a" additional_bindings {get: "/b"}};
        }
      }
      service Others { rpc GetOne(M) returns (M); }
      message M {})",
                                     options);
    std::vector<std::string> all;
    for (const auto& [path, item] : document.at("paths").items()) {
      all.push_back(item.front().at("operationId"));
    }
    return all;
  };
  EXPECT_EQ(ids("{Service}_{Method}"),
            (std::vector<std::string>{"Things_GetOne", "Things_GetOne_2", "Others_GetOne"}));
  EXPECT_EQ(ids("{method}"), (std::vector<std::string>{"getOne", "getOne_2", "getOne_3"}));
  EXPECT_EQ(ids("{package}.{service}.{Method}"),
            (std::vector<std::string>{"t_v1_things_GetOne", "t_v1_things_GetOne_2",
                                      "t_v1_others_GetOne"}));
}

TEST(OpenApiDocument, DeprecatedServicesDeprecateTheirMethods) {
  const Json document =
      DocumentOf("service S { option deprecated = true; rpc Get(M) returns (M); } message M {}");
  EXPECT_EQ(document.at("paths").front().at("post").at("deprecated"), true);
}

TEST(OpenApiDocument, InfoComesFromThePackages) {
  const auto file = [](const std::string& package) {
    return "syntax = \"proto3\"; package " + package +
           "; service S { rpc Get(M) returns (M); } message M {}";
  };
  const Json one = DocumentOfFiles({{"a.proto", file("shop.v1")}}).at("info");
  EXPECT_EQ(one, Json::parse(R"({"title":"shop.v1","version":"v1"})"));
  const Json two = DocumentOfFiles({{"a.proto", file("shop.v1")}, {"b.proto", file("shop.v2")}});
  EXPECT_EQ(two.at("info"), Json::parse(R"({"title":"shop","version":"0.0.0"})"));
  const Json strangers = DocumentOfFiles({{"a.proto", file("a")}, {"b.proto", file("b")}});
  EXPECT_EQ(strangers.at("info").at("title"), "API");
}

TEST(OpenApiDocument, ServicesOfOneNameAreKeptApart) {
  const auto file = [](const std::string& package) {
    return "syntax = \"proto3\"; package " + package +
           "; service S { rpc Get(M) returns (M); } message M {}";
  };
  const Json document = DocumentOfFiles({{"a.proto", file("a.v1")}, {"b.proto", file("a.v2")}});
  EXPECT_EQ(document.at("tags").at(0).at("name"), "a.v1.S");
  EXPECT_EQ(document.at("paths").at("/a.v2.S/Get").at("post").at("operationId"), "a_v2_S_Get");
}

TEST(OpenApiDocument, FilesWithoutServicesGiveNoPaths) {
  const Json document = DocumentOf("message M {}");
  EXPECT_EQ(document.at("paths"), Json::object());
  EXPECT_FALSE(document.contains("components"));
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
