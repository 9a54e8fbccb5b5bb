// Which rule of service-config files a method gets, and that all that is generated has it. What the
// files get wrong is in the goldens error_service_config and error_service_config_yaml.
#include "plugin/model/service_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/plugin/support.h"

namespace protorest::plugin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A file of this name with these entries of http.rules.
std::string Write(const std::string& name, const std::string& rules) {
  std::string path = testing::TempDir() + name;
  std::ofstream(path) << "type: google.api.Service\nhttp: {rules: [" << rules << "]}\n";
  return path;
}

ServiceConfig Read(const std::vector<std::string>& files) {
  ServiceConfig config;
  Diagnostics diagnostics;
  for (const std::string& file : files) config.Read(file, diagnostics);
  EXPECT_THAT(diagnostics.errors(), IsEmpty());
  return config;
}

std::string PathOf(const ServiceConfig& config, std::string_view method) {
  const HttpRule* rule = config.Find(method);
  return rule == nullptr ? "(none)" : rule->path;
}

TEST(ServiceConfig, LastRuleThatSelectsAMethodWins) {
  const ServiceConfig config = Read({Write("order.yaml",
                                           "{selector: a.B.C, get: /first}, {selector: a.B.C, get: "
                                           "/second}, {selector: a.B.D, get: /exact}, {selector: "
                                           "a.B.*, get: /all}, {selector: a.B.E, get: /own}")});
  EXPECT_EQ(PathOf(config, "a.B.C"), "/all");
  EXPECT_EQ(PathOf(config, "a.B.D"), "/all");
  EXPECT_EQ(PathOf(config, "a.B.E"), "/own");
}

TEST(ServiceConfig, LastFileWins) {
  const std::string one = Write("one.yaml", "{selector: a.B.C, get: /one}");
  const std::string two = Write("two.yaml", "{selector: a.B.C, get: /two}");
  EXPECT_EQ(PathOf(Read({one, two}), "a.B.C"), "/two");
  EXPECT_EQ(PathOf(Read({two, one}), "a.B.C"), "/one");
}

TEST(ServiceConfig, StarStandsForWholeNamesOfAnyDepth) {
  const ServiceConfig config = Read({Write("star.yaml", "{selector: a.b.*, get: /b}")});
  EXPECT_EQ(PathOf(config, "a.b.C.D"), "/b");
  EXPECT_EQ(PathOf(config, "a.b.c.D.E"), "/b");
  EXPECT_EQ(PathOf(config, "a.bc.C.D"), "(none)");
  EXPECT_EQ(PathOf(config, "a.B.D"), "(none)");
  EXPECT_EQ(PathOf(Read({Write("all.yaml", "{selector: '*', get: /all}")}), "x.Y.Z"), "/all");
}

TEST(ServiceConfig, SelectorMayBeAList) {
  const ServiceConfig config = Read({Write("list.yaml", "{selector: 'a.B.C, a.B.D', get: /both}")});
  EXPECT_EQ(PathOf(config, "a.B.C"), "/both");
  EXPECT_EQ(PathOf(config, "a.B.D"), "/both");
}

// The selectors of services that only imported files declare are known, and change nothing here.
TEST(ServiceConfig, ServicesOfImportsAreKnown) {
  const std::string file = Write("imports.yaml", "{selector: test.Other.A, get: /other}");
  const test::Texts texts = {
      {"b.proto", test::Proto3("message M {} service Other { rpc A(M) returns (M); }")},
      {"a.proto",
       "syntax = \"proto3\"; package a; import \"b.proto\"; message A { test.M m = 1; }"}};
  EXPECT_EQ(test::Generate(texts, {"a.proto"}, "service_config=" + file).error, "");
  EXPECT_THAT(
      test::Generate({{"a.proto", "syntax = \"proto3\";"}}, {"a.proto"}, "service_config=" + file)
          .error,
      HasSubstr("no service \"test.Other\" in this run"));
}

TEST(ServiceConfig, HandlersAndOpenApiHaveTheSameRoutes) {
  const std::string file = Write("agree.yaml",
                                 "{selector: test.S.A, put: '/v9/{x}', body: '*', "
                                 "additional_bindings: [{get: '/v9/{x}:look'}]}");
  const test::Texts files =
      test::Generate({{"a.proto", test::Proto3("message M { string x = 1; } service S { rpc A(M) "
                                               "returns (M) { option (google.api.http) = {get: "
                                               "\"/annotated\"}; } }")}},
                     {"a.proto"}, "service_config=" + file)
          .files;
  for (const char* name : {"a.rest.pb.cc", "a.openapi.yaml", "a.openapi.json"}) {
    EXPECT_THAT(files.at(name), HasSubstr("/v9/{x}:look")) << name;
    EXPECT_THAT(files.at(name), Not(HasSubstr("/annotated"))) << name;
  }
  EXPECT_THAT(files.at("a.rest.pb.cc"), HasSubstr(R"({"PUT", "/v9/{x}", "*", ""})"));
}

}  // namespace
}  // namespace protorest::plugin
