// Changes that break the clients of an older version, and changes that do not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "plugin/breaking/compare.h"
#include "plugin/breaking/rules.h"
#include "plugin/model/bindings.h"
#include "plugin/model/build.h"
#include "tests/plugin/breaking/changes.h"
#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

Api Model(Texts texts, const std::vector<std::string>& names, const Options& options = {}) {
  std::ifstream validate(PROTOREST_VALIDATE_DIR "/buf/validate/validate.proto");
  texts["buf/validate/validate.proto"] = {std::istreambuf_iterator<char>(validate), {}};
  Protos protos(std::move(texts));
  Api api = BuildApi(protos.Files(names), options);
  Diagnostics ignored;
  ResolveBindings(api, ignored);
  return api;
}

// Methods without a rule are not served.
Options OnlyBound() {
  Options options;
  options.unbound = Unbound::kSkip;
  return options;
}

Diagnostics Compare(const Api& was, const Api& is, bool warn = false) {
  Diagnostics diagnostics;
  breaking::FindBreakingChanges(was, is, "old.binpb", warn, diagnostics);
  return diagnostics;
}

Api Declarations(const std::string& syntax, const std::string& text) {
  return Model({{"test.proto", "syntax = \"" + syntax +
                                   "\"; package test; import \"google/api/annotations.proto\"; "
                                   "import \"google/api/field_behavior.proto\"; "
                                   "import \"google/protobuf/any.proto\"; "
                                   "import \"google/protobuf/duration.proto\"; "
                                   "import \"google/protobuf/timestamp.proto\"; "
                                   "import \"protorest/options.proto\"; "
                                   "import \"buf/validate/validate.proto\";\n" +
                                   text}},
               {"test.proto"});
}

// The rule's name in `users.proto:5:3: User.age: field_removed: field …`.
std::string RuleOf(const std::string& error) {
  std::istringstream words(error);
  for (std::string word; words >> word;) {
    if (!word.ends_with(':')) continue;
    word.pop_back();
    if (breaking::DescribeRules().find("| `" + word + "` |") != std::string::npos) return word;
  }
  return error;
}

std::vector<std::string> RulesOf(const Diagnostics& diagnostics) {
  std::vector<std::string> rules;
  for (const std::string& error : diagnostics.errors()) rules.push_back(RuleOf(error));
  return rules;
}

void GoThrough(std::span<const Change> changes, const std::string& syntax) {
  for (const Change& change : changes) {
    std::istringstream words(change.rules);
    const std::vector<std::string> expected(std::istream_iterator<std::string>(words), {});
    const Diagnostics found =
        Compare(Declarations(syntax, change.was), Declarations(syntax, change.is));
    EXPECT_THAT(RulesOf(found), UnorderedElementsAreArray(expected))
        << change.what << "\n  " << testing::PrintToString(found.errors());
    EXPECT_THAT(found.warnings(), IsEmpty()) << change.what;
  }
}

TEST(Breaking, Messages) { GoThrough(MessageChanges(), "proto3"); }
TEST(Breaking, Proto2) { GoThrough(Proto2Changes(), "proto2"); }
TEST(Breaking, Services) { GoThrough(ServiceChanges(), "proto3"); }
TEST(Breaking, Validation) { GoThrough(ValidationChanges(), "proto3"); }

// The two rules about files have tests of their own, below, and so has what the syntax decides.
TEST(Breaking, EachRuleIsInATable) {
  std::set<std::string> missing = {"file_removed", "package_changed", "enum_closed"};
  std::string seen;
  for (const auto& changes :
       {MessageChanges(), Proto2Changes(), ServiceChanges(), ValidationChanges()}) {
    for (const Change& change : changes) seen += std::string(" ") + change.rules + " ";
  }
  std::istringstream table(breaking::DescribeRules());
  for (std::string line; std::getline(table, line);) {
    if (!line.starts_with("| `")) continue;
    const std::string name = line.substr(3, line.find('`', 3) - 3);
    EXPECT_TRUE(seen.find(" " + name + " ") != std::string::npos || missing.contains(name)) << name;
  }
}

Texts Enum(const std::string& syntax) {
  return {{"test.proto", "syntax = \"" + syntax + "\"; enum E { Z = 0; }"}};
}

TEST(Breaking, EnumThatBecomesClosed) {
  const std::vector<std::string> names = {"test.proto"};
  EXPECT_THAT(RulesOf(Compare(Model(Enum("proto3"), names), Model(Enum("proto2"), names))),
              ElementsAre("enum_closed"));
  EXPECT_THAT(RulesOf(Compare(Model(Enum("proto2"), names), Model(Enum("proto3"), names))),
              IsEmpty());
}

TEST(Breaking, PackageIsToldOnceAndWhatIsInItIsStillCompared) {
  const auto in = [](const std::string& package, const std::string& type) {
    return Model({{"test.proto", "syntax = \"proto3\"; package " + package +
                                     "; message M { N n = 1; } message N { " + type +
                                     " a = 1; } service S { rpc A(M) returns (N); }"}},
                 {"test.proto"}, OnlyBound());
  };
  EXPECT_THAT(RulesOf(Compare(in("a.v1", "int32"), in("a.v2", "int32"))),
              ElementsAre("package_changed"));
  EXPECT_THAT(RulesOf(Compare(in("a.v1", "int32"), in("a.v2", "int64"))),
              ElementsAre("package_changed", "field_json_type_changed"));
}

constexpr char kBook[] = "syntax = \"proto3\"; package lib; message Book { string title = 1; }";
constexpr char kShelf[] =
    "syntax = \"proto3\"; package lib; import \"book.proto\"; message Shelf { Book book = 1; }";

TEST(Breaking, FileOfAGeneratedPackageIsGone) {
  const Api was =
      Model({{"book.proto", kBook}, {"shelf.proto", kShelf}}, {"book.proto", "shelf.proto"});
  EXPECT_THAT(RulesOf(Compare(was, Model({{"book.proto", kBook}}, {"book.proto"}))),
              ElementsAre("file_removed"));
}

TEST(Breaking, FileIsRenamedOrItsDeclarationsMove) {
  const Api was =
      Model({{"book.proto", kBook}, {"shelf.proto", kShelf}}, {"book.proto", "shelf.proto"});
  const Api is = Model({{"all.proto",
                         "syntax = \"proto3\"; package lib; message Book { string title = 1; } "
                         "message Shelf { Book book = 1; }"}},
                       {"all.proto"});
  EXPECT_THAT(RulesOf(Compare(was, is)), IsEmpty());
}

TEST(Breaking, FilesOfOtherPackagesAreOtherRunsBusiness) {
  const Api was = Model(
      {{"book.proto", kBook}, {"other.proto", "syntax = \"proto3\"; package other; message M {}"}},
      {"book.proto", "other.proto"});
  EXPECT_THAT(RulesOf(Compare(was, Model({{"book.proto", kBook}}, {"book.proto"}))), IsEmpty());
}

TEST(Breaking, ImportedTypesAreComparedWhereTheyAreUsed) {
  const auto model = [](const std::string& fields) {
    return Model({{"money.proto", "syntax = \"proto3\"; package money; message Money { " + fields +
                                      " } message Unused { " + fields + " }"},
                  {"shop.proto",
                   "syntax = \"proto3\"; package shop; import \"money.proto\"; "
                   "message Price { money.Money money = 1; }"}},
                 {"shop.proto"});
  };
  const Diagnostics found = Compare(model("int64 units = 1;"), model("int32 units = 1;"));
  EXPECT_THAT(RulesOf(found), ElementsAre("field_json_type_changed"));
  EXPECT_THAT(found.errors()[0], testing::StartsWith("money.proto:1:"));
}

TEST(Breaking, MethodIsNoLongerServedOverRest) {
  const Texts texts = {{"test.proto",
                        "syntax = \"proto3\"; package test; message M {} "
                        "service S { rpc A(M) returns (M); }"}};
  const Api was = Model(texts, {"test.proto"});
  const Api is = Model(texts, {"test.proto"}, OnlyBound());
  EXPECT_THAT(RulesOf(Compare(was, is)), ElementsAre("http_binding_removed"));
  EXPECT_THAT(RulesOf(Compare(is, was)), IsEmpty());
}

TEST(Breaking, WhatIsNoneOfTheRunsFilesIsNoGate) {
  const Api was =
      Model({{"other.proto", "syntax = \"proto3\"; package other; message M {}"}}, {"other.proto"});
  const Diagnostics found = Compare(was, Model({{"book.proto", kBook}}, {"book.proto"}));
  EXPECT_THAT(found.warnings(), ElementsAre(HasSubstr("old.binpb holds none of the files")));
  EXPECT_TRUE(found.ok());
}

TEST(Breaking, WarningsLetTheRunGoOn) {
  const Api was = Model({{"book.proto", kBook}}, {"book.proto"});
  const Api is =
      Model({{"book.proto", "syntax = \"proto3\"; package lib; message Book {}"}}, {"book.proto"});
  const Diagnostics found = Compare(was, is, /*warn=*/true);
  EXPECT_TRUE(found.ok());
  EXPECT_THAT(found.warnings(),
              ElementsAre("book.proto:1:33: warning: Book: field_removed: field title = 1 is gone "
                          "(old.binpb: book.proto:1:48); keep it, deprecated, or write reserved 1; "
                          "reserved \"title\";"));
}

// docs/breaking_changes.md has the table that protoc-gen-rest --breaking-rules prints.
TEST(Breaking, DocumentHasTheTableOfRules) {
  std::ifstream file(PROTOREST_DOCS "/breaking_changes.md");
  const std::string document(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(document, HasSubstr(breaking::DescribeRules()));
}

}  // namespace
}  // namespace protorest::plugin::test
