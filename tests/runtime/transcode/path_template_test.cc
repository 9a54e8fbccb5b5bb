// The path template parser: the grammar, its ambiguities, its errors, and the vectors of other
// parsers.
#include "transcode/path_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runtime/transcode/vectors.h"

namespace protorest::transcode {
namespace {

using ::testing::HasSubstr;
using Kind = PathSegment::Kind;

PathTemplate Parse(std::string_view text) {
  PathTemplate path;
  PathTemplateError error;
  EXPECT_TRUE(ParsePathTemplate(text, path, error)) << text << ": " << error.ToString();
  return path;
}

PathTemplateError Refused(std::string_view text) {
  PathTemplate path;
  PathTemplateError error;
  EXPECT_FALSE(ParsePathTemplate(text, path, error)) << text;
  return error;
}

std::vector<std::string> Texts(const PathTemplate& path) {
  std::vector<std::string> texts;
  for (const PathSegment& segment : path.segments) {
    texts.push_back(segment.kind == Kind::kLiteral  ? segment.literal
                    : segment.kind == Kind::kSingle ? "*"
                                                    : "**");
  }
  return texts;
}

using Strings = std::vector<std::string>;

TEST(PathTemplate, SegmentsVariablesAndVerb) {
  const PathTemplate path = Parse("/v1/{shelf.name=shelves/*}/books/{book}:read");
  EXPECT_EQ(Texts(path), (Strings{"v1", "shelves", "*", "books", "*"}));
  ASSERT_EQ(path.variables.size(), 2u);
  EXPECT_EQ(path.variables[0], (PathVariable{"shelf.name", 1, 3}));
  EXPECT_EQ(path.variables[1], (PathVariable{"book", 4, 5}));
  EXPECT_EQ(path.verb, "read");
  EXPECT_TRUE(Parse("/").segments.empty());
}

TEST(PathTemplate, P1_VariableWithoutPatternIsOneSegment) {
  EXPECT_EQ(Parse("/a/{v}"), Parse("/a/{v=*}"));
  const PathTemplate path = Parse("/{v}");
  EXPECT_FALSE(IsMultiSegment(path, path.variables[0]));
}

TEST(PathTemplate, P2_P3_SeveralSegmentsOrDoubleWildcardAreMultiSegment) {
  for (const char* text : {"/{v=p/*}", "/{v=**}", "/{v=a/b}"}) {
    const PathTemplate path = Parse(text);
    EXPECT_TRUE(IsMultiSegment(path, path.variables[0])) << text;
  }
}

TEST(PathTemplate, P9_VerbIsSplitAtTheLastColonOfALiteral) {
  const PathTemplate path = Parse("/a:b:c");
  EXPECT_EQ(Texts(path), Strings{"a:b"});
  EXPECT_EQ(path.verb, "c");
}

TEST(PathTemplate, P9_WholeTextBehindAWildcardIsTheVerb) {
  EXPECT_EQ(Parse("/{x}:b:c").verb, "b:c");
  EXPECT_EQ(Parse("/**:b:c").verb, "b:c");
}

TEST(PathTemplate, P10_ColonInAnotherSegmentIsText) {
  EXPECT_EQ(Texts(Parse("/a:b/c")), (Strings{"a:b", "c"}));
  EXPECT_EQ(Texts(Parse("/{x=a:b/c}/d")), (Strings{"a:b", "c", "d"}));
  EXPECT_EQ(Texts(Parse("/{x=a:b}/d")), (Strings{"a:b", "d"}));
}

TEST(PathTemplate, P9_VerbWithinAVariableIsRefused) {
  EXPECT_THAT(Refused("/a/{x=var:verb}").message, HasSubstr("behind the variable"));
  EXPECT_THAT(Refused("/a/{x=*:verb}").message, HasSubstr("behind the variable"));
}

TEST(PathTemplate, P15_OneDoubleWildcardAnywhere) {
  EXPECT_EQ(Texts(Parse("/a/{x=b/**/c}/*/d")), (Strings{"a", "b", "**", "c", "*", "d"}));
  EXPECT_EQ(Texts(Parse("/**/{x}")), (Strings{"**", "*"}));
}

TEST(PathTemplate, P15_TwoDoubleWildcardsAreRefused) {
  const PathTemplateError error = Refused("/a/**/b/{x=c/**}");
  EXPECT_EQ(error.offset, 13u);
  EXPECT_THAT(error.message, HasSubstr("once in a template"));
}

TEST(PathTemplate, P15_NestedVariablesAreRefused) {
  const PathTemplateError error = Refused("/{a=b/{c}}");
  EXPECT_EQ(error.offset, 6u);
  EXPECT_THAT(error.message, HasSubstr("cannot hold another"));
}

TEST(PathTemplate, P18_LiteralsAreDecoded) {
  EXPECT_EQ(Texts(Parse("/a%20b/%2A/c%2fd")), (Strings{"a b", "*", "c/d"}));
  EXPECT_EQ(Parse("/%2A").segments[0].kind, Kind::kLiteral);
  EXPECT_EQ(Parse("/a:b%20c").verb, "b c");
}

TEST(PathTemplate, AFieldIsBoundOnce) {
  const PathTemplateError error = Refused("/{a}/{b}/{a}");
  EXPECT_EQ(error.offset, 9u);
  EXPECT_THAT(error.message, HasSubstr("bound already"));
}

TEST(PathTemplate, ErrorsSayWhereWhatAndTheMend) {
  struct Case {
    const char* text;
    std::size_t offset;
    const char* found;
    const char* mend;
  };
  const Case cases[] = {
      {"", 0, "found the end", "starts with"},
      {"v1/a", 0, "\"v1/a\"", "starts with"},
      {"/a/", 3, "found the end", "cannot be empty"},
      {"/a//b", 3, "\"/b\"", "cannot be empty"},
      {"/a{x}", 2, "\"{x}\"", "whole segment"},
      {"/{x}a", 4, "\"a\"", "can follow here"},
      {"/{x}{y}", 4, "\"{y}\"", "whole segment"},
      {"/a}", 2, "\"}\"", "whole segment"},
      {"/{a-b}", 3, "\"-b}\"", "{field}"},
      {"/{a..b}", 4, "\".b}\"", "field's name"},
      {"/{1a}", 2, "\"1a}\"", "field's name"},
      {"/{a", 3, "found the end", "{field}"},
      {"/***", 1, "\"***\"", "wildcard"},
      {"/a%2", 2, "\"%2\"", "two hex digits"},
      {"/a?b", 2, "\"?b\"", "a path has no query"},
      {"/a b", 2, "\" b\"", "escape it: \"%20\""},
      {"/a\u00e9b", 2, "\"\u00e9b\"", "escape it: \"%C3%A9\""},
      {"/a:", 3, "found the end", "verb's name"},
      {"/:v", 1, "\":v\"", "segment before"},
      {"/{x}:v/b", 6, "\"/b\"", "ends the template"},
      {"/{x}:{y}", 5, "\"{y}\"", "whole segment"},
  };
  for (const Case& c : cases) {
    const PathTemplateError error = Refused(c.text);
    EXPECT_EQ(error.offset, c.offset) << c.text;
    EXPECT_THAT(error.message, HasSubstr(c.found)) << c.text;
    EXPECT_THAT(error.message, HasSubstr(c.mend)) << c.text;
  }
  EXPECT_THAT(Refused("/a}").ToString(), HasSubstr("at 2: found"));
}

TEST(PathTemplate, NulIsRefused) {
  EXPECT_EQ(Refused(std::string_view("/a\0b", 4)).offset, 2u);
  EXPECT_EQ(Refused(std::string_view("/a\0", 3)).offset, 2u);
}

TEST(PathTemplate, P16_ShapeForgetsVariablesOnly) {
  EXPECT_EQ(PathShape(Parse("/a/{x}/{y=b/**}:v")), "/a/*/b/**:v");
  EXPECT_EQ(PathShape(Parse("/a/{z}/b/**:v")), "/a/*/b/**:v");
  EXPECT_EQ(PathShape(Parse("/")), "/");
  EXPECT_NE(PathShape(Parse("/%2A")), PathShape(Parse("/*")));
  EXPECT_NE(PathShape(Parse("/a%3Ab")), PathShape(Parse("/a:b")));
}

// Cases that contradict semantics.md, with the rule that decides.
constexpr std::pair<const char*, const char*> kExceptions[] = {
    {"templates-097", "P15: one ** anywhere; wildcards may follow it"},
    {"templates-098", "P15: one ** anywhere; literals and wildcards may follow it"},
    {"templates-132", "P9: a verb is text behind the last colon; contradicts templates-053 too"},
    {"templates-133",
     "P9: a colon in the last segment starts a verb; contradicts templates-061 too"},
};

TEST(PathTemplateVectors, AllHold) {
  const auto vectors = testing::ReadVectors("templates.json");
  PROTOREST_NEED_VECTORS(vectors);
  for (const auto& c : vectors["cases"]) {
    const std::string id = c["id"];
    const std::string text = c["template"];
    const bool valid = c["valid"].get<bool>() != testing::IsException(kExceptions, id);
    SCOPED_TRACE(id + " " + text);
    PathTemplate path;
    PathTemplateError error;
    ASSERT_EQ(ParsePathTemplate(text, path, error), valid) << error.message;
    if (!valid || !c["valid"].get<bool>()) continue;
    if (c.contains("segments")) {
      EXPECT_EQ(Texts(path), c["segments"].get<Strings>());
    }
    if (c.contains("verb")) {
      EXPECT_EQ(path.verb, c["verb"].get<std::string>());
    }
    if (c.contains("fields")) {
      Strings fields;
      for (const PathVariable& variable : path.variables) fields.push_back(variable.field_path);
      EXPECT_EQ(fields, c["fields"].get<Strings>());
    }
    if (c.contains("variables")) {
      const auto& wanted = c["variables"];
      ASSERT_EQ(path.variables.size(), wanted.size());
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::string name;
        for (const std::string part : wanted[i]["field_path"]) {
          name += (name.empty() ? "" : ".") + part;
        }
        int end = wanted[i]["end"];
        if (end < 0) end += static_cast<int>(path.segments.size()) + 1;
        EXPECT_EQ(path.variables[i], (PathVariable{name, wanted[i]["start"], end}));
      }
    }
  }
}

}  // namespace
}  // namespace protorest::transcode
