// The texts of values in queries: rules Q9 to Q17 and Q23 to Q25.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "tests/runtime/transcode/bind_support.h"

namespace protorest::transcode {
namespace {

using test::Letter;
using test::Proto2Message;
using test::Proto3Message;
using test::Query;
using test::Refused;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(QueryValues, Q9_Q10_EmptyValues) {
  EXPECT_TRUE(Query("optional_value").has_optional_value());
  EXPECT_TRUE(Query("oneof_string_value=").has_oneof_string_value());
  for (const char* query :
       {"bool_value", "int32_value=", "int32_value", "double_value=", "double_value", "float_value",
        "enum_value=", "enum_value", "timestamp_value=", "duration_value",
        "wrapper_int32_value=", "wrapper_double_value"}) {
    EXPECT_THAT(Refused(query), ElementsAre(Pair(::testing::_, HasSubstr("got nothing")))) << query;
  }
}

TEST(QueryValues, Q11_Bool) {
  EXPECT_TRUE(Query("bool_value=true").bool_value());
  EXPECT_TRUE(Query("optional_int32=0&bool_value=false").has_optional_int32());
  for (const char* text : {"True", "TRUE", "1", "0", "t", "yes", "on"}) {
    EXPECT_THAT(Refused("bool_value=" + std::string(text)),
                ElementsAre(Pair("boolValue", HasSubstr("expected true or false"))));
  }
}

TEST(QueryValues, Q12_PlusIsASpace) {
  EXPECT_EQ(Query("string_value=a+b%2Bc%20d").string_value(), "a b+c d");
  EXPECT_EQ(Query("string%5Fvalue=a").string_value(), "a");
}

TEST(QueryValues, MalformedEscape) {
  EXPECT_THAT(Refused("string_value=%zz"), ElementsAre(Pair("string_value", HasSubstr("hex"))));
  EXPECT_THAT(Refused("string%4_value=x"),
              ElementsAre(Pair("string%4_value", HasSubstr("got \"string%4_value\""))));
}

TEST(QueryValues, Q13_Bytes) {
  for (const char* text : {"-_8%3D", "-_8", "%2B/8%3D", "%2B%2F8"}) {
    EXPECT_EQ(Query("bytes_value=" + std::string(text)).bytes_value(), "\xFB\xFF") << text;
  }
  EXPECT_THAT(Refused("bytes_value=a"), SizeIs(1));
  EXPECT_THAT(Refused("bytes_value=a*b="), SizeIs(1));
}

TEST(QueryValues, Q14_Enum) {
  EXPECT_EQ(Query("enum_value=Y").enum_value(), Letter::Y);
  EXPECT_EQ(Query("enum_value=-5").enum_value(), -5);
  EXPECT_THAT(Refused("enum_value=y"), SizeIs(1));
  EXPECT_THAT(Refused("enum_value=99999999999"), SizeIs(1));
  EXPECT_EQ(Query<Proto2Message>("closed=2").closed(), Proto2Message::TWO);
  EXPECT_THAT(Refused<Proto2Message>("closed=3"), SizeIs(1));
  EXPECT_EQ(Query<Proto2Message>("letter=2").letter(), Letter::Z);
  EXPECT_THAT(Refused<Proto2Message>("letter=77"), SizeIs(1));  // closed to fields of proto2
}

TEST(QueryValues, Q15_TimestampAndDuration) {
  const Proto3Message message =
      Query("timestamp_value=2016-12-15T12:23:32.5Z&duration_value=-1.5s");
  EXPECT_EQ(message.timestamp_value().nanos(), 500000000);
  EXPECT_EQ(message.duration_value().seconds(), -1);
  for (const char* query :
       {"timestamp_value=2016-12-15", "timestamp_value=null", "duration_value=13h0m0s",
        "duration_value=1", "timestamp_value=2016-12-15T12:23:32Z%22", "duration_value=1s%5C"}) {
    EXPECT_THAT(Refused(query), SizeIs(1)) << query;
  }
}

TEST(QueryValues, Q16_FieldMask) {
  EXPECT_THAT(Query("fieldmask_value=a,bC.dE,f_g").fieldmask_value().paths(),
              ElementsAre("a", "b_c.d_e", "f_g"));
  EXPECT_THAT(Query("fieldmask_value=*").fieldmask_value().paths(), ElementsAre("*"));
  EXPECT_THAT(Query("fieldmask_value=a.*").fieldmask_value().paths(), ElementsAre("a.*"));
  for (const char* text : {"a,", ",a", "a..b", ".a", "a.", "a-b", "a,,b"}) {
    EXPECT_THAT(Refused("fieldmask_value=" + std::string(text)), SizeIs(1)) << text;
  }
}

TEST(QueryValues, Q17_WrappersAreBare) {
  const Proto3Message message = Query(
      "wrapper_string_value=%22q%22&wrapper_bool_value=false&repeated_message=1&repeated_message="
      "2");
  EXPECT_EQ(message.wrapper_string_value().value(), "\"q\"");
  EXPECT_TRUE(message.has_wrapper_bool_value());
  EXPECT_EQ(message.repeated_message_size(), 2);
  EXPECT_THAT(Refused("wrapper_u_int32_value=-1"), SizeIs(1));
}

TEST(QueryValues, Q23_Floats) {
  EXPECT_TRUE(std::isnan(Query("float_value=NaN").float_value()));
  EXPECT_EQ(Query("double_value=-Infinity").double_value(), -HUGE_VAL);
  EXPECT_EQ(Query("double_value=-1.5e-3").double_value(), -0.0015);
  EXPECT_EQ(Query("double_value=1e-400").double_value(), 0);
  for (const char* text : {"nan", "inf", "+1", "1e400", "0x1p3", ".5", "1.", "1,5", "Inf", "1f"}) {
    EXPECT_THAT(Refused("double_value=" + std::string(text[0] == '+' ? "%2B1" : text)), SizeIs(1))
        << text;
  }
  EXPECT_THAT(Refused("float_value=3.5e38"), SizeIs(1));
}

TEST(QueryValues, Q24_OptionalZeroIsPresent) {
  const Proto3Message message = Query("optional_int32=0");
  EXPECT_TRUE(message.has_optional_int32());
  EXPECT_EQ(message.optional_int32(), 0);
}

TEST(QueryValues, Q25_IntegersAreStrict) {
  EXPECT_EQ(Query("int64_value=-9223372036854775808").int64_value(), INT64_MIN);
  EXPECT_EQ(Query("uint64_value=18446744073709551615").uint64_value(), UINT64_MAX);
  for (const char* query : {"int64_value=1.0", "int64_value=1e2", "uint32_value=-1",
                            "int64_value=9223372036854775808", "int32_value=%221%22"}) {
    EXPECT_THAT(Refused(query), SizeIs(1)) << query;
  }
}

}  // namespace
}  // namespace protorest::transcode
