// What must hold across the declarations of a run.
#include "plugin/model/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string TwoRoutes(const std::string& first, const std::string& second) {
  return Proto3(
      "message M { string x = 1; string y = 2; }\nservice S {\n"
      "  rpc A(M) returns (M) { option (google.api.http) = {" +
      first +
      "}; }\n"
      "  rpc B(M) returns (M) { option (google.api.http) = {" +
      second + "}; }\n}\n");
}

TEST(Validate, P16_SameVerbAndShapeIsRefusedNamingBoth) {
  EXPECT_THAT(Check(TwoRoutes("get: \"/a/{x}\"", "get: \"/a/{y=*}\"")).errors(),
              ElementsAre("test.proto:7:26: B: GET /a/{y=*} matches the same requests as "
                          "GET /a/{x} of test.S.A (test.proto:6:26); change the verb or the path "
                          "of one of them"));
}

TEST(Validate, P16_OtherVerbsAndShapesAreOtherRoutes) {
  for (const auto& [first, second] : std::initializer_list<std::pair<const char*, const char*>>{
           {"get: \"/a/{x}\"", "delete: \"/a/{x}\""},
           {"get: \"/a/{x}\"", "get: \"/a/{x}:verb\""},
           {"get: \"/a/{x}\"", "get: \"/a/{x=**}\""},
           {"get: \"/a/{x}\"", "get: \"/a/b\""},
           {"get: \"/a/{x}\"", "custom {kind: \"*\" path: \"/a/{x}\"}"},
       }) {
    EXPECT_THAT(Check(TwoRoutes(first, second)).errors(), ElementsAre()) << second;
  }
}

TEST(Validate, P16_AcrossServicesOfOneRun) {
  const auto file = [](const std::string& service) {
    return "syntax = \"proto3\"; package " + service +
           "; import \"google/api/annotations.proto\"; message M {} service S { rpc A(M) returns "
           "(M) "
           "{ option (google.api.http) = {get: \"/a\"}; } }";
  };
  const Texts texts = {{"a.proto", file("a")}, {"b.proto", file("b")}};
  EXPECT_THAT(Generate(texts, {"a.proto", "b.proto"}).error, HasSubstr("of a.S.A (a.proto:1:"));
  EXPECT_EQ(Generate(texts, {"a.proto"}).error, "");
}

TEST(Validate, Q22_TwoFieldsOfOneJsonNameAreRefused) {
  EXPECT_THAT(
      Check("syntax = \"proto2\"; package test; message M { message Inner {"
            " optional int32 a_b = 1; oneof o { int32 aB = 2; } } }")
          .errors(),
      ElementsAre(HasSubstr("Inner: fields \"a_b\" and \"aB\" have one JSON name, \"aB\"")));
}

TEST(Validate, MessageNamedLikeAGeneratedClassIsRefused) {
  for (const char* name : {"SHandler", "SAsyncHandler", "SProxy"}) {
    EXPECT_THAT(Check(Proto3("message " + std::string(name) + " {} service S {}")).errors(),
                ElementsAre(HasSubstr("has a class of this name")))
        << name;
  }
  EXPECT_THAT(Check(Proto3("message SHandlers {} service S {}")).errors(), ElementsAre());
  EXPECT_THAT(Check(Proto3("enum SProxy { ZERO = 0; } service S {}")).errors(),
              ElementsAre(HasSubstr("has a class of this name; rename the enum")));
  EXPECT_THAT(Check(Proto3("service S {} service SAsync {}")).errors(),
              ElementsAre(HasSubstr("SAsyncHandler: the code of service SAsync has a class of this "
                                    "name, and so has that of S; rename one of the services")));
}

TEST(Validate, LiteFilesAreRefused) {
  EXPECT_THAT(
      Check("syntax = \"proto3\"; option optimize_for = LITE_RUNTIME; message M {}").errors(),
      ElementsAre(HasSubstr("test.proto: option optimize_for = LITE_RUNTIME")));
}

}  // namespace
}  // namespace protorest::plugin::test
