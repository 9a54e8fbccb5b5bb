// The generator as a whole: same input, same bytes; how long the code is; what goes wrong when.
#include "plugin/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string ServiceWith(int methods) {
  std::string text =
      "message Request { string id = 1; } message Response { string id = 1; }\n"
      "// The service.\nservice Service {\n";
  for (int i = 0; i < methods; ++i) {
    const std::string n = std::to_string(i);
    text += "  // Does what number " + n + " does.\n  rpc Method" + n + "(" +
            (i % 4 / 2 ? "stream " : "") + "Request) returns (" + (i % 2 ? "stream " : "") +
            "Response) { option (google.api.http) = {post: \"/v1/method" + n +
            "\" body: \"*\"}; }\n";
  }
  return Proto3(text + "}\n");
}

auto Lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

// At most 25 + 25 lines per RPC (comment included), of all four kinds.
TEST(Generator, CodeIsShort) {
  constexpr int kMethods = 8;
  const std::string parameter = "openapi=false";
  const Texts none = Generate({{"a.proto", ServiceWith(0)}}, {"a.proto"}, parameter).files;
  const Texts many = Generate({{"a.proto", ServiceWith(kMethods)}}, {"a.proto"}, parameter).files;
  for (const char* name : {"a.rest.pb.h", "a.rest.pb.cc"}) {
    EXPECT_LE(Lines(many.at(name)) - Lines(none.at(name)), 25 * kMethods) << name;
  }
}

// The same of the golden that readers look at first: long names, and lines broken for them. The
// document at its end is data, with a line for each operation and each component.
TEST(Generator, CodeOfTheUsersGoldenIsShort) {
  constexpr int kMethods = 5;
  const Texts none = Generate({{"a.proto", ServiceWith(0)}}, {"a.proto"}, "openapi=false").files;
  for (const std::string ending : {".rest.pb.h", ".rest.pb.cc"}) {
    std::ifstream golden(PROTOREST_GOLDEN_DIR "/users/expected/users" + ending);
    const std::string text(std::istreambuf_iterator<char>(golden), {});
    ASSERT_NE(text, "");
    const std::string code = text.substr(0, text.find("R\"openapi("));
    EXPECT_LE(Lines(code) - Lines(none.at("a" + ending)), 25 * kMethods) << ending;
  }
}

TEST(Generator, SameInputSameBytes) {
  const Texts texts = {{"a.proto", ServiceWith(5)}};
  EXPECT_EQ(Generate(texts, {"a.proto"}).files, Generate(texts, {"a.proto"}).files);
}

TEST(Generator, OtherFilesAndTheirOrderDoNotChangeAFile) {
  const Texts texts = {{"a.proto", ServiceWith(3)},
                       {"b.proto", "syntax = \"proto3\"; package b; message B {}"},
                       {"c.proto",
                        "syntax = \"proto3\"; package c; import \"b.proto\"; "
                        "message C { b.B b = 1; }"}};
  const Texts alone = Generate(texts, {"a.proto"}).files;
  for (const auto& names : std::initializer_list<std::vector<std::string>>{
           {"a.proto", "b.proto", "c.proto"}, {"c.proto", "b.proto", "a.proto"}}) {
    const Texts together = Generate(texts, names).files;
    for (const auto& [name, text] : alone) {
      // The OpenAPI document is that of the run, and says what all files hold.
      if (name.find(".openapi.") != name.npos) continue;
      EXPECT_EQ(together.at(name), text) << name;
    }
  }
}

TEST(Generator, FileWithoutServicesGetsItsFilesToo) {
  const Texts files =
      Generate({{"a.proto", "syntax = \"proto3\"; message M {}"}}, {"a.proto"}).files;
  EXPECT_THAT(files.at("a.rest.pb.h"), HasSubstr("a.proto declares no service"));
  EXPECT_TRUE(files.contains("a.rest.pb.cc"));
}

TEST(Generator, WithoutGrpcThereIsNoTraceOfIt) {
  const Texts files = Generate({{"a.proto", ServiceWith(4)}}, {"a.proto"}, "grpc=false").files;
  for (const char* name : {"a.rest.pb.h", "a.rest.pb.cc"}) {
    EXPECT_THAT(files.at(name), Not(HasSubstr("grpc"))) << name;
    EXPECT_THAT(files.at(name), Not(HasSubstr("Proxy"))) << name;
  }
}

TEST(Generator, NothingIsWrittenWhenSomethingIsWrong) {
  const Generated result =
      Generate({{"a.proto", Proto3("message M {} service S { rpc A(M) returns (M) "
                                   "{ option (google.api.http) = {get: \"/{x}\"}; } }")}},
               {"a.proto"});
  EXPECT_THAT(result.error, testing::StartsWith("1 error\na.proto:4:"));
  EXPECT_TRUE(result.files.empty());
}

TEST(Generator, FolderOfTemplatesMustBeThere) {
  const Generated result = Generate({{"a.proto", "syntax = \"proto3\"; message M {}"}}, {"a.proto"},
                                    "templates=/no/such/folder");
  EXPECT_THAT(result.error, HasSubstr("templates=/no/such/folder names no folder"));
}

TEST(Generator, Proto3OptionalIsSupported) {
  EXPECT_NE(Generator().GetSupportedFeatures() & Generator::FEATURE_PROTO3_OPTIONAL, 0U);
}

}  // namespace
}  // namespace protorest::plugin::test
