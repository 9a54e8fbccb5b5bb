// The J rules of the text itself: RFC 8259, UTF-8, depth, the root.
#include <string>
#include <string_view>

#include "json_rules.h"

namespace protorest::json {
namespace {

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
