// YAML text against an independent reader (yaml-cpp): the same tree, the same strings, the same
// types.
#include "openapi/yaml.h"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

// yaml-cpp's tree as JSON. A plain scalar ("?" tag) is resolved as YAML 1.1 does, at its most
// eager, so that a string without needed quotes shows.
Json Resolve(const YAML::Node& node) {
  if (node.IsNull()) return nullptr;
  if (node.IsSequence()) {
    Json array = Json::array();
    for (const YAML::Node& item : node) array.push_back(Resolve(item));
    return array;
  }
  if (node.IsMap()) {
    Json object = Json::object();
    for (const auto& entry : node) {
      EXPECT_TRUE(entry.first.Tag() == "!" || Resolve(entry.first).is_string())
          << "key " << entry.first.Scalar() << " is no string";
      object[entry.first.Scalar()] = Resolve(entry.second);
    }
    return object;
  }
  if (node.Tag() == "!") return node.Scalar();
  if (bool value = false; YAML::convert<bool>::decode(node, value)) return value;
  if (std::int64_t value = 0; YAML::convert<std::int64_t>::decode(node, value)) return value;
  if (double value = 0; YAML::convert<double>::decode(node, value)) return value;
  return node.Scalar();
}

void ExpectRoundTrip(const Json& json) {
  const std::string yaml = ToYaml(json.dump());
  EXPECT_EQ(Resolve(YAML::Load(yaml)), json) << yaml;
}

TEST(Yaml, LaysOutBlocks) {
  EXPECT_EQ(ToYaml(R"({
    "openapi": "3.1.0",
    "paths": {"/v1/users/{user_id}": {"get": {"tags": ["UserService"], "parameters": [
      {"name": "user_id", "required": true, "schema": {}}, {"name": "a", "list": [[1, 2], []]}]}}},
    "responses": {"200": {"description": "One line.\n\nAnother."}},
    "text": "Ends in a break.\n",
    "ratio": 1e5
  })"),
            R"(openapi: "3.1.0"
paths:
  /v1/users/{user_id}:
    get:
      tags:
        - UserService
      parameters:
        - name: user_id
          required: true
          schema: {}
        - name: a
          list:
            - - 1
              - 2
            - []
responses:
  "200":
    description: |-
      One line.

      Another.
text: |
  Ends in a break.
ratio: 1.0e+5
)");
}

TEST(Yaml, QuotesWhatReadsAsSomethingElse) {
  const std::vector<std::string> texts = {"",
                                          "y",
                                          "Y",
                                          "n",
                                          "yes",
                                          "No",
                                          "on",
                                          "OFF",
                                          "true",
                                          "False",
                                          "null",
                                          "Null",
                                          "~",
                                          "1.0",
                                          "200",
                                          "0x1F",
                                          "0o17",
                                          "1e3",
                                          "-1",
                                          "+1",
                                          ".5",
                                          ".inf",
                                          "-.INF",
                                          ".nan",
                                          "1_000",
                                          "12:30",
                                          "2001-01-01",
                                          "-",
                                          "- a",
                                          "?",
                                          "? a",
                                          ":",
                                          ": a",
                                          "a: b",
                                          "a:",
                                          "a #b",
                                          "#a",
                                          "&a",
                                          "*a",
                                          "!a",
                                          "|",
                                          ">",
                                          "'",
                                          "\"",
                                          "%a",
                                          "@a",
                                          "`a`",
                                          "[a]",
                                          "{a}",
                                          "a, b",
                                          "]",
                                          "}",
                                          ",",
                                          " a",
                                          "a ",
                                          "\ta",
                                          "a\tb",
                                          "\n",
                                          "\n\na",
                                          "a\n",
                                          "a\n\n",
                                          "a\n\n\n",
                                          "a\nb",
                                          " a\nb",
                                          "a\n  b",
                                          "a\n \nb",
                                          "a\r\nb",
                                          "a\\nb",
                                          "\x01\x7f",
                                          "---",
                                          "...",
                                          "=",
                                          "<<",
                                          "über",
                                          "日本語",
                                          "a\u0085b",
                                          "a\u2028b",
                                          "\uFEFFa",
                                          "\U0001F600",
                                          "*/*",
                                          "$ref",
                                          "#/components/schemas/users.v1.User",
                                          "a\nb: c\n# d\n- e"};
  Json list = Json::array();
  Json object = Json::object();
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    ExpectRoundTrip(Json{{"key", text}, {"after", 1}});
    ExpectRoundTrip(Json::array({text, Json::array({text}), {{"key", text}}}));
    list.push_back(text);
    object["k" + std::to_string(object.size())] = text;
  }
  ExpectRoundTrip(list);
  ExpectRoundTrip(object);
  for (const std::string& text : texts) ExpectRoundTrip(Json{{text, 1}});
}

TEST(Yaml, KeepsTypesAndNesting) {
  ExpectRoundTrip(Json::parse(R"({"null": null, "true": true, "int": -3, "big": 9007199254740993,
    "double": 0.25, "exponent": 1e300, "small": 5E-7, "empty": {}, "none": [],
    "deep": [[[{"a": [{}]}], {"b": {"c": []}}]], "mixed": [1, "1", 1.5, "1.5", false, "false", null]})"));
}

TEST(Yaml, KeepsTheOrderOfKeys) {
  const std::string yaml = ToYaml(R"({"z": 1, "a": 2, "m": 3})");
  EXPECT_EQ(yaml, "z: 1\na: 2\nm: 3\n");
}

TEST(Yaml, RootsThatAreNoObjects) {
  EXPECT_EQ(ToYaml("{}"), "{}\n");
  EXPECT_EQ(ToYaml("[]"), "[]\n");
  EXPECT_EQ(ToYaml("[1,[2]]"), "- 1\n- - 2\n");
  EXPECT_EQ(ToYaml("\"yes\""), "\"yes\"\n");
}

TEST(Yaml, GeneratedDocumentsReadTheSameInBothForms) {
  int documents = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PROTOREST_GOLDEN)) {
    if (!entry.path().string().ends_with(".openapi.json")) continue;
    SCOPED_TRACE(entry.path());
    std::ifstream json(entry.path());
    std::filesystem::path yaml = entry.path();
    yaml.replace_extension("yaml");
    EXPECT_EQ(Resolve(YAML::LoadFile(yaml)), Json::parse(json));
    ++documents;
  }
  EXPECT_GT(documents, 0);
}

TEST(Yaml, InvalidJsonGivesNothing) {
  EXPECT_EQ(ToYaml("{"), "");
  EXPECT_EQ(ToYaml("{\"a\": 1,}"), "");
  EXPECT_EQ(ToYaml("\"\xff\""), "");
}

}  // namespace
}  // namespace protorest::openapi
