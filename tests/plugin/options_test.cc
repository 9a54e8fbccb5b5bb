// The table of parameters.
#include "plugin/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace protorest::plugin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Options Parse(std::string_view text) {
  Diagnostics diagnostics;
  Options options = ParseOptions(text, diagnostics);
  EXPECT_THAT(diagnostics.errors(), ElementsAre());
  return options;
}

std::vector<std::string> Errors(std::string_view text) {
  Diagnostics diagnostics;
  ParseOptions(text, diagnostics);
  return diagnostics.errors();
}

TEST(Options, DefaultsGenerateEverything) {
  const Options options = Parse("");
  EXPECT_TRUE(options.grpc);
  EXPECT_TRUE(options.json);
  EXPECT_TRUE(options.openapi);
  EXPECT_EQ(options.openapi_settings.errors, ErrorFormat::kStatus);
  EXPECT_EQ(options.openapi_settings.json, protorest::openapi::JsonForm());
  EXPECT_EQ(options.openapi_version, OpenApiVersion::k3_1);
  EXPECT_EQ(options.openapi_per, OpenApiPer::kRun);
  EXPECT_EQ(options.openapi_name, "");
  EXPECT_EQ(options.unbound, Unbound::kPost);
  EXPECT_EQ(options.templates, "");
  EXPECT_EQ(options.breaking_against, "");
}

TEST(Options, EachParameterIsRead) {
  const Options options = Parse(
      "grpc=false,json=false,rest=false,openapi=false,openapi_out=docs/"
      "all,unbound=skip,templates=a/"
      "b,error_format=problem,"
      "service_config=a.yaml,service_config=b.yaml");
  EXPECT_FALSE(options.grpc);
  EXPECT_EQ(options.openapi_settings.errors, ErrorFormat::kProblem);
  EXPECT_FALSE(options.json);
  EXPECT_FALSE(options.rest);
  EXPECT_FALSE(options.openapi);
  EXPECT_EQ(options.openapi_name, "docs/all");
  EXPECT_EQ(options.unbound, Unbound::kSkip);
  EXPECT_EQ(options.templates, "a/b");
  EXPECT_THAT(options.service_configs, ElementsAre("a.yaml", "b.yaml"));
}

TEST(Options, LabelsOfVisibility) {
  EXPECT_THAT(Parse("visibility=PREVIEW:TRUSTED").visibility, ElementsAre("PREVIEW", "TRUSTED"));
  EXPECT_THAT(Errors("visibility=A::B"), ElementsAre(HasSubstr("write visibility=LABEL:LABEL")));
}

TEST(Options, WhatDocumentsAreLike) {
  const Options options = Parse(
      "openapi=3.2,openapi_per=service,openapi_base=base.yaml,operation_id={method},"
      "openapi_media=all,json_names=proto,json_enums=number,json_int64=number");
  EXPECT_TRUE(options.openapi);
  EXPECT_EQ(options.openapi_version, OpenApiVersion::k3_2);
  EXPECT_EQ(options.openapi_per, OpenApiPer::kService);
  EXPECT_EQ(options.openapi_base, "base.yaml");
  EXPECT_EQ(options.operation_id, "{method}");
  EXPECT_TRUE(options.openapi_media);
  EXPECT_EQ(options.openapi_settings.json, (protorest::openapi::JsonForm{true, true, true}));
  EXPECT_EQ(Parse("openapi=3.0").openapi_version, OpenApiVersion::k3_0);
  EXPECT_THAT(Errors("operation_id={Service},openapi=2.0"),
              ElementsAre(HasSubstr("write operation_id=PATTERN"),
                          HasSubstr("write openapi=3.0|3.1|3.2|true|false")));
}

TEST(Options, OlderVersion) {
  const Options options =
      Parse("breaking_against=old.binpb,breaking=warn,breaking_service_config=old.yaml");
  EXPECT_EQ(options.breaking_against, "old.binpb");
  EXPECT_EQ(options.breaking, Breaking::kWarn);
  EXPECT_THAT(options.breaking_service_configs, ElementsAre("old.yaml"));
  EXPECT_EQ(Parse("breaking_against=old.binpb").breaking, std::nullopt);
}

TEST(Options, HowToReportNeedsWhatToCompare) {
  EXPECT_THAT(Errors("breaking=warn"),
              ElementsAre("--rest_opt: breaking means nothing without an older version; write "
                          "breaking_against=FILE too"));
  EXPECT_THAT(Errors("breaking_service_config=a.yaml"),
              ElementsAre(HasSubstr("breaking_service_config means nothing without")));
  EXPECT_THAT(Errors("breaking=maybe,breaking_against=a"),
              ElementsAre(HasSubstr("write breaking=error|warn")));
}

TEST(Options, BareNameOfASwitchTurnsItOn) { EXPECT_TRUE(Parse("grpc=false,grpc").grpc); }

TEST(Options, UnknownParameterIsAnErrorWithANearName) {
  EXPECT_THAT(Errors("gprc=true"),
              ElementsAre(HasSubstr("unknown parameter \"gprc\"; did you mean \"grpc\"?")));
  EXPECT_THAT(Errors("colour=red"), ElementsAre(testing::Not(HasSubstr("did you mean"))));
}

TEST(Options, WrongValueIsAnErrorWithTheRightOnes) {
  EXPECT_THAT(Errors("operation_id={Bogus}_{Method}"),
              ElementsAre(HasSubstr("write operation_id=PATTERN")));
  EXPECT_THAT(Errors("unbound=drop,grpc=yes"), ElementsAre(HasSubstr("write unbound=post|skip"),
                                                           HasSubstr("write grpc=true|false")));
}

// docs/generated_code.md has what --help prints.
TEST(Options, DocumentHasTheParameters) {
  std::ifstream file(PROTOREST_DOCS "/generated_code.md");
  const std::string document(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(document, HasSubstr(DescribeOptions()));
}

}  // namespace
}  // namespace protorest::plugin
