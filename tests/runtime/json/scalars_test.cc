// The J rules of reading numbers, bools, strings, bytes and enums.
#include <cmath>
#include <limits>
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

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
  const Options lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(Written(Accepted(R"({"color":"COLOR_PINK"})", lenient)), "{}");
  EXPECT_EQ(Written(Accepted(R"({"colors":["COLOR_RED","COLOR_PINK","COLOR_BLUE"]})", lenient)),
            R"({"colors":["COLOR_RED","COLOR_BLUE"]})");
  EXPECT_EQ(Written(Accepted(R"({"palette":{"a":"COLOR_PINK","b":"COLOR_RED"}})", lenient)),
            R"({"palette":{"b":"COLOR_RED"}})");
}

}  // namespace
}  // namespace protorest::json
