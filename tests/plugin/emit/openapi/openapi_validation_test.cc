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
                        "import 'google/protobuf/any.proto';\n"
                        "import 'google/protobuf/duration.proto';\n"
                        "import 'google/protobuf/field_mask.proto';\n"
                        "import 'google/protobuf/timestamp.proto';\n"
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
            R"("description":"Less than 1, or at least 9."})");
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

TEST(OpenApiValidation, WhatIsRequiredAndKnowsNoPresenceIsNotZero) {
  const auto required = [](const std::string& type, const std::string& rules = "") {
    return Json::parse(Rules(type, "required: true " + rules));
  };
  EXPECT_EQ(required("string").at("minLength"), 1);
  EXPECT_EQ(required("string", "string: {min_len: 3}").at("minLength"), 3);
  EXPECT_EQ(required("repeated string").at("minItems"), 1);
  EXPECT_EQ(required("map<string, string>").at("minProperties"), 1);
  EXPECT_EQ(required("bool").at("enum"), Json({true}));
  EXPECT_EQ(required("E").at("enum"), Json({"E_ONE", "E_TWO", "E_ZWEI"}));
  EXPECT_EQ(required("int32", "int32: {not_in: [5]}").at("not").at("enum"), Json({5, 0}));
  EXPECT_EQ(required("int64").at("not").at("enum"), Json({"0"}));
  EXPECT_FALSE(required("optional string").contains("minLength"));
  EXPECT_FALSE(required("string", "ignore: IGNORE_IF_ZERO_VALUE").contains("minLength"));
}

// What the description of a field with rules says, without what it says of all fields of the type.
std::string Told(const std::string& type, const std::string& rules) {
  const std::string text = Json::parse(Rules(type, rules)).value("description", "");
  const std::size_t last = text.rfind("\n\n");
  return last == std::string::npos ? text : text.substr(last + 2);
}

TEST(OpenApiValidation, TimesHaveListsAndSentences) {
  const std::string duration = "google.protobuf.Duration";
  EXPECT_EQ(
      Json::parse(Rules(duration, "duration: {const: {seconds: 3 nanos: 1000000}}")).at("enum"),
      Json({"3.001s"}));
  EXPECT_EQ(Json::parse(Rules(duration, "duration: {not_in: {seconds: -1}}")).at("not"),
            Json::parse(R"({"enum":["-1s"]})"));
  EXPECT_EQ(Told(duration, "duration: {gt: {seconds: 1} lt: {seconds: 5}}"),
            "Less than 5s. More than 1s.");
  EXPECT_EQ(Told(duration, "duration: {lt: {seconds: 1} gt: {seconds: 5}}"),
            "Less than 1s, or more than 5s.");
  const std::string timestamp = "google.protobuf.Timestamp";
  EXPECT_EQ(Json::parse(Rules(timestamp, "timestamp: {const: {seconds: -1 nanos: 500000000}}"))
                .at("enum"),
            Json({"1969-12-31T23:59:59.500Z"}));
  EXPECT_EQ(Told(timestamp, "timestamp: {gte: {seconds: 0} lt: {seconds: 86400}}"),
            "Before 1970-01-02T00:00:00Z. Not before 1970-01-01T00:00:00Z.");
  EXPECT_EQ(Told(timestamp, "timestamp: {lt_now: true within: {seconds: 60}}"),
            "In the past. Within 60s of now.");
}

TEST(OpenApiValidation, BytesAreListedAsBase64) {
  const Json listed = Json::parse(Rules("bytes", "bytes: {in: ['\\xff', 'a'] not_in: ['b']}"));
  EXPECT_EQ(listed.at("enum"), Json({"/w==", "YQ=="}));
  EXPECT_EQ(listed.at("not").at("enum"), Json({"Yg=="}));
  EXPECT_EQ(Told("bytes", "bytes: {prefix: '\\x0a\\xff' pattern: '^a'}"),
            "Matches `^a`. Begins with the bytes `0AFF`.");
  const Json address = Json::parse(Rules("bytes", "bytes: {ipv4: true}"));
  EXPECT_EQ(address.at("minLength"), 6);
  EXPECT_EQ(address.at("maxLength"), 8);
}

TEST(OpenApiValidation, FieldMasksAndAnysHaveLists) {
  const std::string mask = "google.protobuf.FieldMask";
  EXPECT_EQ(Json::parse(Rules(mask, "field_mask: {const: {paths: ['a_b', 'c']}}")).at("enum"),
            Json({"aB,c"}));
  EXPECT_EQ(Json::parse(Rules(mask, "field_mask: {in: ['a_b.c']}")).at("pattern"),
            "^((aB\\.c)(\\.[^,]+)?(,(aB\\.c)(\\.[^,]+)?)*)?$");
  EXPECT_EQ(Told(mask, "field_mask: {not_in: ['a_b']}"),
            "Without the paths `a_b`, and without what is below them.");
  EXPECT_EQ(Json::parse(Rules("google.protobuf.Any", "any: {not_in: ['t/A']}"))
                .at("properties")
                .at("@type"),
            Json::parse(R"({"not":{"enum":["t/A"]}})"));
}

TEST(OpenApiValidation, RulesOfOneKindComeTogether) {
  EXPECT_EQ(Json::parse(Rules("E", "enum: {in: [0, 1, 2] not_in: [0]}")).at("enum"),
            Json({"E_ONE", "E_TWO"}));
  EXPECT_EQ(Rules("E", "enum: {in: [77]}"),
            R"({"$ref":"#/components/schemas/t.v1.E","description":"One of `77`."})");
  EXPECT_EQ(Rules("int32", "int32: {const: 1 in: [1, 2]}"),
            R"({"type":"integer","format":"int32","description":"One of `1`, `2`.","enum":[1]})");
  EXPECT_EQ(Rules("string", "string: {pattern: '^a' tuuid: true}"),
            R"({"type":"string","description":"A UUID without hyphens.","pattern":"^a"})");
}

TEST(OpenApiValidation, WrappersAndTimesPassWhereZeroIsIgnored) {
  const std::string ignore = "ignore: IGNORE_IF_ZERO_VALUE ";
  EXPECT_EQ(Json::parse(Rules("google.protobuf.Duration", ignore + "duration: {in: {seconds: 1}}"))
                .at("enum"),
            Json({"1s", "0s"}));
  EXPECT_EQ(
      Json::parse(Rules("google.protobuf.StringValue", ignore + "string: {in: ['a']}")).at("enum"),
      Json({"a", "", nullptr}));
}

TEST(OpenApiValidation, RequiredOneofsAskForOneMember) {
  const std::string oneof = "oneof which { option (buf.validate.oneof).required = true;";
  const Json two = Message(oneof + " string a = 1; string b = 2; }");
  EXPECT_EQ(two.at("anyOf"), Json::parse(R"([{"properties":{"a":{}},"required":["a"]},)"
                                         R"({"properties":{"b":{}},"required":["b"]}])"));
  EXPECT_EQ(two.at("description"), "Exactly one of `a`, `b` is set.");
  EXPECT_EQ(Message(oneof + " string a = 1; }").at("required"), Json({"a"}));
  // A request, or a response, has no such member.
  EXPECT_FALSE(Message(oneof + " string a = 1; string b = 2 [(protorest.openapi.field) = {"
                               "read_only: true}]; }")
                   .contains("anyOf"));
}

TEST(OpenApiValidation, RulesOfMessagesAreForFieldsThatAreNotZero) {
  const std::string rule = "option (buf.validate.message).oneof = {fields: 'a_b' fields: 'c' ";
  const Json at_most = Message(rule + "}; string a_b = 1; optional int32 c = 2;");
  EXPECT_EQ(at_most.at("not"), Json::parse(R"({"properties":{"aB":{"minLength":1},"c":{}},)"
                                           R"("required":["aB","c"]})"));
  EXPECT_FALSE(at_most.contains("anyOf"));
  EXPECT_EQ(at_most.at("description"), "At most one of `aB`, `c` is set.");
  const Json exactly = Message(rule + "required: true}; int64 a_b = 1; bool c = 2;");
  EXPECT_EQ(exactly.at("anyOf"),
            Json::parse(R"([{"properties":{"aB":{"not":{"enum":["0"]}}},"required":["aB"]},)"
                        R"({"properties":{"c":{"enum":[true]}},"required":["c"]}])"));
  // One way to say it, for required fields and for members.
  EXPECT_EQ(Message(rule + "}; E a_b = 1; string c = 2;").at("not").at("properties").at("aB"),
            Json::parse(R"({"enum":["E_ONE","E_TWO","E_ZWEI"]})"));
  // Other rules of theirs are for a field that is set.
  EXPECT_EQ(Message(rule + "}; string a_b = 1 [(buf.validate.field).string.min_len = 3];")
                .at("properties")
                .at("aB")
                .at("description"),
            "Empty, or of a length of at least 3.");
}

TEST(OpenApiValidation, RulesThatUsersDeclareAreTold) {
  const std::string rules = R"(
      syntax = "proto2"; package t.v1;
      import "buf/validate/validate.proto";
      extend buf.validate.Int32Rules {
        optional bool even = 1001 [(buf.validate.predefined).cel = {
          id: "even" message: "must be even" expression: "!rule || this % 2 == 0"}];
        optional bool odd = 1002;
      })";
  const std::string text = R"(
      syntax = "proto3"; package t.v1;
      import "rules.proto";
      import "buf/validate/validate.proto";
      message M {
        int32 a = 1 [(buf.validate.field).int32.(t.v1.even) = true];
        int32 b = 2 [(buf.validate.field).int32.(t.v1.odd) = true];
      }
      service S { rpc Do(M) returns (M); })";
  const Json document = DocumentOfFiles({{"rules.proto", rules}, {"test.proto", text}});
  const Json& properties = document.at("components").at("schemas").at("t.v1.M").at("properties");
  EXPECT_EQ(properties.at("a").at("description"), "must be even.");
  EXPECT_EQ(properties.at("b").at("description"), "`t.v1.odd`");
}

TEST(OpenApiValidation, RulesThatNobodyKnowsAreTold) {
  const std::string validate = R"(
      syntax = "proto2"; package buf.validate;
      import "google/protobuf/descriptor.proto";
      extend google.protobuf.FieldOptions { optional FieldRules field = 1159; }
      message FieldRules {
        optional Int32Rules int32 = 3;
        optional string of_next_year = 99;
      }
      message Int32Rules { optional bool prime = 12; })";
  const std::string text = R"(
      syntax = "proto3"; package t.v1;
      import "buf/validate/validate.proto";
      message M {
        int32 a = 1 [(buf.validate.field).int32.prime = true];
        int32 b = 2 [(buf.validate.field).of_next_year = "x"];
      }
      service S { rpc Do(M) returns (M); })";
  const Json document =
      DocumentOfFiles({{"buf/validate/validate.proto", validate}, {"test.proto", text}});
  const Json& properties = document.at("components").at("schemas").at("t.v1.M").at("properties");
  EXPECT_EQ(properties.at("a").at("description"), "`buf.validate.Int32Rules.prime`");
  EXPECT_EQ(properties.at("b").at("description"),
            "Rule 99 of buf.validate, which is not known here.");
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
