// Templates of google.api.http as OpenAPI paths, and which operation stands where.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

constexpr char kMessages[] = R"(
  message Request {
    // The name.
    string name = 1;
    Book book = 2;
    int64 number = 3;
    Color color = 4;
    string other = 5;
  }
  message Book { string name = 1; string title = 2; }
  enum Color { RED = 0; })";

// The paths of a service with these methods: pairs of method name and rule.
Json PathsOf(const std::vector<std::pair<std::string, std::string>>& rules) {
  std::string service = "service S {\n";
  for (const auto& [name, rule] : rules) {
    service +=
        "rpc " + name + "(Request) returns (Book) { option (google.api.http) = {" + rule + "}; }\n";
  }
  return DocumentOf(service + "}\n" + kMessages).at("paths");
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// The names of an operation's parameters in `place`.
std::vector<std::string> Names(const Json& operation, const std::string& place) {
  std::vector<std::string> names;
  if (!operation.contains("parameters")) return names;
  for (const Json& parameter : operation.at("parameters")) {
    if (parameter.at("in") == place) names.push_back(parameter.at("name"));
  }
  return names;
}

struct PathCase {
  std::string path_template;
  std::string path;
  std::vector<std::string> parameters;
};

TEST(OpenApiPaths, Templates) {
  const std::vector<PathCase> cases = {
      {"/v1/a", "/v1/a", {}},
      {"/v1/a/{name}", "/v1/a/{name}", {"name"}},
      {"/v1/a/{name=*}:go", "/v1/a/{name}:go", {"name"}},
      {"/v1/a/{book.name}", "/v1/a/{book_name}", {"book_name"}},
      {"/v1/{name=shelves/*}", "/v1/shelves/{shelves_id}", {"shelves_id"}},
      {"/v1/{name=shelves/*/books/*}:ban",
       "/v1/shelves/{shelves_id}/books/{books_id}:ban",
       {"shelves_id", "books_id"}},
      {"/v1/{name=a/*/a/*}", "/v1/a/{a_id}/a/{a_id_2}", {"a_id", "a_id_2"}},
      {"/v1/{book.name=*/*}", "/v1/{book_name}/{book_name_2}", {"book_name", "book_name_2"}},
      {"/v1/{name=*/*}", "/v1/{name}/{name_2}", {"name", "name_2"}},
      {"/v1/{name=user-files/**}", "/v1/user-files/{user_files_id}", {"user_files_id"}},
      {"/v1/{name=**}", "/v1/{name}", {"name"}},
      {"/v1/{name=**}/end", "/v1/{name}/end", {"name"}},
      {"/v1/*/b/{other}", "/v1/{v1_id}/b/{other}", {"v1_id", "other"}},
      {"/*/*", "/{segment}/{segment_2}", {"segment", "segment_2"}},
      {"/v1/{name=fixed}", "/v1/fixed", {}},
  };
  for (const PathCase& each : cases) {
    const Json paths = PathsOf({{"Get", "get: \"" + each.path_template + "\""}});
    ASSERT_EQ(Keys(paths), std::vector<std::string>{each.path}) << each.path_template;
    EXPECT_EQ(Names(paths.at(each.path).at("get"), "path"), each.parameters) << each.path_template;
  }
}

TEST(OpenApiPaths, ParametersHaveTheTypeOfTheirField) {
  const Json parameters =
      PathsOf({{"Get", "get: \"/v1/{number}/{color}/{name}\""}}).front().at("get").at("parameters");
  EXPECT_EQ(parameters.at(0), Json::parse(R"({"name":"number","in":"path","required":true,
      "schema":{"type":"string","format":"int64","pattern":"^(0|-?[1-9][0-9]{0,18})$"}})"));
  EXPECT_EQ(parameters.at(1).at("schema"), Json({{"$ref", "#/components/schemas/t.v1.Color"}}));
  EXPECT_EQ(parameters.at(2).at("description"), "The name.");
}

TEST(OpenApiPaths, PartsOfAVariableSayWhatTheyBelongTo) {
  const Json parameters =
      PathsOf({{"Get", "get: \"/v1/{name=a/*/b/**}\""}}).front().at("get").at("parameters");
  EXPECT_EQ(parameters.at(0).at("description"), "A part of `name`, which is `a/*/b/**`.");
  EXPECT_FALSE(parameters.at(0).contains("x-protorest-multi-segment"));
  EXPECT_EQ(parameters.at(1).at("x-protorest-multi-segment"), true);
}

TEST(OpenApiPaths, P14_VerbsOfOneShapeShareAPath) {
  const Json paths =
      PathsOf({{"Get", "get: \"/v1/a/{name}\""}, {"Delete", "delete: \"/v1/a/{other}\""}});
  EXPECT_EQ(Keys(paths), std::vector<std::string>{"/v1/a/{name}"});
  EXPECT_EQ(Keys(paths.front()), (std::vector<std::string>{"get", "delete"}));
  EXPECT_EQ(Names(paths.front().at("delete"), "path"), std::vector<std::string>{"name"});
  EXPECT_EQ(Names(paths.front().at("delete"), "query"),
            (std::vector<std::string>{"name", "book.name", "book.title", "number", "color"}));
}

TEST(OpenApiPaths, OneAndManySegmentsAreKeptApart) {
  const Json paths =
      PathsOf({{"Get", "get: \"/v1/{name=*}\""}, {"Find", "get: \"/v1/{name=**}\""}});
  EXPECT_EQ(Keys(paths), (std::vector<std::string>{"/v1/{name}", "/v1/{name}#S_Find"}));
}

TEST(OpenApiPaths, P27_EachBindingIsAnOperationOfItsOwn) {
  const Json paths =
      PathsOf({{"Get",
                "get: \"/v1/a/{name}\" additional_bindings {post: \"/v1/a:get\" body: \"*\"}"
                " additional_bindings {get: \"/v1/b/{name}\"}"}});
  EXPECT_EQ(paths.at("/v1/a/{name}").at("get").at("operationId"), "S_Get");
  EXPECT_EQ(paths.at("/v1/a:get").at("post").at("operationId"), "S_Get_2");
  EXPECT_EQ(paths.at("/v1/b/{name}").at("get").at("operationId"), "S_Get_3");
}

TEST(OpenApiPaths, OperationIdsAreUnique) {
  const Json paths =
      PathsOf({{"Get", "get: \"/a\" additional_bindings {get: \"/b\"}"}, {"Get_2", "get: \"/c\""}});
  EXPECT_EQ(paths.at("/b").at("get").at("operationId"), "S_Get_2");
  EXPECT_EQ(paths.at("/c").at("get").at("operationId"), "S_Get_2_2");
}

TEST(OpenApiPaths, P29_CustomVerbs) {
  const Json paths = PathsOf({{"Head", "custom {kind: \"HEAD\" path: \"/v1/head\"}"},
                              {"Any", "custom {kind: \"*\" path: \"/v1/any\"}"},
                              {"AnyBody", "custom {kind: \"*\" path: \"/v1/body\"} body: \"*\""},
                              {"List", "custom {kind: \"LIST\" path: \"/v1/list\"}"}});
  EXPECT_TRUE(paths.at("/v1/head").contains("head"));
  EXPECT_TRUE(paths.at("/v1/any").contains("get"));
  EXPECT_TRUE(paths.at("/v1/body").contains("post"));
  EXPECT_EQ(Keys(paths.at("/v1/list")),
            std::vector<std::string>{"x-protorest-additional-operations"});
  EXPECT_EQ(paths.at("/v1/list").front().at("LIST").at("operationId"), "S_List");
}

TEST(OpenApiPaths, P29_WhatTakesAnyVerbLeavesOthersTheirs) {
  const Json paths = PathsOf({{"Any", "custom {kind: \"*\" path: \"/v1/a\"}"},
                              {"Get", "get: \"/v1/a\""},
                              {"AnyBody", "custom {kind: \"*\" path: \"/v1/b\"} body: \"*\""},
                              {"Post", "post: \"/v1/b\" body: \"*\""}});
  EXPECT_EQ(Keys(paths), (std::vector<std::string>{"/v1/a", "/v1/b"}));
  EXPECT_EQ(paths.at("/v1/a").at("get").at("operationId"), "S_Get");
  EXPECT_EQ(paths.at("/v1/a").at("delete").at("operationId"), "S_Any");
  EXPECT_EQ(paths.at("/v1/b").at("post").at("operationId"), "S_Post");
  EXPECT_EQ(paths.at("/v1/b").at("put").at("operationId"), "S_AnyBody");
}

TEST(OpenApiPaths, P30_MethodsWithoutARuleAreInToo) {
  const Json document =
      DocumentOf(std::string("service S { rpc Get(Request) returns (Book); }") + kMessages);
  const Json& operation = document.at("paths").at("/t.v1.S/Get").at("post");
  EXPECT_EQ(
      operation.at("requestBody").at("content").at("application/json").at("schema").at("$ref"),
      "#/components/schemas/t.v1.Request");
}

}  // namespace
}  // namespace protorest::plugin
