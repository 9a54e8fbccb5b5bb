// What reading says about a text that it refuses: where, what was expected, what came.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/utf8.h"
#include "json_rules.h"
#include "tests/support/dynamic_types.h"

namespace protorest::json {
namespace {

using Lines = std::vector<std::string>;

constexpr char kInt32[] = "expected an integer from -2147483648 to 2147483647, got ";
constexpr char kColors[] = "expected one of COLOR_BLUE, COLOR_RED, COLOR_UNSPECIFIED, got ";

class Violations : public JsonRules {
 protected:
  // "field: description" of each violation.
  template <class T = Kinds>
  Lines Of(std::string_view text, const Options& options = {}) {
    T message;
    return OfReading(text, codec<T>(), options, message);
  }

  static Lines OfReading(std::string_view text, const Codec& codec, const Options& options,
                         google::protobuf::Message& message) {
    Lines lines;
    const Result result = Read(text, codec, options, message);
    for (const Violation& violation : result.violations()) {
      lines.push_back(violation.field + ": " + violation.description);
    }
    return lines;
  }
};

INSTANTIATE_TEST_SUITE_P(Codec, Violations,
                         testing::Values(Through::kGenerated, Through::kReflection),
                         [](const auto& info) {
                           return info.param == Through::kGenerated ? "Generated" : "Reflection";
                         });

TEST_P(Violations, SeveralAreReportedTogether) {
  EXPECT_EQ(
      Of(R"({"anInt32":"abc","aBool":7,"aString":"fine","children":[{"aString":1},{"nope":1}]})"),
      Lines({"anInt32: " + std::string(kInt32) + "\"abc\"", "aBool: expected true or false, got 7",
             "children[0].aString: expected a string, got 1", "children[1].nope: unknown field"}));
}

TEST_P(Violations, WhatFollowsAValueOfTheWrongTypeIsNotReadAsItsMember) {
  EXPECT_EQ(
      Of(R"({"child":5 "anInt32":1,"aBool":true})"),
      Lines({"child: expected an object, got 5",
             "child: expected ',' or '}' after a member, got \"anInt32\" (line 1, column 12)"}));
}

TEST_P(Violations, J1_AMessageThatComesTwiceIsReadAnew) {
  const Lines twice = {"child: the field comes twice"};
  EXPECT_EQ(Of(R"({"child":{"choiceInt":1},"child":{"choiceInt":2}})"), twice);
  EXPECT_EQ(Of(R"({"child":{"counts":{"a":1}},"child":{"counts":{"a":1}}})"), twice);
  EXPECT_EQ(Of(R"({"struct":{"a":1},"struct":{"a":1}})"), Lines({"struct: the field comes twice"}));
  EXPECT_EQ(Of(R"({"child":{},"child":{},"child":{}})"), twice);
  const std::string pair = R"("anInt32":1,"aBool":true,)";
  std::string pairs = "{";
  for (int i = 0; i < 100; ++i) pairs += pair;
  pairs.back() = '}';
  EXPECT_EQ(Of(pairs), Lines({"anInt32: the field comes twice", "aBool: the field comes twice"}));
}

TEST_P(Violations, J3_AMemberOfAOneofIsNoRivalOfItself) {
  EXPECT_EQ(Of(R"({"choiceInt":1,"choiceInt":2})"), Lines({"choiceInt: the field comes twice"}));
  EXPECT_EQ(Of(R"({"choiceText":"a","aBool":true,"choice_text":"b"})"),
            Lines({"choiceText: the field comes twice"}));
}

TEST_P(Violations, SixteenAtMost) {
  std::string text = "{";
  for (int i = 0; i < 50; ++i) text += "\"n" + std::to_string(i) + "\":1,";
  text.back() = '}';
  EXPECT_EQ(Of(text).size(), 16u);
}

TEST_P(Violations, OfScalars) {
  EXPECT_EQ(Of(R"({"aUint32":-1})"),
            Lines({"aUint32: expected an integer from 0 to 4294967295, got -1"}));
  EXPECT_EQ(Of(R"({"anInt32":{"a":[1]}})"),
            Lines({"anInt32: " + std::string(kInt32) + R"({"a":[1]})"}));
  EXPECT_EQ(Of(R"({"aFloat":1e39})"),
            Lines({R"(aFloat: expected a number within the range of float, "NaN", "Infinity" or )"
                   R"("-Infinity", got 1e39)"}));
  EXPECT_EQ(Of(R"({"aBool":"true"})"), Lines({R"(aBool: expected true or false, got "true")"}));
  EXPECT_EQ(Of(R"({"someBytes":"*"})"),
            Lines({R"(someBytes: expected base64 in a string, got "*")"}));
}

TEST_P(Violations, OfEnums) {
  EXPECT_EQ(Of(R"({"color":"PINK"})"), Lines({"color: " + std::string(kColors) + "\"PINK\""}));
  EXPECT_EQ(Of(R"({"color":"color_red"})"), Lines({"color: " + std::string(kColors) +
                                                   R"("color_red"; did you mean "COLOR_RED"?)"}));
  EXPECT_EQ(Of(R"({"color":1.5})"),
            Lines({"color: expected the name of an enum value or its number, got 1.5"}));
  EXPECT_EQ(Of<Kinds2>(R"({"id":1,"sizes":["SIZE_SMALL",9]})"),
            Lines({"sizes[1]: expected one of SIZE_LARGE, SIZE_SMALL, got 9"}));
  EXPECT_EQ(Of(R"({"null":5})"), Lines({"null: expected NULL_VALUE, got 5"}));
}

TEST_P(Violations, OfListsAndMessages) {
  EXPECT_EQ(Of(R"({"numbers":{}})"), Lines({"numbers: expected an array, got {}"}));
  EXPECT_EQ(Of(R"({"numbers":[1,[2],null]})"), Lines({"numbers[1]: " + std::string(kInt32) + "[2]",
                                                      "numbers[2]: expected a value, got null"}));
  EXPECT_EQ(Of(R"({"child":7})"), Lines({"child: expected an object, got 7"}));
  EXPECT_EQ(Of(R"({"choiceInt":1,"choiceText":"a"})"),
            Lines({R"(choiceText: "choiceInt" of the same oneof is set already)"}));
  EXPECT_EQ(Of(R"({"child":{},"child":{}})"), Lines({"child: the field comes twice"}));
  EXPECT_EQ(Of<Kinds2>("{}"), Lines({"id: required, but not there"}));
}

TEST_P(Violations, OfMaps) {
  EXPECT_EQ(Of(R"({"counts":{"a":1,"a":2}})"), Lines({"counts.a: this key is in the map already"}));
  EXPECT_EQ(Of(R"({"counts":{"a":null,"b c":"x","d\"e":"x","":"x","[f]":1,"\u00fc":true}})"),
            Lines({"counts.a: expected a value, got null",
                   R"(counts["b c"]: )" + std::string(kInt32) + R"("x")",
                   R"(counts["d\"e"]: )" + std::string(kInt32) + R"("x")",
                   R"(counts[""]: )" + std::string(kInt32) + R"("x")",
                   R"(counts["\u00fc"]: )" + std::string(kInt32) + "true"}));
}

TEST_P(Violations, OfMapKeys) {
  EXPECT_EQ(Of(R"({"names":{"x":"a","y":"b","3":5}})"),
            Lines({"names.x: expected an integer from -9223372036854775808 to 9223372036854775807 "
                   R"(as a map key, got "x")",
                   "names.y: expected an integer from -9223372036854775808 to 9223372036854775807 "
                   R"(as a map key, got "y")",
                   "names.3: expected a string, got 5"}));
  // It takes no good key's place, not even that of the type's default; its value is passed.
  EXPECT_EQ(Of(R"({"names":{"":5,"0":"a","0":"b"}})"),
            Lines({"names[\"\"]: expected an integer from -9223372036854775808 to "
                   R"(9223372036854775807 as a map key, got "")",
                   "names.0: this key is in the map already"}));
  EXPECT_EQ(Of(R"({"byFlag":{"a b":{}}})"),
            Lines({R"(byFlag["a b"]: expected "true" or "false" as a map key, got "a b")"}));
}

TEST_P(Violations, OfWellKnownTypes) {
  EXPECT_EQ(
      Of(R"({"time":"2023-02-29T00:00:00Z"})"),
      Lines(
          {R"(time: expected a timestamp like "2024-02-29T12:30:00.5Z", got "2023-02-29T00:00:00Z")"}));
  EXPECT_EQ(Of(R"({"duration":5})"),
            Lines({R"(duration: expected a duration in seconds like "1.5s", got 5)"}));
  EXPECT_EQ(
      Of(R"({"mask":"a_b"})"),
      Lines({R"(mask: expected paths in lowerCamelCase with commas between them, got "a_b")"}));
  EXPECT_EQ(Of(R"({"struct":[]})"), Lines({"struct: expected an object, got []"}));
  EXPECT_EQ(Of(R"({"list":7})"), Lines({"list: expected an array, got 7"}));
  EXPECT_EQ(Of(R"({"wrappedInt":{"value":1}})"),
            Lines({"wrappedInt: " + std::string(kInt32) + R"({"value":1})"}));
}

TEST_P(Violations, OfAny) {
  const std::string type = "any.@type: expected the URL of a message type that is known here, got ";
  EXPECT_EQ(Of(R"({"any":{"@type":5}})"), Lines({type + "5"}));
  EXPECT_EQ(Of(R"({"any":{"a":1,"@type":"example.com/no.Such","b":2}})"),
            Lines({type + "\"example.com/no.Such\""}));
  EXPECT_EQ(Of(R"({"any":{"a":1}})"),
            Lines({R"(any: expected an object with "@type", got {"a":1})"}));
  EXPECT_EQ(
      Of(R"({"any":{"@type":"type.googleapis.com/protorest.test.Kinds","aBool":1,"aBoo":1}})"),
      Lines({"any.aBool: expected true or false, got 1",
             R"(any.aBoo: unknown field; did you mean "aBool"?)"}));
  EXPECT_EQ(Of(R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","x":1}})"),
            Lines({"any.value: required, but not there", "any.x: unknown field"}));
}

TEST_P(Violations, J23_OfUnknownFields) {
  EXPECT_EQ(
      Of(R"({"an-int32":1,"child":{"AString":1},"chlid":1,"somethingElse":1})"),
      Lines({R"(an-int32: unknown field; did you mean "anInt32"?)",
             R"(child.AString: unknown field; did you mean "aString"?)",
             R"(chlid: unknown field; did you mean "child"?)", "somethingElse: unknown field"}));
  EXPECT_EQ(Of(R"({"a\nb\"":1,"":2,"\u0001":3})"),
            Lines({R"(["a\nb\""]: unknown field)", R"([""]: unknown field)",
                   R"(["\u0001"]: unknown field)"}));
  EXPECT_EQ(Of<Kinds2>(R"({"id":1,"[protorest.test.nope]":5,"[x":6,"[protorest.test.note]":7})"),
            Lines({"[protorest.test.nope]: unknown field; did you mean \"[protorest.test.note]\"?",
                   R"(["[x"]: unknown field)", "[protorest.test.note]: expected a string, got 7"}));
}

// Of a dynamic type, as of a generated one.
TEST_P(Violations, J23_OfExtensionsOfADynamicType) {
  test::DynamicTypes types;
  const std::unique_ptr<google::protobuf::Message> message(types.Of<Kinds2>().New());
  const std::string text = R"({"id":1,"[protorest.test.nope]":5,"[protorest.test.note]":7})";
  EXPECT_EQ(OfReading(text, ReflectionCodec(), {}, *message), Of<Kinds2>(text));
}

TEST_P(Violations, OfSyntaxTellLineAndColumn) {
  const struct {
    const char* text;
    const char* line;
  } kCases[] = {
      {"", ": expected a JSON value, got the end of the text (line 1, column 1)"},
      {"{\n  \"aBool\": True\n}", "aBool: expected a JSON value, got True (line 2, column 12)"},
      {R"({"anInt32":1,})", ": expected a member's name in quotes, got } (line 1, column 14)"},
      {R"({anInt32:1})", ": expected a member's name in quotes, got anInt32 (line 1, column 2)"},
      {R"({"anInt32":01})",
       "anInt32: expected ',' or '}' after a member, got 1 (line 1, column 13)"},
      {R"({"aString":"ü" "aBool":1})",
       R"(aString: expected ',' or '}' after a member, got "aBool" (line 1, column 16))"},
      {R"({"numbers":[1,2)",
       "numbers[1]: expected ',' or ']' after an element, got the end of the text (line 1, column "
       "16)"},
      {R"({"anInt32" 1})",
       "anInt32: expected ':' after a member's name, got 1 (line 1, column 12)"},
      {R"({"anInt32":1}})", ": expected nothing more after the value, got } (line 1, column 14)"},
      {R"({"aString":"a\qb"})",
       "aString: a backslash that begins no escape of JSON (line 1, column 14)"},
      {R"({"aString":"\ud800"})",
       "aString: an escaped surrogate without its other half (line 1, column 13)"},
      {"{\"aString\":\"a\nb\"}",
       "aString: a control character in a string must be escaped (line 1, column 14)"},
      {R"({"aString":"abc)", "aString: the string does not end (line 1, column 12)"},
      {"{\"aString\":\"\xff\"}", "aString: the string is not valid UTF-8 (line 1, column 12)"},
  };
  for (const auto& [text, line] : kCases) EXPECT_EQ(Of(text), Lines({line}));
}

TEST_P(Violations, OfSyntaxComeAfterThoseOfFields) {
  EXPECT_EQ(
      Of(R"({"aBool":1,"nope":2,)"),
      Lines({"aBool: expected true or false, got 1", "nope: unknown field",
             ": expected a member's name in quotes, got the end of the text (line 1, column 21)"}));
}

TEST_P(Violations, WhatCameIsCutAt64BytesButNotInACharacter) {
  // A quote and 62 letters; the next character has two bytes, of which one would fit.
  const std::string letters(62, 'a');
  EXPECT_EQ(Of(R"({"anInt32":")" + letters + "ü and more\"}"),
            Lines({"anInt32: " + std::string(kInt32) + '"' + letters + "…"}));
  const std::string name(63, 'a');
  EXPECT_EQ(Of("{\"" + name + "ü\":1}"), Lines({name + "…: unknown field"}));
}

// Whatever the bytes, errors are UTF-8 on one line: a log may print them, and an error body hold
// them.
TEST_P(Violations, HavePathsOfAnyDepth) {
  const auto nested = [](int levels) {
    std::string text, path;
    for (int i = 0; i < levels; ++i) {
      text += R"({"child":)";
      path += "child.";
    }
    return std::pair(text + R"({"nope":1})" + std::string(static_cast<std::size_t>(levels), '}'),
                     path);
  };
  const auto [text, path] = nested(90);
  EXPECT_EQ(Of(text), Lines({path + "nope: unknown field"}));
  // Deeper than the default allows: the path says that it is cut.
  const auto [deep, deep_path] = nested(150);
  EXPECT_EQ(Of(deep, {.max_depth = 200}),
            Lines({deep_path.substr(0, 6 * 100 - 1) + "….nope: unknown field"}));
}

TEST_P(Violations, AreUtf8OnOneLine) {
  const std::string text =
      R"({"anInt32":"\u00fc","counts":{"ü":"x","a\tb":true},"any":{"@type":"x/y"},"nope":[1,"漢字"]})";
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string broken = text;
    for (int i = 0; i < 3; ++i) broken[random() % broken.size()] = static_cast<char>(random());
    for (const std::string& line : Of(broken)) {
      ASSERT_TRUE(detail::IsUtf8(line)) << line;
      ASSERT_TRUE(std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; }))
          << line;
    }
  }
}

}  // namespace
}  // namespace protorest::json
