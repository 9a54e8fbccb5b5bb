// Percent-decoding and query splitting.
#include "transcode/url.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>
#include <vector>

namespace protorest::transcode {
namespace {

std::optional<std::string> Decode(std::string_view text, UrlPart part) {
  std::string scratch = "before";
  std::string_view decoded;
  if (!UrlDecode(text, part, scratch, decoded)) {
    EXPECT_EQ(scratch, "before");
    return std::nullopt;
  }
  return std::string(decoded);
}

TEST(Url, P1_SegmentsAreFullyDecoded) {
  EXPECT_EQ(Decode("p%20q%2Fr+", UrlPart::kSegment), "p q/r+");
  EXPECT_EQ(Decode("%00%fF%25", UrlPart::kSegment), std::string("\0\xff%", 3));
}

TEST(Url, P2_MultiSegmentKeepsTheEscapedSlashAsSent) {
  EXPECT_EQ(Decode("a%2Fb%2fc/%20", UrlPart::kMultiSegment), "a%2Fb%2fc/ ");
}

TEST(Url, P4_Q12_PlusIsASpaceInQueriesOnly) {
  EXPECT_EQ(Decode("a+b%2B", UrlPart::kQuery), "a b+");
  EXPECT_EQ(Decode("a+b%2B", UrlPart::kSegment), "a+b+");
  EXPECT_EQ(Decode("a+b", UrlPart::kMultiSegment), "a+b");
}

TEST(Url, P5_MalformedEscapesAreRefused) {
  for (const char* text : {"%", "a%4", "%zz", "%4z", "%%20", "a%", "%2"}) {
    EXPECT_EQ(Decode(text, UrlPart::kSegment), std::nullopt) << text;
    EXPECT_EQ(Decode(text, UrlPart::kQuery), std::nullopt) << text;
    EXPECT_FALSE(IsWellEscaped(text)) << text;
  }
  EXPECT_TRUE(IsWellEscaped("/a%20b/%2f"));
  EXPECT_TRUE(IsWellEscaped(""));
}

TEST(Url, NothingEscapedIsAViewOfTheInput) {
  const std::string text = "plain-text";
  std::string scratch;
  std::string_view decoded;
  ASSERT_TRUE(UrlDecode(text, UrlPart::kQuery, scratch, decoded));
  EXPECT_EQ(decoded.data(), text.data());
  EXPECT_TRUE(scratch.empty());
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs Split(std::string_view query) {
  Pairs pairs;
  QuerySplitter splitter(query);
  QueryParameter parameter;
  while (splitter.Next(parameter)) pairs.emplace_back(parameter.name, parameter.value);
  return pairs;
}

TEST(Url, Q9_ParametersWithoutAValue) {
  EXPECT_EQ(Split("flag&x=&y=1=2&=z"), (Pairs{{"flag", ""}, {"x", ""}, {"y", "1=2"}, {"", "z"}}));
}

TEST(Url, P28_SemicolonIsData) { EXPECT_EQ(Split("a=1;b=2"), (Pairs{{"a", "1;b=2"}})); }

TEST(Url, EmptyPiecesAreNoParameters) {
  EXPECT_EQ(Split("&&a=1&&b=2&"), (Pairs{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(Split(""), Pairs{});
}

}  // namespace
}  // namespace protorest::transcode
