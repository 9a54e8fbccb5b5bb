// UTF-8, base64, blocks of a string, paths of an error, pretty printing.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "json/base64.h"
#include "json/block.h"
#include "json/indent.h"
#include "json/path.h"
#include "json/utf8.h"

namespace protorest::json::detail {
namespace {

TEST(Utf8, B10_WhatIsValid) {
  for (const std::string_view good :
       {"", "plain ASCII of some length", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "mixed é日本🎉 text"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
}

// In one block and across two, in the first of a text, in the last, and in many between them.
TEST(Utf8, B10_WhatIsNot) {
  for (const std::string_view bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xe1\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
        "12345678\x80", "\xc2 ", "\xe2\x82 ", "\xf0\x90\x80 ", "\xc3\xa9\x80"}) {
    for (std::size_t before = 0; before < 100; ++before) {
      for (const std::size_t after : {0, 1, 20, 90}) {
        const std::string text =
            std::string(before, 'b') + std::string(bad) + std::string(after, 'a');
        EXPECT_FALSE(IsUtf8(text)) << before;
      }
    }
  }
}

// Every character, and every pair of first bytes that begins none.
TEST(Utf8, B10_EveryCharacter) {
  std::array<std::array<bool, 256>, 256> begins{};
  for (std::uint32_t c = 0x80; c <= 0x10ffff; ++c) {
    if (c == 0xd800) c = 0xe000;  // past the surrogates
    std::string text;
    char bytes[4];
    text.append(bytes, WriteUtf8(c, bytes));
    begins[static_cast<unsigned char>(text[0])][static_cast<unsigned char>(text[1])] = true;
    ASSERT_TRUE(IsUtf8(text)) << c;
  }
  for (std::size_t lead = 0x80; lead < 256; ++lead) {
    for (std::size_t second = 0; second < 256; ++second) {
      std::string text = {static_cast<char>(lead), static_cast<char>(second)};
      text.append(lead < 0xe0 ? 0 : lead < 0xf0 ? 1 : 2, '\x80');
      EXPECT_EQ(IsUtf8(text), begins[lead][second]) << lead << " " << second;
      const std::string long_text =
          std::string(60 + second % 16, 'a') + text + std::string(60, 'a');
      EXPECT_EQ(IsUtf8(long_text), begins[lead][second]) << lead << " " << second;
    }
  }
}

TEST(Utf8, CutsBetweenCharacters) {
  EXPECT_EQ(CutUtf8("aéb", 2), "a");
  EXPECT_EQ(CutUtf8("aéb", 3), "aé");
  EXPECT_EQ(CutUtf8("ab", 3), "ab");
}

TEST(Base64, J19_J42_BothWays) {
  std::string bytes;
  for (int size = 0; size < 70; ++size) {
    std::string encoded(Base64Size(bytes.size()), ' ');
    EXPECT_EQ(EncodeBase64(bytes, encoded.data()), encoded.data() + encoded.size());
    std::string decoded = "old";
    ASSERT_TRUE(DecodeBase64(encoded, &decoded)) << encoded;
    EXPECT_EQ(decoded, bytes);
    const std::string_view unpadded(encoded.data(), encoded.find_last_not_of('=') + 1);
    ASSERT_TRUE(DecodeBase64(unpadded, &decoded)) << unpadded;
    EXPECT_EQ(decoded, bytes);
    bytes.push_back(static_cast<char>(size * 37 + 250));
  }
}

TEST(Base64, J19_Refused) {
  std::string bytes;
  for (const char* bad : {"A", "AAAAA", "A===", "AA=", "=", "====", "A A=", "AA*A",
                          "AAAA=", "AA==A", "AA=A", "\xff\xff\xff\xff"}) {
    EXPECT_FALSE(DecodeBase64(bad, &bytes)) << bad;
  }
  EXPECT_TRUE(DecodeBase64("-_-_", &bytes));
}

// At every offset within blocks, before and after, so that whole blocks and the rest are both seen.
TEST(Block, FindsWhatEndsAPlainRun) {
  for (std::size_t size = 0; size < 50; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      for (const char special : {'"', '\\', '\0', '\x1f', '\n'}) {
        std::string text(size, 'a');
        if (at < size) text[at] = special;
        bool non_ascii = false;
        EXPECT_EQ(FindSpecial(text.data(), text.data() + size, non_ascii) - text.data(),
                  static_cast<std::ptrdiff_t>(at));
        EXPECT_FALSE(non_ascii);
      }
    }
  }
}

TEST(Block, TellsOfWhatIsNotAscii) {
  for (std::size_t at = 0; at < 40; ++at) {
    for (const char other :
         {'\x80', '\xff', '\xa2', '\xdc'}) {  // the last two: a quote, a backslash with the top bit
      std::string text(40, ' ');
      text[at] = other;
      bool non_ascii = false;
      EXPECT_EQ(FindSpecial(text.data(), text.data() + text.size(), non_ascii),
                text.data() + text.size());
      EXPECT_TRUE(non_ascii);
      // Not if it comes after the end of the run.
      if (at == 0) continue;
      text[at - 1] = '"';
      non_ascii = false;
      EXPECT_EQ(FindSpecial(text.data(), text.data() + text.size(), non_ascii),
                text.data() + at - 1);
      EXPECT_FALSE(non_ascii);
    }
  }
}

// The writer reads a block of each string, also of an empty one.
TEST(Block, FitsIntoTheBufferOfEveryString) {
  EXPECT_GE(std::string().capacity() + 1, Block::kSize);
  std::string shrunk(100, 'a');
  shrunk.resize(20);
  shrunk.shrink_to_fit();
  EXPECT_GE(shrunk.capacity() + 1, Block::kSize);
}

std::string PathOf(std::string_view text, std::string_view mark) {
  return PathFinder(text).At(text.find(mark));
}

TEST(Path, OfAValue) {
  constexpr std::string_view kText =
      R"({"a": 1, "items": [{"x": "],{"}, 2, {"unitPrice": HERE}], "m": {"a b": [[], [THERE]]}})";
  EXPECT_EQ(PathOf(kText, "HERE"), "items[2].unitPrice");
  EXPECT_EQ(PathOf(kText, "THERE"), "m[\"a b\"][1][0]");
  EXPECT_EQ(PathFinder(kText).At(0), "");
}

TEST(Path, SeveralInOnePass) {
  constexpr std::string_view kText = R"({"a":X,"b":[Y,Z]})";
  PathFinder paths(kText);
  EXPECT_EQ(paths.At(kText.find('X')), "a");
  EXPECT_EQ(paths.At(kText.find('Y')), "b[0]");
  EXPECT_EQ(paths.At(kText.find('Z')), "b[1]");
  EXPECT_EQ(paths.At(kText.size()), "");
}

TEST(Path, OfWhatIsBeingWritten) {
  EXPECT_EQ(PathFinder(R"(,"a":{"x":1},"b":,"c":[{"d":1},,"e":)").At(1000), "b.c[1].e");
}

TEST(Path, OfBrokenTexts) {
  for (const char* text : {"}", "]", ",", ":", "\"", "{\"", "{\"a\\", "[[[[", "{,,,,", "\"\\"}) {
    PathFinder(text).At(1000);  // ends, and reads nothing beyond the text
  }
  EXPECT_EQ(PathFinder(std::string(1000, '[')).At(1000).size(),
            100 * std::string("[0]").size() + std::string("…").size());
}

TEST(Indent, LaysOut) {
  std::string text = R"(before{"a":1,"b":[],"c":{},"d":[1,"x\",[\\"],"e":{"f":"g:h"}})";
  Indent(2, 6, text);
  EXPECT_EQ(text, R"(before{
  "a": 1,
  "b": [],
  "c": {},
  "d": [
    1,
    "x\",[\\"
  ],
  "e": {
    "f": "g:h"
  }
})");
}

}  // namespace
}  // namespace protorest::json::detail
