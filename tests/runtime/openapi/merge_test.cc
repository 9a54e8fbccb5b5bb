// Merging of documents: what is shared, what is joined, what is refused.
#include "openapi/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;

// A document as the plugin writes it, for the service `package`.`service` with one GET at `path`.
Json DocumentOf(const std::string& package, const std::string& service, const std::string& path) {
  Json parameters = Json::array();
  if (const auto open = path.find('{'); open != std::string::npos) {
    parameters.push_back({{"name", path.substr(open + 1, path.find('}') - open - 1)},
                          {"in", "path"},
                          {"required", true}});
    parameters.push_back({{"name", "filter"}, {"in", "query"}});
  }
  const Json operation = {{"operationId", service + "_Get"},
                          {"tags", Json::array({service})},
                          {"parameters", parameters},
                          {"x-protorest-rpc", package + "." + service + "/Get"}};
  Json document;
  document["openapi"] = "3.1.0";
  document["info"] = {{"title", package}, {"version", "v1"}};
  document["servers"] = Json::array({{{"url", "/"}}});
  document["tags"] =
      Json::array({{{"name", service}, {"x-protorest-service", package + "." + service}}});
  document["paths"] = {{path, {{"get", operation}}}};
  document["components"] = {{"schemas", {{package + ".Item", {{"type", "object"}}}}}};
  return document;
}

Json Merge(const std::vector<Json>& documents) {
  std::vector<std::string> texts;
  for (const Json& document : documents) texts.push_back(document.dump());
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::string error;
  const auto merged = MergeDocuments(views, &error);
  EXPECT_TRUE(merged.has_value()) << error;
  return merged ? Json::parse(*merged) : Json();
}

std::string MergeError(const std::vector<std::string>& texts) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::string error;
  EXPECT_FALSE(MergeDocuments(views, &error).has_value());
  return error;
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(Merge, OneDocumentStaysAsItIs) {
  const Json document = DocumentOf("a.v1", "Books", "/books/{id}");
  EXPECT_EQ(Merge({document}), document);
  EXPECT_EQ(Merge({document, document}), document);
}

TEST(Merge, KeepsTheFingerprintOfEachService) {
  Json a = DocumentOf("a.v1", "Art", "/art");
  Json b = DocumentOf("b.v1", "Books", "/books");
  a["x-protorest-schema"] = {{"a.v1.Art", "0123456789abcdef"}};
  b["x-protorest-schema"] = {{"b.v1.Books", "fedcba9876543210"}};
  EXPECT_EQ(Merge({a, b})["x-protorest-schema"],
            (Json{{"a.v1.Art", "0123456789abcdef"}, {"b.v1.Books", "fedcba9876543210"}}));
}

TEST(Merge, JoinsInOrder) {
  const Json merged =
      Merge({DocumentOf("b.v1", "Books", "/books"), DocumentOf("a.v1", "Art", "/art")});
  EXPECT_EQ(Keys(merged), (std::vector<std::string>{"openapi", "info", "servers", "tags", "paths",
                                                    "components"}));
  EXPECT_EQ(Keys(merged["paths"]), (std::vector<std::string>{"/books", "/art"}));
  EXPECT_EQ(Keys(merged["components"]["schemas"]),
            (std::vector<std::string>{"b.v1.Item", "a.v1.Item"}));
  EXPECT_EQ(merged["tags"].size(), 2u);
  EXPECT_EQ(merged["info"]["title"], "b.v1, a.v1");
  EXPECT_EQ(merged["info"]["version"], "v1");
}

TEST(Merge, OperationsOfOnePathComeTogether) {
  const Json get = DocumentOf("a.v1", "Books", "/books/{id}");
  Json remove = DocumentOf("b.v1", "Cleaner", "/books/{book_id}");
  remove["paths"]["/books/{book_id}"] = {{"delete", remove["paths"]["/books/{book_id}"]["get"]}};
  const Json merged = Merge({get, remove});
  EXPECT_EQ(Keys(merged["paths"]), (std::vector<std::string>{"/books/{id}"}));
  const Json& item = merged["paths"]["/books/{id}"];
  EXPECT_EQ(Keys(item), (std::vector<std::string>{"get", "delete"}));
  EXPECT_EQ(item["delete"]["parameters"][0]["name"], "id");
  EXPECT_EQ(item["delete"]["parameters"][1]["name"], "filter");
}

TEST(Merge, OperationsInOnePlaceAreKeptApart) {
  const Json merged =
      Merge({DocumentOf("a.v1", "Books", "/x/{id}"), DocumentOf("b.v1", "Art", "/x/{name}")});
  EXPECT_EQ(Keys(merged["paths"]), (std::vector<std::string>{"/x/{id}", "/x/{id}#Art_Get"}));
}

TEST(Merge, ServicesOfOneNameAreKeptApart) {
  const Json merged =
      Merge({DocumentOf("a.v1", "Books", "/v1/books"), DocumentOf("a.v2", "Books", "/v2/books")});
  EXPECT_EQ(merged["tags"][0]["name"], "Books");
  EXPECT_EQ(merged["tags"][1]["name"], "a.v2.Books");
  EXPECT_EQ(merged["paths"]["/v1/books"]["get"]["operationId"], "Books_Get");
  EXPECT_EQ(merged["paths"]["/v2/books"]["get"]["operationId"], "a_v2_Books_Get");
  EXPECT_EQ(merged["paths"]["/v2/books"]["get"]["tags"], Json::array({"a.v2.Books"}));
}

TEST(Merge, OperationsKeepTheSecurityOfTheirDocument) {
  Json first = DocumentOf("a.v1", "A", "/v1/a");
  first["security"] = Json::parse(R"([{"key":[]}])");
  const Json second = DocumentOf("b.v1", "B", "/v1/b");
  const std::vector<std::string> texts = {first.dump(), second.dump()};
  std::string error;
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const Json merged = Json::parse(MergeDocuments(views, &error).value());
  EXPECT_EQ(merged.at("security"), first["security"]);
  EXPECT_FALSE(merged.at("paths").at("/v1/a").at("get").contains("security"));
  EXPECT_EQ(merged.at("paths").at("/v1/b").at("get").at("security"), Json::array());
}

TEST(Merge, OperationsKeepTheServersOfTheirDocument) {
  const Json first = DocumentOf("a.v1", "A", "/v1/a");
  Json second = DocumentOf("b.v1", "B", "/v1/b");
  second["servers"].push_back({{"url", "https://b.test"}});
  const Json merged = Merge({first, second});
  EXPECT_EQ(merged.at("servers"), first["servers"]);
  EXPECT_FALSE(merged.at("paths").at("/v1/a").at("get").contains("servers"));
  EXPECT_EQ(merged.at("paths").at("/v1/b").at("get").at("servers"), second["servers"]);

  Json hidden = first;
  hidden["paths"] = Json::object();
  EXPECT_EQ(Merge({hidden, second}).at("servers"), second["servers"]);
}

TEST(Merge, SchemesThatDoNotContradictEachOtherAreOne) {
  const auto with_scope = [](Json document, const char* scope) {
    document["components"]["securitySchemes"]["oauth2"] =
        Json::parse(R"({"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"/t"}}})");
    document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"] = {
        {scope, ""}};
    return document;
  };
  const Json first = with_scope(DocumentOf("a.v1", "A", "/v1/a"), "read");
  Json second = with_scope(DocumentOf("b.v1", "B", "/v1/b"), "write");
  const Json scheme = Merge({first, second})["components"]["securitySchemes"]["oauth2"];
  EXPECT_EQ(scheme["flows"]["clientCredentials"]["scopes"],
            Json::parse(R"({"read":"","write":""})"));

  second["components"]["securitySchemes"]["oauth2"]["type"] = "http";
  EXPECT_THAT(MergeError({first.dump(), second.dump()}),
              HasSubstr("components/securitySchemes/oauth2 of b.v1.B is not that of a.v1.A"));
}

TEST(Merge, EqualSchemasAreShared) {
  Json a = DocumentOf("a.v1", "Books", "/books");
  Json b = DocumentOf("b.v1", "Art", "/art");
  for (Json* document : {&a, &b}) {
    (*document)["components"]["schemas"]["shared.Money"] = {{"type", "string"}};
  }
  EXPECT_EQ(Merge({a, b})["components"]["schemas"]["shared.Money"], Json({{"type", "string"}}));
}

TEST(Merge, DifferentSchemasOfOneNameAreRefusedNamingBoth) {
  Json a = DocumentOf("a.v1", "Books", "/books");
  Json b = DocumentOf("b.v1", "Art", "/art");
  a["components"]["schemas"]["shared.Money"] = {{"type", "string"}};
  b["components"]["schemas"]["shared.Money"] = {{"type", "number"}};
  EXPECT_EQ(
      MergeError({a.dump(), b.dump()}),
      "components/schemas/shared.Money of b.v1.Art is not that of a.v1.Books: the code of both was "
      "generated from different versions of a .proto; generate both again");
}

TEST(Merge, TextThatIsNoDocumentIsRefused) {
  EXPECT_THAT(MergeError({"{\"openapi\""}), HasSubstr("not a JSON document: {\"openapi\""));
  EXPECT_THAT(MergeError({"[]"}), HasSubstr("not a JSON document"));
  EXPECT_THAT(MergeError({R"({"tags": [{"name": "T", "x-protorest-service": "a.T"},
                                       {"name": "T", "x-protorest-service": "b.T"}]})"}),
              HasSubstr("not an OpenAPI document"));
}

TEST(Merge, NoDocumentsGiveADocumentWithoutPaths) {
  const Json merged = Merge({});
  EXPECT_EQ(merged["openapi"], "3.1.0");
  EXPECT_EQ(merged["paths"], Json::object());
}

}  // namespace
}  // namespace protorest::openapi
