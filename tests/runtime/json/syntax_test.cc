// The J rules of the text itself: RFC 8259, UTF-8, depth, the root.
#include <string>
#include <string_view>
#include <vector>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, J32_LoneSurrogate) {
  EXPECT_EQ(Accepted(R"({"aString":"\ud83d\ude00"})").a_string(), "\xf0\x9f\x98\x80");
  EXPECT_NE(Refused(R"({"aString":"\ud83d"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ude00"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ud83dx"})"), "accepted");
  EXPECT_NE(Refused(R"({"aString":"\ud83d\u0041"})"), "accepted");
  EXPECT_EQ(Accepted(R"({"aString":"\uDBFF\uDFFF"})").a_string(), "\xf4\x8f\xbf\xbf");
  EXPECT_EQ(Accepted(R"({"aString":"\ud7ff\ue000"})").a_string(), "\xed\x9f\xbf\xee\x80\x80");
  for (const char* text :
       {R"(\ud83d\ud83d)", R"(\ude00\ud83d)", R"(\ud83d\n)", R"(\ud83d\\)", R"(\ud83d\u)",
        R"(\ud83d\ude0)", R"(\ud83d\xde00)", "\\ud83d\xed\xb8\x80"}) {
    EXPECT_NE(Refused(R"({"aString":")" + std::string(text) + "\"}"), "accepted") << text;
    EXPECT_NE(Refused(R"({"counts":{")" + std::string(text) + "\":1}}"), "accepted") << text;
    EXPECT_NE(Refused(R"({")" + std::string(text) + "\":1}", {.ignore_unknown_fields = true}),
              "accepted")
        << text;
  }
}

TEST_P(JsonRules, NulsInTexts) {
  const std::string nul("a\0b", 3);
  EXPECT_EQ(Accepted(R"({"aString":"a\u0000b"})").a_string(), nul);
  EXPECT_EQ(Through2(R"({"aString":"a\u0000b"})"), R"({"aString":"a\u0000b"})");
  EXPECT_EQ(Accepted(R"({"counts":{"a\u0000b":1}})").counts().count(nul), 1u);
  // As it is: neither in a string nor around the value.
  for (std::string text : {R"({"aString":"a?b"})", R"({"counts":{"a?b":1}})", "{}?", "?{}", "{?}",
                           R"({"anInt32":1?})", R"({"anInt32"?:1})", "?"}) {
    text[text.find('?')] = '\0';
    EXPECT_NE(Refused(text), "accepted") << text;
  }
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
                           "{}\xef\xbb\xbf",
                           "\v{}",
                           "{\f}",
                           "\xc2\xa0{}",
                           "\n\t \r",
                           "{}}",
                           "{}null",
                           R"({"":1)",
                           R"({"aDouble":-Infinity})",
                           R"({"aDouble":- 1})",
                           R"({"aDouble":1.e5})",
                           R"({"aDouble":1e5.5})",
                           R"({"aDouble":-01})",
                           R"({"aDouble":00})",
                           R"({"aDouble":1_000})",
                           R"({"aString":"\u00g0"})",
                           R"({"aString":"\U0041"})",
                           R"({"aString":"\'"})",
                           R"({"aString":"\0"})",
                           R"({"aString":undefined})",
                           R"({"aBool":true1})",
                           R"({"child":nul})",
                           R"({"child":nulll})",
                           R"({"child":{}]})",
                           R"({"numbers":[1}})",
                           R"({"anInt32"::1})",
                           R"({"anInt32":1;"aBool":true})",
                           R"({"anInt32":1,,"aBool":true})",
                           R"({"numbers":[1,,2]})",
                           R"({"numbers":[1)",
                           R"({"values":[1,]})",
                           R"({"struct":{"a":1,}})",
                           R"({"list":[,]})",
                           "{\"aString\":\"\x7f\x1f\"}",
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
  // Every object and every array is a level, whoever reads them.
  const auto deep = [&](const std::string& open, const std::string& close, int levels,
                        const std::string& inner = "") {
    std::string text;
    for (int i = 0; i < levels; ++i) text += open;
    text += inner;
    for (int i = 0; i < levels; ++i) text += close;
    return text;
  };
  const std::string any = R"({"@type":"a/google.protobuf.Any","value":)";
  struct Case {
    std::string before, open, close, inner, after;
    int levels;  // that are allowed
  };
  for (const Case& c :
       {Case{R"({"value":)", "[", "]", "", "}", 99},
        Case{R"({"value":)", R"({"a":)", "}", "1", "}", 99},
        Case{R"({"list":)", "[", "]", "", "}", 99},
        Case{R"({"struct":)", R"({"a":)", "}", "1", "}", 99},
        Case{R"({"values":[)", "[", "]", "", "]}", 98}, Case{R"({"any":)", any, "}", "{}", "}", 98},
        Case{"", R"({"byFlag":{"true":)", "}}", "", "", 50},
        Case{"", R"({"children":[)", "]}", "", "", 50}}) {
    const std::string inner = c.levels == 50 ? "" : c.inner;
    const auto text = [&](int levels) {
      // A map's entry needs a value: the innermost map is empty.
      if (c.open.ends_with(R"("true":)")) {
        return deep(c.open, c.close, levels - 1, R"({"byFlag":{}})");
      }
      return c.before + deep(c.open, c.close, levels, inner) + c.after;
    };
    EXPECT_EQ(Refused(text(c.levels)), "accepted") << text(c.levels);
    EXPECT_NE(Refused(text(c.levels + 1)), "accepted") << text(c.levels);
  }
  const Options lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(Refused(R"({"nope":)" + deep("[", "]", 99) + "}", lenient), "accepted");
  EXPECT_NE(Refused(R"({"nope":)" + deep("[", "]", 100) + "}", lenient), "accepted");
  EXPECT_EQ(Refused(R"({"nope":)" + deep(R"({"a":)", "}", 99, "1") + "}", lenient), "accepted");
  EXPECT_NE(Refused(R"({"nope":)" + deep(R"({"a":)", "}", 100, "1") + "}", lenient), "accepted");
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

// Strings with escapes are checked while they are decoded, or skipped: a character may be cut
// anywhere, and what follows the string is not its own.
TEST_P(JsonRules, B10_InvalidUtf8AmongEscapes) {
  const auto accepted = [&](const std::string& member, std::string_view string) {
    const std::string text = "{\"" + member + "\":\"" + std::string(string) + R"(","z":"é🎉",)" +
                             R"("y":")" + std::string(120, 'y') + "\"}";
    const std::vector<char> exact(text.begin(), text.end());  // for a sanitizer
    return Refused({exact.data(), exact.size()}, {.ignore_unknown_fields = true}) == "accepted";
  };
  for (const std::string start : {"", "\\n", "é\\n"}) {
    for (std::size_t before = 0; before < 140; ++before) {
      for (const std::string after : {"", "\\\"", "é"}) {
        const auto around = [&](const char* piece) {
          return start + std::string(before, 'b') + piece + after;
        };
        for (const std::string member : {"aString", "x"}) {
          for (const char* good : {"é", "日本", "🎉", "\xe1\xba\xa1", "\xe0\xa4\x85"}) {
            EXPECT_TRUE(accepted(member, around(good))) << member << around(good);
          }
          for (const char* bad : {"\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x8e", "\xa9", "\xc0\x80",
                                  "\xc3\\n", "\xe0\x9f\xbf", "\xed\xa0\x80"}) {
            EXPECT_FALSE(accepted(member, around(bad))) << member << around(bad);
          }
        }
      }
    }
  }
}

// Near the end of the text there is no stretch more to be looked at: nothing that one cut is lost.
TEST_P(JsonRules, B10_InvalidUtf8NearTheEnd) {
  for (const std::string cut : {"\xc3", "\xe2\x82", "\xf0\x9f", "\xf0\x9f\x98"}) {
    for (std::size_t before = 55; before < 70; ++before) {
      for (std::size_t after = 0; after < 100; after += 3) {
        const std::string text =
            std::string(R"("\n)").append(before, 'a') + cut + std::string(after, 'b') + "\"";
        ASSERT_NE(Refused<google::protobuf::StringValue>(text), "accepted")
            << before << " " << after;
      }
    }
  }
}

// Strings that are skipped are looked at several at a time: where they stand makes no difference,
// nor where in them something is wrong.
TEST_P(JsonRules, J23_WhatIsIgnoredIsJson) {
  const auto refused = [&](std::size_t before, const std::string& piece, std::size_t after) {
    const std::string text = R"({"nope":[{"k":")" + std::string(before, 'a') + piece +
                             std::string(after, 'a') + R"("},"",{"é":1}]})";
    const std::vector<char> exact(text.begin(), text.end());  // for a sanitizer
    return Refused({exact.data(), exact.size()}, {.ignore_unknown_fields = true}) != "accepted";
  };
  for (std::size_t before = 0; before < 140; ++before) {
    for (const std::size_t after : {0, 20, 70}) {
      for (const char* good :
           {"", "\\n", R"(\\)", R"(\")", R"(\u00e9)", R"(\ud83d\ude00)", "é", "🎉"}) {
        EXPECT_FALSE(refused(before, good, after)) << before << good;
      }
      for (const char* bad :
           {"\n", R"(\x)", R"(\u12g4)", R"(\ud83d)", R"(\udc00)", "\xff", "\xc3"}) {
        EXPECT_TRUE(refused(before, bad, after)) << before << bad;
      }
    }
  }
}

// A string that ends with the text is looked at otherwise than one that much follows.
TEST_P(JsonRules, J18_StringsNearTheEnd) {
  const struct {
    const char* json;
    const char* read;  // null: it is refused
  } pieces[] = {{"", ""},        {"\\n", "\n"},   {"é", "é"},
                {"\n", nullptr}, {"\"", nullptr}, {"\xff", nullptr}};
  for (std::size_t before = 0; before < 80; ++before) {
    for (const std::size_t after : {1, 2, 20}) {
      for (const auto& piece : pieces) {
        const auto around = [&](const char* text) {
          return std::string(before, 'b') + text + std::string(after, 'a');
        };
        for (const std::size_t white : {0, 200}) {
          const std::string text =
              R"({"aBool":true,"aString":")" + around(piece.json) + "\"}" + std::string(white, ' ');
          const std::vector<char> exact(text.begin(), text.end());  // for a sanitizer
          const std::string_view view(exact.data(), exact.size());
          if (piece.read == nullptr) {
            EXPECT_NE(Refused(view), "accepted") << text;
          } else {
            EXPECT_EQ(Accepted(view).a_string(), around(piece.read)) << text;
          }
        }
      }
    }
  }
}

TEST_P(JsonRules, EveryPrefixOfATextIsRefused) {
  const std::string text =
      R"({"anInt32":-12,"aString":"a\u20acb","numbers":[1,2],"child":{"aBool":true},"counts":{"k":1},"aDouble":1.5e3,)"
      R"("time":"1970-01-01T00:00:00Z","value":[null,{"a":false}],"any":{"@type":"type.googleapis.com/protorest.test.Kinds"}})";
  EXPECT_EQ(Refused(text), "accepted");
  for (std::size_t size = 0; size < text.size(); ++size) {
    // A copy of exactly that size, so that a sanitizer sees a read beyond it.
    const std::vector<char> prefix(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    const std::string_view view(prefix.data(), prefix.size());
    EXPECT_NE(Refused(view), "accepted") << view;
  }
}

}  // namespace
}  // namespace protorest::json
