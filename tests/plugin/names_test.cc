// C++ spellings, comments and names of files.
#include "plugin/emit/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/cpp_text.h"
#include "plugin/emit/comments.h"

namespace protorest::plugin {
namespace {

using testing::ElementsAre;

TEST(Names, KeywordsAndMacrosGetAnUnderscore) {
  for (const char* name : {"delete", "co_await", "xor_eq", "BIG_ENDIAN", "EOF", "major", "NULL"}) {
    EXPECT_EQ(CppIdentifier(name), std::string(name) + "_");
  }
  for (const char* name : {"GetUser", "Delete", "eof", "", "Invoke"}) {
    EXPECT_EQ(CppIdentifier(name), name);
  }
}

TEST(Names, TextIsEscapedForLiterals) {
  EXPECT_EQ(CppEscape("a\"b\\c\n\x01"), "a\\\"b\\\\c\\n\\001");
  EXPECT_EQ(CppEscape("a?"
                      "?/?"),
            "a?\\?/?");
}

TEST(Names, BaseNameIsTheProtoWithoutItsEnding) {
  File file;
  file.path = "a/b.proto";
  EXPECT_EQ(BaseName(file), "a/b");
  file.path = "a/b.protodevel";
  EXPECT_EQ(BaseName(file), "a/b");
  file.path = "a/b.txt";
  EXPECT_EQ(BaseName(file), "a/b.txt");
}

TEST(Names, OpenApiIsNamedAfterTheOnlyFile) {
  Api api;
  for (const char* path : {"imported.proto", "v1/one.proto"}) {
    api.files.push_back(std::make_unique<File>());
    api.files.back()->path = path;
  }
  api.files[1]->generate = true;
  EXPECT_EQ(OpenApiName(api, {}), "v1/one");
  api.files[0]->generate = true;
  EXPECT_EQ(OpenApiName(api, {}), "api");
  Options options;
  options.openapi_name = "mine";
  EXPECT_EQ(OpenApiName(api, options), "mine");
}

TEST(Names, LiteralsAreEscaped) {
  EXPECT_EQ(CppEscape("a\"b\\c\n"), "a\\\"b\\\\c\\n");
  // A digit behind an escape stays a digit.
  EXPECT_EQ(CppEscape(std::string("\0011\x7f", 3)), "\\0011\\177");
  EXPECT_EQ(CppEscape("ünï"), "ünï");
}

TEST(Comments, StayComments) {
  EXPECT_THAT(CommentLines("one\n\ntwo"), ElementsAre(" one", "", " two"));
  EXPECT_THAT(CommentLines("ends \\"), ElementsAre(" ends \\."));
  EXPECT_THAT(CommentLines("trigraph ?\?/"), ElementsAre(" trigraph ?\?/."));
  EXPECT_THAT(CommentLines("a\rb\x1f"), ElementsAre(" a b"));
  EXPECT_THAT(CommentLines(""), ElementsAre());
}

TEST(Comments, DirectionMarksAreWrittenOut) {
  EXPECT_EQ(EscapeDirectionMarks("a\u202Eb\u2066c\u2069"), "a\\u202Eb\\u2066c\\u2069");
  // Their neighbours are not marks.
  EXPECT_EQ(EscapeDirectionMarks("\u2029\u202F\u2065\u206A\xE2\x80"),
            "\u2029\u202F\u2065\u206A\xE2\x80");
}

}  // namespace
}  // namespace protorest::plugin
