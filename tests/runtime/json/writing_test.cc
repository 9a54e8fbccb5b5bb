// The J rules of writing, and its options.
#include <limits>
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

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
  for (const char* bad : {"\xff", "\n\x80", "\xe2\x82\n", "\xe2\n\x82\xac", "\n\xe2\x82"}) {
    for (std::size_t before = 0; before < 20; ++before) {
      message.set_a_string(std::string(before, 'b') + bad);
      EXPECT_TRUE(WriteRefused(message)) << before;
      message.mutable_a_string()->append(20, 'a');
      EXPECT_TRUE(WriteRefused(message)) << before;
    }
  }
}

// All that has no JSON is told, each by its own path.
TEST_P(JsonRules, J47ToJ50_AreToldByTheirPaths) {
  Kinds message;
  google::protobuf::Duration& signs =
      *(*message.mutable_child()->mutable_by_flag())[true].mutable_duration();
  signs.set_seconds(1);
  signs.set_nanos(-1);
  message.mutable_child()->mutable_mask()->add_paths("aB");
  message.mutable_time()->set_nanos(-1);
  message.mutable_value();
  message.mutable_any()->set_type_url("a/no\xffpe\n" + std::string(100, 'x'));
  message.mutable_wrapped_text()->set_value("\xff");
  message.add_values();
  message.add_values()->set_bool_value(true);
  message.add_values();
  message.add_times();
  message.add_times()->set_nanos(-1);
  std::string out;
  const Result result = Write(message, codec<Kinds>(), {}, out);
  std::string fields;
  for (const Violation& violation : result.violations()) fields += violation.field + " ";
  EXPECT_EQ(fields,
            "child.byFlag.true.duration child.mask time value any wrappedText values[0] values[2] "
            "times[1] ");
  ASSERT_GT(result.violations().size(), 4u);
  const std::string_view any = result.violations()[4].description;  // one line, cut
  EXPECT_TRUE(any.starts_with("the type \"a/no\xef\xbf\xbdpe xx")) << any;
  EXPECT_TRUE(any.ends_with("xx…\" is not known")) << any;
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
  EXPECT_EQ(written, R"({"aString":"\"\\/\b\f\n\r\t\u0001)"
                     "\x7f\xe2\x82\xac<\"}");
  EXPECT_EQ(Accepted(R"({"aString":"\"\\\/\b\f\n\r\t\u0001\u20ac"})").a_string(),
            "\"\\/\b\f\n\r\t\x01\xe2\x82\xac");
}

// Whatever is escaped or not ASCII, at every place in blocks and in what is left after them.
TEST_P(JsonRules, EscapesAtEveryPlace) {
  const struct {
    const char* text;
    const char* json;
  } pieces[] = {{"\"", "\\\""},
                {"\n\x1f", "\\n\\u001f"},
                {"é", "é"},
                {"日\\🎉", "日\\\\🎉"},
                {"\"!#\\][\x1f ", R"(\"!#\\][\u001f )"}};
  for (std::size_t before = 0; before < 36; ++before) {
    for (std::size_t after = 0; after < 36; ++after) {
      for (const auto& piece : pieces) {
        Kinds message;
        message.set_a_string(std::string(before, 'b') + piece.text + std::string(after, 'a'));
        EXPECT_EQ(Written(message), R"({"aString":")" + std::string(before, 'b') + piece.json +
                                        std::string(after, 'a') + "\"}");
      }
    }
  }
}

}  // namespace
}  // namespace protorest::json
