// Comments as texts of a document.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plugin/emit/openapi/comments.h"

namespace protorest::plugin::openapi {
namespace {

std::string Text(const std::string& leading, const std::string& trailing = "") {
  return CommentText({leading, trailing});
}

TEST(OpenApiComments, IndentationComesOff) {
  EXPECT_EQ(Text(" One.\n Two.\n"), "One.\nTwo.");
  EXPECT_EQ(Text(" List:\n   - a\n   - b\n\n End. \n"), "List:\n  - a\n  - b\n\nEnd.");
  EXPECT_EQ(Text("No blank.\n"), "No blank.");
  EXPECT_EQ(Text("\n\n First.\r\n\n"), "First.");
  EXPECT_EQ(Text(""), "");
  EXPECT_EQ(Text(" \n \n"), "");
}

TEST(OpenApiComments, TrailingCommentsCountWhereThereIsNoOther) {
  EXPECT_EQ(Text("", " After."), "After.");
  EXPECT_EQ(Text(" Before.", " After."), "Before.");
}

TEST(OpenApiComments, NotesToToolsAreLeftOut) {
  EXPECT_EQ(
      Text(" Said.\n (-- api-linter: core::0131=disabled\n     because. --)\n buf:lint:ignore X\n"),
      "Said.");
  EXPECT_EQ(Text(" Open (-- for ever"), "Open (-- for ever");
}

struct SplitCase {
  std::string text, summary, description;
};

TEST(OpenApiComments, FirstSentenceIsTheSummary) {
  const std::vector<SplitCase> cases = {
      {"One. Two.", "One", "Two."},
      {"One", "One", ""},
      {"One.", "One", ""},
      {"Is it? Yes.", "Is it?", "Yes."},
      {"Over two\nlines. Rest\nhere.", "Over two lines", "Rest\nhere."},
      {"No stop\n\nNext paragraph.", "No stop", "Next paragraph."},
      {"Takes e.g. a name. And more.", "Takes e.g. a name", "And more."},
      {"Version 1.2 of it. \"Quoted.\"", "Version 1.2 of it", "\"Quoted.\""},
      {"End.\n\n- item", "End", "- item"},
      {"", "", ""},
  };
  for (const SplitCase& each : cases) {
    const SummaryAndDescription split = SplitComment(each.text);
    EXPECT_EQ(split.summary, each.summary) << each.text;
    EXPECT_EQ(split.description, each.description) << each.text;
  }
}

}  // namespace
}  // namespace protorest::plugin::openapi
