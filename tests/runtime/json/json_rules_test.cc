// The J rules of the JSON mapping, each through generated code and through reflection.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"
#include "protorest/json.h"

namespace protorest::json {
namespace {

using test::Kinds;
using test::Kinds2;

enum class Through { kGenerated, kReflection };

class JsonRules : public testing::TestWithParam<Through> {
 protected:
  template <class T>
  const Codec& codec() const {
    return GetParam() == Through::kGenerated ? CodecOf<T>() : ReflectionCodec();
  }

  // What `text` reads as; a failure of the test if it is refused.
  template <class T = Kinds>
  T Accepted(std::string_view text, const ReadOptions& options = {}) {
    T message;
    const Result result = Read(text, codec<T>(), options, message);
    EXPECT_TRUE(result) << text << ": "
                        << (result ? ""
                                   : result.violations()[0].field + ": " +
                                         result.violations()[0].description);
    return message;
  }

  // The JSON path of the first violation of `text`; "accepted" if there is none.
  template <class T = Kinds>
  std::string Refused(std::string_view text, const ReadOptions& options = {}) {
    T message;
    const Result result = Read(text, codec<T>(), options, message);
    if (result) return "accepted";
    EXPECT_FALSE(result.violations()[0].description.empty()) << text;
    return result.violations()[0].field;
  }

  template <class T>
  std::string Written(const T& message, const WriteOptions& options = {}) {
    std::string out = "before ";
    const Result result = Write(message, codec<T>(), options, out);
    EXPECT_TRUE(result);
    return out.substr(7);
  }

  // Writing is refused, and leaves the output as it was (rules J47 to J50).
  template <class T>
  bool WriteRefused(const T& message) {
    std::string out = "before";
    const Result result = Write(message, codec<T>(), {}, out);
    EXPECT_EQ(out, "before");
    return !result;
  }

  // Read and written again.
  std::string Through2(std::string_view text) { return Written(Accepted(text)); }
};

INSTANTIATE_TEST_SUITE_P(Codec, JsonRules,
                         testing::Values(Through::kGenerated, Through::kReflection),
                         [](const auto& info) {
                           return info.param == Through::kGenerated ? "Generated" : "Reflection";
                         });

TEST_P(JsonRules, J1_SameFieldTwice) {
  EXPECT_EQ(Refused(R"({"anInt32":1,"anInt32":2})"), "anInt32");
  EXPECT_EQ(Refused(R"({"anInt32":1,"an_int32":1})"), "anInt32");
  EXPECT_EQ(Refused(R"({"anInt32":1,"aBool":true,"anInt32":2})"), "anInt32");
  EXPECT_EQ(Refused(R"({"numbers":[1],"numbers":[2]})"), "numbers");
  EXPECT_EQ(Refused(R"({"child":{},"child":{}})"), "child");
}

TEST_P(JsonRules, J2_SameMapKeyTwice) {
  EXPECT_NE(Refused(R"({"counts":{"a":1,"a":2}})"), "accepted");
  EXPECT_NE(Refused(R"({"names":{"1":"a","1":"b"}})"), "accepted");
}

TEST_P(JsonRules, J3_TwoMembersOfAOneof) {
  EXPECT_EQ(Refused(R"({"choiceInt":1,"choiceText":"a"})"), "choiceText");
  EXPECT_EQ(Refused(R"({"choiceInt":0,"choiceNull":null})"), "choiceNull");
}

TEST_P(JsonRules, J4_OneMemberAndNullForAnother) {
  EXPECT_EQ(Accepted(R"({"choiceInt":1,"choiceText":null})").choice_int(), 1);
  EXPECT_EQ(Accepted(R"({"choiceText":null,"choiceInt":1})").choice_int(), 1);
}

TEST_P(JsonRules, J5_NullLeavesAFieldUnset) {
  EXPECT_EQ(Through2(R"({"anInt32":null,"aString":null,"child":null,"numbers":null,"counts":null,
                        "time":null,"wrappedInt":null,"maybe":null,"any":null,"color":null})"),
            "{}");
}

TEST_P(JsonRules, J6J7_NullInListsAndMaps) {
  EXPECT_EQ(Refused(R"({"numbers":[1,null]})"), "numbers[1]");
  EXPECT_NE(Refused(R"({"counts":{"a":null}})"), "accepted");
  EXPECT_NE(Refused(R"({"children":[null]})"), "accepted");
  EXPECT_EQ(Through2(R"({"values":[null,1]})"), R"({"values":[null,1]})");
}

TEST_P(JsonRules, J8_NullValueField) {
  const Kinds message = Accepted(R"({"choiceNull":null})");
  EXPECT_EQ(message.choice_case(), Kinds::kChoiceNull);
  EXPECT_EQ(Written(message), R"({"choiceNull":null})");
  EXPECT_EQ(Accepted(R"({"choiceNull":"NULL_VALUE"})").choice_case(), Kinds::kChoiceNull);
}

TEST_P(JsonRules, J9_NullOfValue) {
  const Kinds message = Accepted(R"({"value":null})");
  EXPECT_TRUE(message.has_value());
  EXPECT_EQ(message.value().kind_case(), google::protobuf::Value::kNullValue);
  EXPECT_EQ(Written(message), R"({"value":null})");
}

TEST_P(JsonRules, J11_IntegersInOtherForms) {
  EXPECT_EQ(Accepted(R"({"anInt32":"1"})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"anInt32":1.0})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"anInt32":1e2})").an_int32(), 100);
  EXPECT_EQ(Accepted(R"({"anInt32":-2147483648})").an_int32(), std::numeric_limits<int>::min());
  EXPECT_EQ(Accepted(R"({"anInt64":9223372036854775807})").an_int64(),
            std::numeric_limits<int64_t>::max());
  EXPECT_EQ(Accepted(R"({"anInt64":"-9223372036854775808"})").an_int64(),
            std::numeric_limits<int64_t>::min());
  EXPECT_EQ(Accepted(R"({"aUint64":"18446744073709551615"})").a_uint64(),
            std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(Accepted(R"({"anInt64":1.2345e4})").an_int64(), 12345);
  EXPECT_EQ(Accepted(R"({"anInt32":-0})").an_int32(), 0);
}

TEST_P(JsonRules, J12_IntegersInQuotedOtherForms) {
  EXPECT_EQ(Accepted(R"({"anInt32":"1e2"})").an_int32(), 100);
  EXPECT_EQ(Accepted(R"({"anInt32":"1.0"})").an_int32(), 1);
}

TEST_P(JsonRules, J13_NotAnInteger) {
  for (const char* value :
       {R"("")", R"(" 1")", R"("1 ")", "1.5", "2147483648", "-2147483649", R"("1x")", "true", "{}",
        "[]", "1e400", "1e-1", R"("0x1")", "1.00000000000000001"}) {
    EXPECT_EQ(Refused(std::string(R"({"anInt32":)") + value + "}"), "anInt32") << value;
  }
  EXPECT_EQ(Refused(R"({"aUint32":-1})"), "aUint32");
  EXPECT_EQ(Refused(R"({"aUint64":18446744073709551616})"), "aUint64");
  EXPECT_EQ(Refused(R"({"anInt64":9223372036854775808})"), "anInt64");
}

TEST_P(JsonRules, J15_SpecialFloats) {
  EXPECT_TRUE(std::isnan(Accepted(R"({"aDouble":"NaN"})").a_double()));
  EXPECT_EQ(Accepted(R"({"aDouble":"Infinity"})").a_double(),
            std::numeric_limits<double>::infinity());
  EXPECT_EQ(Accepted(R"({"aFloat":"-Infinity"})").a_float(),
            -std::numeric_limits<float>::infinity());
  EXPECT_EQ(Accepted(R"({"aDouble":"1.5e3"})").a_double(), 1500);
  for (const char* value :
       {"NaN", "Infinity", "-Infinity", R"("inf")", R"("nan")", R"("+1")", R"(" 1")", R"("")"}) {
    EXPECT_NE(Refused(std::string(R"({"aDouble":)") + value + "}"), "accepted") << value;
  }
}

TEST_P(JsonRules, J16_FloatsOutOfRange) {
  EXPECT_EQ(Refused(R"({"aFloat":3.5e38})"), "aFloat");
  EXPECT_EQ(Refused(R"({"aFloat":-3.5e38})"), "aFloat");
  EXPECT_EQ(Refused(R"({"aDouble":1e400})"), "aDouble");
  EXPECT_EQ(Accepted(R"({"aDouble":1e-400})").a_double(), 0);
  EXPECT_EQ(Accepted(R"({"aFloat":3.4028234e38})").a_float(), 3.4028234e38f);
}

TEST_P(JsonRules, J17_BoolIsNoString) {
  EXPECT_EQ(Refused(R"({"aBool":"true"})"), "aBool");
  EXPECT_EQ(Refused(R"({"aBool":1})"), "aBool");
  EXPECT_NE(Refused(R"({"aBool":tru})"), "accepted");
  EXPECT_EQ(Through2(R"({"byFlag":{"true":{"anInt32":1}}})"),
            R"({"byFlag":{"true":{"anInt32":1}}})");
  EXPECT_NE(Refused(R"({"byFlag":{"1":{}}})"), "accepted");
}

TEST_P(JsonRules, J18_StringIsAString) {
  EXPECT_EQ(Refused(R"({"aString":1})"), "aString");
  EXPECT_EQ(Refused(R"({"aString":true})"), "aString");
  EXPECT_EQ(Refused(R"({"aString":{}})"), "aString");
}

TEST_P(JsonRules, J19_Base64OfEitherAlphabet) {
  EXPECT_EQ(Accepted(R"({"someBytes":"-_8="})").some_bytes(), "\xfb\xff");
  EXPECT_EQ(Accepted(R"({"someBytes":"+/8"})").some_bytes(), "\xfb\xff");
  EXPECT_EQ(Accepted(R"({"someBytes":""})").some_bytes(), "");
  EXPECT_EQ(Refused(R"({"someBytes":"A"})"), "someBytes");
  EXPECT_EQ(Refused(R"({"someBytes":"AAAAA"})"), "someBytes");
  EXPECT_EQ(Refused(R"({"someBytes":"A!=="})"), "someBytes");
  EXPECT_EQ(Refused(R"({"someBytes":"AA=A"})"), "someBytes");
  EXPECT_EQ(Refused(R"({"someBytes":7})"), "someBytes");
}

TEST_P(JsonRules, J20_Enums) {
  EXPECT_EQ(Accepted(R"({"color":"COLOR_RED"})").color(), test::COLOR_RED);
  EXPECT_EQ(Accepted(R"({"color":2})").color(), test::COLOR_BLUE);
  EXPECT_EQ(static_cast<int>(Accepted(R"({"color":77})").color()), 77);
  EXPECT_EQ(Written(Accepted(R"({"color":77})")), R"({"color":77})");
}

TEST_P(JsonRules, J21_EnumNumberAsString) { EXPECT_EQ(Refused(R"({"color":"1"})"), "color"); }

TEST_P(JsonRules, J22_UnknownEnumName) {
  EXPECT_EQ(Refused(R"({"color":"COLOR_PINK"})"), "color");
  EXPECT_EQ(Refused(R"({"color":"color_red"})"), "color");
  const ReadOptions lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(Written(Accepted(R"({"color":"COLOR_PINK"})", lenient)), "{}");
  EXPECT_EQ(Written(Accepted(R"({"colors":["COLOR_RED","COLOR_PINK","COLOR_BLUE"]})", lenient)),
            R"({"colors":["COLOR_RED","COLOR_BLUE"]})");
  EXPECT_EQ(Written(Accepted(R"({"palette":{"a":"COLOR_PINK","b":"COLOR_RED"}})", lenient)),
            R"({"palette":{"b":"COLOR_RED"}})");
}

TEST_P(JsonRules, J23_UnknownField) {
  EXPECT_EQ(Refused(R"({"anInt33":1})"), "anInt33");
  EXPECT_EQ(Refused(R"({"child":{"child":{"nope":1}}})"), "child.child.nope");
  Kinds message;
  const Result result = Read(R"({"aStrin":"x"})", codec<Kinds>(), {}, message);
  ASSERT_FALSE(result);
  EXPECT_NE(result.violations()[0].description.find("aString"), std::string::npos)
      << result.violations()[0].description;
  const ReadOptions lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(Accepted(R"({"nope":{"a":[1,"x",{"y":null}]},"anInt32":3})", lenient).an_int32(), 3);
  EXPECT_NE(Refused(R"({"nope":{"a":[1,]},"anInt32":3})", lenient), "accepted");
}

TEST_P(JsonRules, J24_EveryNameOfAField) {
  EXPECT_EQ(Accepted(R"({"anInt32":1})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"an_int32":1})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"otherName":"a"})").renamed(), "a");
  EXPECT_EQ(Accepted(R"({"renamed":"a"})").renamed(), "a");
  EXPECT_EQ(Accepted(R"({"an\u0049nt32":1})").an_int32(), 1);
}

TEST_P(JsonRules, J25_ListsAreLists) {
  EXPECT_EQ(Refused(R"({"numbers":1})"), "numbers");
  EXPECT_EQ(Refused(R"({"numbers":[[1]]})"), "numbers[0]");
  EXPECT_EQ(Refused(R"({"counts":[]})"), "counts");
  EXPECT_EQ(Refused(R"({"child":[]})"), "child");
}

TEST_P(JsonRules, J27_Duration) {
  EXPECT_EQ(Through2(R"({"duration":"1.5s"})"), R"({"duration":"1.500s"})");
  EXPECT_EQ(Through2(R"({"duration":"-0.000000001s"})"), R"({"duration":"-0.000000001s"})");
  EXPECT_EQ(Through2(R"({"duration":"315576000000s"})"), R"({"duration":"315576000000s"})");
  for (const char* text : {"1", "1.0000000001s", "315576000001s", "-315576000001s", "s", "", "1 s",
                           "1.s", "+1s", "0x1s"}) {
    EXPECT_EQ(Refused(std::string(R"({"duration":")") + text + "\"}"), "duration") << text;
  }
}

TEST_P(JsonRules, J28_Timestamp) {
  EXPECT_EQ(Through2(R"({"time":"1970-01-01T00:00:00Z"})"), R"({"time":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(Through2(R"({"time":"2024-02-29T12:30:00.25+02:00"})"),
            R"({"time":"2024-02-29T10:30:00.250Z"})");
  EXPECT_EQ(Through2(R"({"time":"0001-01-01T00:00:00Z"})"), R"({"time":"0001-01-01T00:00:00Z"})");
  EXPECT_EQ(Through2(R"({"time":"9999-12-31T23:59:59.999999999Z"})"),
            R"({"time":"9999-12-31T23:59:59.999999999Z"})");
  for (const char* text :
       {"1970-01-01t00:00:00Z", "1970-01-01T00:00:00z", "1970-01-01T00:00:00",
        "2023-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T24:00:00Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
        "1970-01-01 00:00:00Z", "1970-13-01T00:00:00Z", "", "0001-01-01T00:00:00+00:01",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z"}) {
    EXPECT_EQ(Refused(std::string(R"({"time":")") + text + "\"}"), "time") << text;
  }
}

TEST_P(JsonRules, J29_FieldMask) {
  const Kinds message = Accepted(R"({"mask":"fooBar,baz.quxQuux"})");
  ASSERT_EQ(message.mask().paths_size(), 2);
  EXPECT_EQ(message.mask().paths(0), "foo_bar");
  EXPECT_EQ(message.mask().paths(1), "baz.qux_quux");
  EXPECT_EQ(Written(message), R"({"mask":"fooBar,baz.quxQuux"})");
  EXPECT_EQ(Accepted(R"({"mask":""})").mask().paths_size(), 0);
  EXPECT_EQ(Refused(R"({"mask":"foo_bar"})"), "mask");
  EXPECT_EQ(Refused(R"({"mask":"a,,b"})"), "mask");
}

TEST_P(JsonRules, J30_Any) {
  const char* kinds = R"({"any":{"@type":"type.googleapis.com/protorest.test.Kinds","anInt32":5}})";
  EXPECT_EQ(Through2(kinds), kinds);
  EXPECT_EQ(Through2(R"({"any":{"anInt32":5,"@type":"type.googleapis.com/protorest.test.Kinds"}})"),
            kinds);
  const char* duration =
      R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}})";
  EXPECT_EQ(Through2(duration), duration);
  EXPECT_EQ(
      Through2(R"({"any":{"value":"1s","@type":"type.googleapis.com/google.protobuf.Duration"}})"),
      duration);
  const char* nested = R"({"any":{"@type":"type.googleapis.com/google.protobuf.Any","value":)"
                       R"({"@type":"type.googleapis.com/protorest.test.Kinds","aBool":true}}})";
  EXPECT_EQ(Through2(nested), nested);
  EXPECT_NE(Refused(R"({"any":{"@type":"type.googleapis.com/no.such.Type"}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"anInt32":5}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"@type":1}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"@type":"type.googleapis.com/protorest.test.Kinds","nope":5}})"),
            "accepted");
}

TEST_P(JsonRules, J31_EmptyAny) {
  const Kinds message = Accepted(R"({"any":{}})");
  EXPECT_TRUE(message.has_any());
  EXPECT_EQ(message.any().type_url(), "");
  EXPECT_EQ(Written(message), R"({"any":{}})");
}

TEST_P(JsonRules, J32_LoneSurrogate) {
  EXPECT_EQ(Accepted(R"({"aString":"\ud83d\ude00"})").a_string(), "\xf0\x9f\x98\x80");
  EXPECT_NE(Refused(R"({"aString":"\ud83d"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ude00"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ud83dx"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ud83d\u0041"})"), "accepted");
}

TEST_P(JsonRules, J33J34J35_StrictSyntax) {
  for (const char* text : {R"({"anInt32":1,})",
                           R"({"numbers":[1,]})",
                           R"({'anInt32':1})",
                           R"({"aString":'a'})",
                           R"({anInt32:1})",
                           R"({"anInt32":1/**/})",
                           "// c\n{}",
                           R"({"anInt32":+1})",
                           R"({"aDouble":.5})",
                           R"({"aDouble":1.})",
                           R"({"anInt32":01})",
                           R"({"anInt32":0x1})",
                           "{\"aString\":\"a\nb\"}",
                           "{\"aString\":\"a\tb\"}",
                           R"({"aString":"\x41"})",
                           R"({"aString":"\u12"})",
                           R"({"aDouble":1e})",
                           R"({"aDouble":-})",
                           R"({"anInt32" 1})",
                           R"({"anInt32":1 "aBool":true})",
                           "{",
                           "}",
                           "",
                           " ",
                           "[",
                           R"({"aString":"a)",
                           "{\"aString\":\"a\0\"}",
                           R"({"aDouble":1e+})",
                           R"({"anInt32":--1})",
                           R"({,"anInt32":1})",
                           R"({"numbers":[,1]})",
                           R"({"numbers":[1 2]})",
                           "\xef\xbb\xbf{}",
                           R"({"aBool":TRUE})"}) {
    EXPECT_NE(Refused(text), "accepted") << text;
  }
  EXPECT_NE(Refused(std::string_view("{\"aString\":\"a\0\"}", 16)), "accepted");
  EXPECT_EQ(Accepted(" \t\r\n{ \"anInt32\" : 1 , \"numbers\" : [ 1 , 2 ] } \n").numbers_size(), 2);
}

TEST_P(JsonRules, J36_Depth) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 1; i < depth; ++i) text += R"({"child":)";
    text += "{}";
    return text + std::string(depth - 1, '}');
  };
  EXPECT_EQ(Refused(nested(100)), "accepted");
  EXPECT_NE(Refused(nested(101)), "accepted");
  EXPECT_NE(Refused(nested(5), {.max_depth = 4}), "accepted");
  EXPECT_NE(Refused(R"({"value":)" + std::string(200, '[') + std::string(200, ']') + "}"),
            "accepted");
  EXPECT_NE(
      Refused(R"({"nope":)" + std::string(100000, '[') + "}", {.ignore_unknown_fields = true}),
      "accepted");
}

TEST_P(JsonRules, B3B5B6_TheRoot) {
  for (const char* text : {"null", "[]", "1", "\"a\"", "{} {}", "{}x", "{},"}) {
    EXPECT_NE(Refused(text), "accepted") << text;
  }
  EXPECT_EQ(Refused<google::protobuf::Value>("null"), "accepted");
  EXPECT_EQ(Refused<google::protobuf::ListValue>("[1]"), "accepted");
  EXPECT_EQ(Refused<google::protobuf::Int64Value>("\"7\""), "accepted");
  EXPECT_EQ(Refused<google::protobuf::Timestamp>("\"1970-01-01T00:00:00Z\""), "accepted");
}

TEST_P(JsonRules, B10_InvalidUtf8) {
  for (const char* text :
       {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"}) {
    EXPECT_NE(Refused(R"({"aString":")" + std::string(text) + "\"}"), "accepted");
    EXPECT_NE(Refused(R"({"aString":"0123456789abcdef0123456789)" + std::string(text) +
                      "abcdef0123456789\"}"),
              "accepted");
  }
  EXPECT_EQ(Accepted("{\"aString\":\"\xe2\x82\xac\"}").a_string(), "\xe2\x82\xac");
}

TEST_P(JsonRules, ViolationsCarryThePathAndWhatCame) {
  EXPECT_EQ(Refused(R"({"children":[{},{"child":{"anInt32":"x"}}]})"), "children[1].child.anInt32");
  Kinds message;
  const Result result =
      Read(R"({"anInt32":"abc","aBool":7,"aString":"fine","nope":1})", codec<Kinds>(), {}, message);
  ASSERT_EQ(result.violations().size(), 3u);
  EXPECT_EQ(result.violations()[0].field, "anInt32");
  EXPECT_NE(result.violations()[0].description.find("abc"), std::string::npos);
  EXPECT_EQ(result.violations()[1].field, "aBool");
  EXPECT_EQ(result.violations()[2].field, "nope");
}

TEST_P(JsonRules, Proto2) {
  EXPECT_EQ(Written(Accepted<Kinds2>(R"({"id":1,"detail":{"depth":2},"size":"SIZE_SMALL"})")),
            R"({"id":1,"size":"SIZE_SMALL","detail":{"depth":2}})");
  EXPECT_EQ(Refused<Kinds2>("{}"), "id");
  EXPECT_EQ(Refused<Kinds2>(R"({"id":1,"size":9})"), "size");
  const Kinds2 extended = Accepted<Kinds2>(R"({"id":1,"[protorest.test.note]":"n"})");
  EXPECT_EQ(extended.GetExtension(test::note), "n");
  EXPECT_EQ(Written(extended), R"({"id":1,"[protorest.test.note]":"n"})");
}

TEST_P(JsonRules, J40_QuotedLongs) {
  Kinds message;
  message.set_an_int64(std::numeric_limits<int64_t>::min());
  message.set_a_uint64(7);
  message.mutable_wrapped_long()->set_value(8);
  EXPECT_EQ(Written(message),
            R"({"anInt64":"-9223372036854775808","aUint64":"7","wrappedLong":"8"})");
  EXPECT_EQ(Written(message, {.int64_as_numbers = true}),
            R"({"anInt64":-9223372036854775808,"aUint64":7,"wrappedLong":8})");
}

TEST_P(JsonRules, J41_ShortestFloats) {
  const auto written = [&](double value) {
    Kinds message;
    message.set_a_double(value);
    return Written(message);
  };
  EXPECT_EQ(written(0.1), R"({"aDouble":0.1})");
  EXPECT_EQ(written(-0.0), R"({"aDouble":-0})");
  EXPECT_EQ(written(1e100), R"({"aDouble":1e+100})");
  EXPECT_EQ(written(123456.789), R"({"aDouble":123456.789})");
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), R"({"aDouble":"NaN"})");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), R"({"aDouble":"-Infinity"})");
  Kinds message;
  message.set_a_float(0.1f);
  EXPECT_EQ(Written(message), R"({"aFloat":0.1})");
  for (const double value :
       {5e-324, 1.7976931348623157e308, 0.30000000000000004, 1e21, 1e-7, 3.0, 9007199254740993.0,
        2.2250738585072014e-308, 100.000001, 0.000001, 1.5e-5, 299792458.0, -273.15}) {
    EXPECT_EQ(Accepted(written(value)).a_double(), value) << written(value);
  }
}

TEST_P(JsonRules, J42_Bytes) {
  Kinds message;
  message.set_some_bytes("\xfb\xff");
  EXPECT_EQ(Written(message), R"({"someBytes":"+/8="})");
}

TEST_P(JsonRules, J44J45_Presence) {
  Kinds message;
  EXPECT_EQ(Written(message), "{}");
  message.set_maybe(0);
  message.mutable_child();
  message.mutable_wrapped_text();
  message.set_choice_int(0);
  EXPECT_EQ(Written(message), R"({"child":{},"maybe":0,"choiceInt":0,"wrappedText":""})");
}

TEST_P(JsonRules, J46_MapEntriesInKeyOrder) {
  EXPECT_EQ(Through2(R"({"counts":{"b":2,"a":1,"ab":3},"names":{"10":"x","9":"y","-1":"z"}})"),
            R"({"counts":{"a":1,"ab":3,"b":2},"names":{"-1":"z","9":"y","10":"x"}})");
}

TEST_P(JsonRules, J47_TimeOutOfRange) {
  Kinds message;
  message.mutable_time()->set_seconds(253402300800);
  EXPECT_TRUE(WriteRefused(message));
  message.Clear();
  message.mutable_duration()->set_seconds(315576000001);
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_duration()->set_seconds(1);
  message.mutable_duration()->set_nanos(-1);
  EXPECT_TRUE(WriteRefused(message));
}

TEST_P(JsonRules, J48_MaskThatDoesNotRoundTrip) {
  Kinds message;
  message.mutable_mask()->add_paths("fooBar");
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_mask()->set_paths(0, "foo__bar");
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_mask()->set_paths(0, "foo_3");
  EXPECT_TRUE(WriteRefused(message));
}

TEST_P(JsonRules, J49_ValueOfNaN) {
  Kinds message;
  message.mutable_value()->set_number_value(std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_value()->set_number_value(std::numeric_limits<double>::infinity());
  EXPECT_TRUE(WriteRefused(message));
}

TEST_P(JsonRules, J50_InvalidUtf8) {
  Kinds message;
  message.set_a_string("abc\xff");
  EXPECT_TRUE(WriteRefused(message));
}

TEST_P(JsonRules, J51_WriteDefaults) {
  const std::string written = Written(Kinds2(), {.write_defaults = true});
  EXPECT_EQ(written, R"({"sizes":[]})");  // the others have presence and are unset
  const std::string kinds = Written(Kinds(), {.write_defaults = true});
  for (const char* there :
       {R"("anInt32":0)", R"("anInt64":"0")", R"("aString":"")", R"("color":"COLOR_UNSPECIFIED")",
        R"("numbers":[])", R"("counts":{})", R"("aBool":false)", R"("null":null)"}) {
    EXPECT_NE(kinds.find(there), std::string::npos) << there << " in " << kinds;
  }
  for (const char* absent : {"maybe", "child\"", "choiceInt", "time\""}) {
    EXPECT_EQ(kinds.find(absent), std::string::npos) << absent << " in " << kinds;
  }
}

TEST_P(JsonRules, NamesAndNumbersByOption) {
  Kinds message;
  message.set_an_int32(1);
  message.set_color(test::COLOR_RED);
  message.add_colors(test::COLOR_BLUE);
  message.set_renamed("r");
  EXPECT_EQ(Written(message, {.proto_field_names = true, .enums_as_numbers = true}),
            R"({"an_int32":1,"color":1,"colors":[2],"renamed":"r"})");
}

TEST_P(JsonRules, Escapes) {
  Kinds message;
  message.set_a_string("\"\\/\b\f\n\r\t\x01\x7f\xe2\x82\xac<");
  const std::string written = Written(message);
  EXPECT_EQ(Accepted(written).a_string(), message.a_string()) << written;
  EXPECT_EQ(Accepted(R"({"aString":"\"\\\/\b\f\n\r\t\u0001\u20ac"})").a_string(),
            "\"\\/\b\f\n\r\t\x01\xe2\x82\xac");
}

TEST_P(JsonRules, StructAndValue) {
  const char* text = R"({"struct":{"a":null,"b":1.5,"c":"x","d":true,"e":[1,{"f":[]}],"g":{}}})";
  EXPECT_EQ(Through2(text), text);
}

TEST_P(JsonRules, EveryPrefixOfATextIsRefused) {
  const std::string text =
      R"({"anInt32":-12,"aString":"a\u20acb","numbers":[1,2],"child":{"aBool":true},"counts":{"k":1},"aDouble":1.5e3,)"
      R"("time":"1970-01-01T00:00:00Z","value":[null,{"a":false}],"any":{"@type":"type.googleapis.com/protorest.test.Kinds"}})";
  EXPECT_EQ(Refused(text), "accepted");
  for (std::size_t size = 0; size < text.size(); ++size) {
    // A copy of exactly that size, so that a sanitizer sees a read beyond it.
    const std::string prefix(text, 0, size);
    EXPECT_NE(Refused(std::string_view(prefix.data(), prefix.size())), "accepted") << prefix;
  }
}

}  // namespace
}  // namespace protorest::json
