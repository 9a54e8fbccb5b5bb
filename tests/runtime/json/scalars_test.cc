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
  EXPECT_EQ(Accepted(R"({"aUint32":-0.0})").a_uint32(), 0u);
  for (const char* one :
       {"1.0e0", "10e-1", "0.1e1", "1000000000000000000000e-21", "1.000000000000000000000"}) {
    EXPECT_EQ(Accepted(R"({"anInt32":)" + std::string(one) + "}").an_int32(), 1) << one;
    EXPECT_EQ(Accepted(R"({"aUint64":")" + std::string(one) + "\"}").a_uint64(), 1u) << one;
  }
  EXPECT_EQ(Accepted(R"({"anInt32":0e999999999999})").an_int32(), 0);
  EXPECT_EQ(Accepted(R"({"anInt32":0.0e-999999999999})").an_int32(), 0);
  EXPECT_EQ(Accepted(R"({"aUint64":1.8446744073709551615e19})").a_uint64(),
            std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(Accepted(R"({"aUint64":18446744073709551615.000})").a_uint64(),
            std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(Accepted(R"({"anInt64":-9223372036854775.808E3})").an_int64(),
            std::numeric_limits<int64_t>::min());
  EXPECT_EQ(Accepted(R"({"anInt64":"9.223372036854775807e18"})").an_int64(),
            std::numeric_limits<int64_t>::max());
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
  EXPECT_EQ(Refused(R"({"anInt64":-9223372036854775809})"), "anInt64");
  EXPECT_EQ(Refused(R"({"anInt64":9.223372036854775808e18})"), "anInt64");
  EXPECT_EQ(Refused(R"({"aUint64":1.8446744073709551616e19})"), "aUint64");
  EXPECT_EQ(Refused(R"({"aUint64":"-1"})"), "aUint64");
  EXPECT_EQ(Refused(R"({"aUint32":4294967296})"), "aUint32");
  // No exponent takes time or wraps around.
  for (const char* value : {"1e-999999999", "1e999999999", "1e99999999999999999999", "1e4294967296",
                            "1e18446744073709551616", "-1e-18446744073709551616", "100e-3"}) {
    EXPECT_EQ(Refused(R"({"anInt64":)" + std::string(value) + "}"), "anInt64") << value;
    EXPECT_EQ(Refused(R"({"anInt64":")" + std::string(value) + "\"}"), "anInt64") << value;
  }
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
  for (const char* value : {"-1e400", "\"1e400\"", "1.7976931348623159e308",
                            "1e99999999999999999999", "1e18446744073709551616"}) {
    EXPECT_EQ(Refused(R"({"aDouble":)" + std::string(value) + "}"), "aDouble") << value;
    EXPECT_EQ(Refused(R"({"wrappedDouble":)" + std::string(value) + "}"), "wrappedDouble") << value;
  }
  EXPECT_EQ(Refused(R"({"value":1e400})"), "value");
  EXPECT_EQ(Refused(R"({"aFloat":3.4028235677973367e38})"), "aFloat");  // past half way to the next
  EXPECT_EQ(Accepted(R"({"aFloat":3.4028235677973366e38})").a_float(),
            std::numeric_limits<float>::max());
  for (const char* value :
       {"-1e-999999999", "-1e-99999999999999999999", "\"-1e-400\"", "-0", "-0.0e5"}) {
    const double zero = Accepted(R"({"aDouble":)" + std::string(value) + "}").a_double();
    EXPECT_TRUE(zero == 0 && std::signbit(zero)) << value;
  }
  EXPECT_EQ(Accepted(R"({"aDouble":4.9e-324})").a_double(), 5e-324);
  EXPECT_EQ(Accepted(R"({"aDouble":0.)" + std::string(400, '0') + R"(1e400})").a_double(), 0.1);
  EXPECT_EQ(Accepted(R"({"aDouble":1)" + std::string(400, '0') + R"(e-400})").a_double(), 1);
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
  EXPECT_EQ(Accepted(R"({"someBytes":"AQ"})").some_bytes(), "\x01");
  EXPECT_EQ(Accepted(R"({"someBytes":"AQI"})").some_bytes(), "\x01\x02");
  EXPECT_EQ(Accepted(R"({"someBytes":"AQIDBA"})").some_bytes(), "\x01\x02\x03\x04");
  EXPECT_EQ(Accepted(R"({"someBytes":"\u0041Q=="})").some_bytes(), "\x01");
  for (const char* text : {"=", "==", "A=", "A===", "AQ===", "AAA==", "AAAA=", "AQI DBA",
                           "AQ\\n==", "AQ==AQ==", "AA\\u0000A",
                           "\xc3\xa9"
                           "AA"}) {
    EXPECT_EQ(Refused(R"({"someBytes":")" + std::string(text) + "\"}"), "someBytes") << text;
  }
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
