// Rules of buf.validate; the golden protovalidate has more of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "plugin/emit/openapi/ecma_pattern.h"
#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

Json Message(const std::string& fields, const Options& options = {}) {
  const Json document =
      DocumentOfFiles({{"test.proto",
                        "syntax = 'proto3'; package t.v1;\n"
                        "import 'google/api/annotations.proto';\n"
                        "import 'google/protobuf/wrappers.proto';\n"
                        "import 'google/protobuf/duration.proto';\n"
                        "import 'buf/validate/validate.proto';\n"
                        "import 'protorest/openapi.proto';\n"
                        "service S { rpc Do(M) returns (M) {\n"
                        "  option (google.api.http) = {post: '/v1/do' body: '*'}; } }\n"
                        "enum E { E_ZERO = 0; E_ONE = 1; E_TWO = 2; E_ZWEI = 4; }\n"
                        "message M {" +
                            fields + "}"}},
                      options);
  return document.at("components").at("schemas").at("t.v1.M");
}

// The schema of a field with rules, as text of JSON.
std::string Rules(const std::string& type, const std::string& rules, const Options& options = {}) {
  return Message(type + " f = 1 [(buf.validate.field) = {" + rules + "}];", options)
      .at("properties")
      .at("f")
      .dump();
}

TEST(OpenApiValidation, BoundsAreKeywords) {
  EXPECT_EQ(Rules("int32", "int32: {gte: 1 lt: 9}"),
            R"({"type":"integer","format":"int32","minimum":1,"exclusiveMaximum":9})");
  EXPECT_EQ(Rules("google.protobuf.Int32Value", "int32: {const: 5}"),
            R"({"type":["integer","null"],"format":"int32","enum":[5,null]})");
}

TEST(OpenApiValidation, BoundsOfAnInt64AreWordsUnlessItIsANumber) {
  Options options;
  const std::string rules = "int64: {gt: 7 not_in: [8]}";
  EXPECT_EQ(Rules("int64", rules, options),
            R"({"type":"string","format":"int64","description":"More than 7.",)"
            R"("pattern":"^(0|-?[1-9][0-9]{0,18})$","not":{"enum":["8"]}})");
  options.openapi_settings.json.int64_numbers = true;
  const Json schema = Json::parse(Rules("int64", rules, options));
  EXPECT_EQ(schema.at("exclusiveMinimum"), 7);
  EXPECT_EQ(schema.at("not"), Json::parse(R"({"enum":[8]})"));
}

TEST(OpenApiValidation, BoundsThatCrossLeaveOutWhatIsBetween) {
  EXPECT_EQ(Rules("int32", "int32: {lt: 1 gte: 9}"),
            R"({"type":"integer","format":"int32",)"
            R"("description":"All but what is between: less than 1, or at least 9."})");
}

TEST(OpenApiValidation, ZeroPassesWhereItIsIgnored) {
  const std::string ignore = "ignore: IGNORE_IF_ZERO_VALUE ";
  EXPECT_EQ(Rules("int32", ignore + "int32: {gte: 10 lte: 20}"),
            R"({"type":"integer","format":"int32","description":"Zero, or at least 10.",)"
            R"("maximum":20})");
  EXPECT_EQ(Rules("int32", ignore + "int32: {in: [1, 2]}"),
            R"({"type":"integer","format":"int32","enum":[1,2,0]})");
  EXPECT_EQ(Rules("string", ignore + "string: {min_len: 3 pattern: '^a'}"),
            R"({"type":"string","description":"Empty, or of a length of at least 3.",)"
            R"("pattern":"^$|^a"})");
  EXPECT_EQ(Rules("string", ignore + "string: {email: true}"),
            R"({"type":"string","description":"Empty, or of the format `email`."})");
  EXPECT_EQ(Rules("string", ignore + "string: {not_in: ['']}"), R"({"type":"string"})");
  EXPECT_EQ(Json::parse(Rules("E", ignore + "enum: {in: [1]}")).at("enum"),
            Json({"E_ZERO", "E_ONE"}));
}

TEST(OpenApiValidation, StringsHaveLengthsFormatsAndPatterns) {
  EXPECT_EQ(Rules("string", "string: {len: 3}"),
            R"({"type":"string","minLength":3,"maxLength":3})");
  EXPECT_EQ(Rules("string", "string: {ipv6: true}"), R"({"type":"string","format":"ipv6"})");
  EXPECT_EQ(Rules("string", "string: {ip: true}"),
            R"({"type":"string","description":"An IP address."})");
  EXPECT_EQ(Rules("string", "string: {prefix: 'a.' suffix: 'z'}"),
            R"({"type":"string","description":"Ends with `z`.","pattern":"^a\\."})");
  EXPECT_EQ(Rules("string", "string: {pattern: '(?i)a'}"),
            R"({"type":"string","description":"Matches `(?i)a` (RE2)."})");
}

TEST(OpenApiValidation, EnumsAreTheNamesThatAreLeft) {
  EXPECT_EQ(Rules("E", "enum: {not_in: [0, 4]}"),
            R"({"$ref":"#/components/schemas/t.v1.E","enum":["E_ONE","E_TWO"]})");
  EXPECT_EQ(Rules("E", "enum: {defined_only: true}"), R"({"$ref":"#/components/schemas/t.v1.E"})");
}

TEST(OpenApiValidation, ItemsKeysAndValuesHaveTheirOwn) {
  const Json list = Json::parse(
      Rules("repeated string", "repeated: {unique: true items: {string: {max_len: 2}}}"));
  EXPECT_EQ(list.at("uniqueItems"), true);
  EXPECT_EQ(list.at("items").at("maxLength"), 2);
  const Json map = Json::parse(
      Rules("map<string, int64>",
            "map: {min_pairs: 1 keys: {string: {in: ['a']}} values: {int64: {gte: 3}}}"));
  EXPECT_EQ(map.at("minProperties"), 1);
  EXPECT_EQ(map.at("propertyNames").at("enum"), Json({"a"}));
  EXPECT_EQ(map.at("description"), "Each value: At least 3.");
  EXPECT_EQ(
      Json::parse(Rules("map<int32, bool>", "map: {keys: {int32: {gt: 3}}}")).at("description"),
      "Each key: More than 3.");
}

TEST(OpenApiValidation, RequiredIsRequired) {
  EXPECT_EQ(
      Message("string a = 1 [(buf.validate.field).required = true]; string b = 2;").at("required"),
      Json({"a"}));
  EXPECT_FALSE(
      Message("string a = 1 [(buf.validate.field) = {required: true ignore: IGNORE_ALWAYS}];")
          .contains("required"));
}

TEST(OpenApiValidation, ExpressionsAreDescribed) {
  EXPECT_EQ(Rules("string", "cel: {id: 'x' message: 'must shout' expression: 'true'}"),
            R"({"type":"string","description":"must shout."})");
  EXPECT_EQ(Rules("string", "cel: {id: 'x' expression: 'this == 1'}"),
            R"({"type":"string","description":"`this == 1`"})");
  EXPECT_EQ(
      Rules("google.protobuf.Duration", "duration: {lte: {seconds: 5}}").find("At most 5s.") ==
          std::string::npos,
      false);
  EXPECT_EQ(Message("option (buf.validate.message).cel = {id: 'x' message: 'a before b'};")
                .at("description"),
            "a before b.");
}

TEST(OpenApiValidation, ExamplesKeepTheRules) {
  const Json document = DocumentOfFiles({{"test.proto", R"(
      syntax = "proto3"; package t.v1;
      import "google/api/annotations.proto";
      import "buf/validate/validate.proto";
      service S { rpc Do(M) returns (M) {
        option (google.api.http) = {post: "/v1/do" body: "*"}; } }
      message M {
        string not_this = 1 [(buf.validate.field).string.not_in = "string"];
        map<string, string> odd_keys = 2 [(buf.validate.field).map.keys.string.pattern = "^_"];
        map<int32, string> numbers = 3;
        string short = 4 [(buf.validate.field).string.max_len = 3];
      })"}});
  EXPECT_EQ(document.at("paths")
                .at("/v1/do")
                .at("post")
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("example"),
            Json::parse(R"({"oddKeys":{},"numbers":{"1":"string"},"short":"str"})"));
}

TEST(OpenApiValidation, AnOptionOfTheDocumentGoesBeforeARule) {
  const Json field = Message(
                         "string f = 1 [(buf.validate.field).string = {min_len: 1 email: true},"
                         "(protorest.openapi.field) = {format: 'idn-email'}];")
                         .at("properties")
                         .at("f");
  EXPECT_EQ(field.at("format"), "idn-email");
  EXPECT_EQ(field.at("minLength"), 1);
}

TEST(EcmaPattern, KnowsWhatBothReadAlike) {
  for (const char* pattern : {"", "^[a-z]+$", "a{2,3}?b", "(?:a|b)*", "\\d+\\.\\w", "[\\w.-]",
                              "[^/]+", "\\bword\\b", "[a\\-z\\]]"}) {
    EXPECT_TRUE(openapi::IsEcmaPattern(pattern)) << pattern;
  }
  for (const char* pattern :
       {"(?i)a", "(?P<n>a)", "\\Aa\\z", "\\pL", "\\x{41}", "[[:alpha:]]", "[]a]", "a**", "^*",
        "a{,3}", "}", "]", "\\@", "[\\d-z]", "[a", "a\\"}) {
    EXPECT_FALSE(openapi::IsEcmaPattern(pattern)) << pattern;
  }
  EXPECT_EQ(openapi::QuotePattern("a.b/[c]"), "a\\.b/\\[c\\]");
}

}  // namespace
}  // namespace protorest::plugin
