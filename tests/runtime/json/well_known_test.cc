// The J rules of the well-known types.
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, J27_Duration) {
  EXPECT_EQ(Through2(R"({"duration":"1.5s"})"), R"({"duration":"1.500s"})");
  EXPECT_EQ(Through2(R"({"duration":"-0.000000001s"})"), R"({"duration":"-0.000000001s"})");
  EXPECT_EQ(Through2(R"({"duration":"315576000000s"})"), R"({"duration":"315576000000s"})");
  for (const char* text : {"1",
                           "1.0000000001s",
                           "315576000001s",
                           "-315576000001s",
                           "s",
                           "",
                           "1 s",
                           "1.s",
                           "+1s",
                           "0x1s",
                           "--1s",
                           "-s",
                           ".5s",
                           "-.5s",
                           "1.-5s",
                           "1e3s",
                           " 1s",
                           "1s ",
                           "1S",
                           "1,5s",
                           "1.5",
                           "9999999999999999999999s",
                           "-9223372036854775809s",
                           "NaNs",
                           "1.5.5s",
                           "1.5ms",
                           "1m"}) {
    EXPECT_EQ(Refused(std::string(R"({"duration":")") + text + "\"}"), "duration") << text;
  }
}

TEST_P(JsonRules, J27_SignsAndLimitsOfDurations) {
  const auto read = [&](const char* text) {
    return Accepted(R"({"duration":")" + std::string(text) + "\"}").duration();
  };
  EXPECT_EQ(read("-0.5s").seconds(), 0);
  EXPECT_EQ(read("-0.5s").nanos(), -500000000);
  EXPECT_EQ(read("-1.5s").seconds(), -1);
  EXPECT_EQ(read("-1.5s").nanos(), -500000000);
  EXPECT_EQ(read("-315576000000s").seconds(), -315576000000);
  EXPECT_EQ(read("-0s").seconds(), 0);
  EXPECT_EQ(read("0.123456789s").nanos(), 123456789);
  EXPECT_EQ(Through2(R"({"duration":"-0.0s"})"), R"({"duration":"0s"})");
  EXPECT_EQ(Through2(R"({"duration":"0.000001s"})"), R"({"duration":"0.000001s"})");
  EXPECT_EQ(Through2(R"({"duration":"0.0000001s"})"), R"({"duration":"0.000000100s"})");
  for (const char* value : {"1", "null1", "{}", "true", "[1]", R"({"seconds":1})"}) {
    EXPECT_NE(Refused(R"({"duration":)" + std::string(value) + "}"), "accepted") << value;
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
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z",
        // seconds, dates, offsets that are none
        "2016-12-31T23:59:60Z", "1900-02-29T00:00:00Z", "1970-04-31T00:00:00Z",
        "1970-00-01T00:00:00Z", "1970-01-00T00:00:00Z", "1970-01-01T00:60:00Z",
        "1970-01-01T00:00:00+24:00", "1970-01-01T00:00:00+01:60", "1970-01-01T00:00:00+0100",
        "1970-01-01T00:00:00+01", "1970-01-01T00:00:00+1:00", "1970-01-01T00:00:00Z+01:00",
        "1970-01-01T00:00:00-", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
        "-001-01-01T00:00:00Z", "+1970-01-01T00:00:00Z", "1970-1-1T0:0:0Z", "1970-01-01",
        "1970-01-01T00:00Z", "1970-01-01T00:00:00,5Z", " 1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z ", "1970-01-01T00:00:00 Z", "19700101T000000Z",
        "1970-01-01T00:00:00.5"}) {
    EXPECT_EQ(Refused(std::string(R"({"time":")") + text + "\"}"), "time") << text;
  }
}

TEST_P(JsonRules, J28_OffsetsAndLeapYearsOfTimestamps) {
  const auto same = [&](const std::string& sent, const std::string& wanted) {
    EXPECT_EQ(Through2(R"({"time":")" + sent + "\"}"), R"({"time":")" + wanted + "\"}");
  };
  same("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z");
  same("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z");
  same("2023-12-31T23:59:59.999-00:01", "2024-01-01T00:00:59.999Z");
  same("1970-01-01T00:00:00-00:00", "1970-01-01T00:00:00Z");
  same("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z");
  same("1970-01-01T23:59:00+23:59", "1970-01-01T00:00:00Z");
  same("0001-01-01T00:01:00+00:01", "0001-01-01T00:00:00Z");
  same("9999-12-31T23:58:59-00:01", "9999-12-31T23:59:59Z");
  same("1970-01-01T00:00:00.1Z", "1970-01-01T00:00:00.100Z");
  same("1970-01-01T00:00:00.0001Z", "1970-01-01T00:00:00.000100Z");
  same("1970-01-01T00:00:00.0000001Z", "1970-01-01T00:00:00.000000100Z");
  same("1970-01-01T00:00:00.000000000Z", "1970-01-01T00:00:00Z");
  // Before 1970, the fraction still counts forwards.
  EXPECT_EQ(Accepted(R"({"time":"1969-12-31T23:59:59.5Z"})").time().seconds(), -1);
  EXPECT_EQ(Accepted(R"({"time":"1969-12-31T23:59:59.5Z"})").time().nanos(), 500000000);
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
  for (const char* text : {",", "a,", ",a", "_", "a_", "_a", "a.b_c", "fooBar,foo_bar"}) {
    EXPECT_EQ(Refused(R"({"mask":")" + std::string(text) + "\"}"), "mask") << text;
  }
  for (const char* value : {"1", "[]", "{}", R"({"paths":["a"]})", "true"}) {
    EXPECT_EQ(Refused(R"({"mask":)" + std::string(value) + "}"), "mask") << value;
  }
  EXPECT_EQ(Through2(R"({"mask":"a,a,aBC.d1"})"), R"({"mask":"a,a,aBC.d1"})");
  EXPECT_EQ(Accepted(R"({"mask":"aBC.d1"})").mask().paths(0), "a_b_c.d1");
}

TEST_P(JsonRules, StructAndValue) {
  const char* text = R"({"struct":{"a":null,"b":1.5,"c":"x","d":true,"e":[1,{"f":[]}],"g":{}}})";
  EXPECT_EQ(Through2(text), text);
}

// A dynamic message of a type that the program has a class for is not of that class.
TEST(DynamicMessages, WellKnownTypesOfTheProgramsPool) {
  google::protobuf::DynamicMessageFactory factory;
  const google::protobuf::Message& prototype = *factory.GetPrototype(Kinds::descriptor());
  for (const char* text :
       {R"({"time":"1970-01-01T00:00:07Z"})", R"({"duration":"1.500s"})", R"({"mask":"a,b"})",
        R"({"struct":{"a":[1,null]}})", R"({"value":"x","values":[null,1]})", R"({"list":[true]})",
        R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}})",
        R"({"empty":{},"wrappedInt":5,"wrappedLong":"6","wrappedText":"t","wrappedBytes":"AQI="})",
        R"({"child":{"time":"1970-01-01T00:00:07Z"},"wrappedBool":true,"wrappedDouble":0.5})"}) {
    const std::unique_ptr<google::protobuf::Message> message(prototype.New());
    const Result read = Read(text, ReflectionCodec(), {}, *message);
    ASSERT_TRUE(read) << text << ": " << read.violations()[0].description;
    std::string written;
    EXPECT_TRUE(Write(*message, ReflectionCodec(), {}, written)) << text;
    EXPECT_EQ(written, text);
  }
}

}  // namespace
}  // namespace protorest::json
