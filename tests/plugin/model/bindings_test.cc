// Rules resolved, and what is refused of them.
#include "plugin/model/bindings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/model/build.h"
#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kMessages[] =
    "import \"google/protobuf/timestamp.proto\"; import \"google/protobuf/struct.proto\";"
    "message Book { string name = 1; google.protobuf.Struct extra = 2; }"
    "message Request { string id = 1; Book book = 2; repeated string tags = 3;"
    "  map<string, string> labels = 4; google.protobuf.Timestamp since = 5; bytes raw = 6; int32 "
    "size = 7; }\n";

std::string WithRule(const std::string& rule, const std::string& request = "Request") {
  return Proto3(kMessages + ("service S {\n  rpc Call(" + request + ") returns (Request) {\n" +
                             "    option (google.api.http) = {" + rule + "};\n  }\n}\n"));
}

std::vector<std::string> Errors(const std::string& rule) { return Check(WithRule(rule)).errors(); }

TEST(ResolveBindings, VariablesPointAtTheirFields) {
  Api api =
      Build(WithRule("put: \"/v1/{book.name=shelves/*/**}/{since}:move\" body: \"book\" "
                     "response_body: \"tags\""));
  Diagnostics diagnostics;
  ResolveBindings(api, diagnostics);
  EXPECT_THAT(diagnostics.errors(), ElementsAre());
  const HttpBinding& binding = api.files.back()->services[0].methods[0].bindings[0];
  const Message& request = FindMessage(api, "test.Request");
  ASSERT_EQ(binding.segments.size(), 5U);
  EXPECT_EQ(binding.segments[1].literal, "shelves");
  EXPECT_EQ(binding.segments[3].kind, PathSegment::Kind::kMulti);
  EXPECT_EQ(binding.path_verb, "move");
  ASSERT_EQ(binding.variables.size(), 2U);
  EXPECT_THAT(binding.variables[0].fields,
              ElementsAre(&request.fields[1], &request.fields[1].message->fields[0]));
  EXPECT_EQ(binding.variables[0].begin, 1);
  EXPECT_EQ(binding.variables[0].end, 4);
  EXPECT_THAT(binding.variables[1].fields, ElementsAre(&request.fields[4]));
  EXPECT_EQ(binding.body_field, &request.fields[1]);
  EXPECT_EQ(binding.response_body_field, &request.fields[2]);
}

TEST(ResolveBindings, ErrorsPointAtTheOption) {
  EXPECT_THAT(Errors("get: \"/{idd}\""),
              ElementsAre("test.proto:7:5: Call: path variable \"idd\" is not a field of Request; "
                          "did you mean \"id\"?"));
}

struct Refusal {
  const char* rule;
  const char* error;
};

TEST(ResolveBindings, P17_VariablesOfWrongTypesAreRefused) {
  for (const auto& [rule, error] : std::initializer_list<Refusal>{
           {"get: \"/{tags}\"", "\"tags\" is repeated"},
           {"get: \"/{labels}\"", "\"labels\" is a map"},
           {"get: \"/{book}\"", "bind a scalar field of it: {book.…}"},
           {"get: \"/{book.extra}\"", "leave it to the query or the body"},
           {"get: \"/{tags.x}\"", "leads through \"tags\", which is repeated"},
           {"get: \"/{labels.x}\"", "leads through \"labels\", which is a map"},
           {"get: \"/{id.x}\"", "leads through \"id\", which is a scalar"},
           {"get: \"/{size=sizes/*}\"", "no value of it holds a \"/\"; write {size}"},
           {"get: \"/{since.seconds}\"", "which is one value, a google.protobuf.Timestamp"},
       }) {
    EXPECT_THAT(Errors(rule), ElementsAre(HasSubstr(error))) << rule;
  }
  EXPECT_THAT(Errors("get: \"/{since}/{raw}/{book.name}/{size=**}\""), ElementsAre());
}

TEST(ResolveBindings, P15_TwoDoubleWildcardsAndNestedVariablesAreRefused) {
  EXPECT_THAT(Errors("get: \"/**/**\""), ElementsAre(HasSubstr("\"**\" can stand once")));
  EXPECT_THAT(Errors("get: \"/{id={raw}}\""), ElementsAre(HasSubstr("cannot hold another")));
}

TEST(ResolveBindings, P26_NestedAdditionalBindingsAreRefused) {
  EXPECT_THAT(Errors("get: \"/a\" additional_bindings {get: \"/b\" additional_bindings "
                     "{get: \"/c\"}}"),
              ElementsAre(HasSubstr("additional_bindings of its own")));
}

TEST(ResolveBindings, B16_DottedBodyIsRefused) {
  EXPECT_THAT(Errors("post: \"/a\" body: \"book.name\" response_body: \"book.name\""),
              ElementsAre(HasSubstr("body \"book.name\" is a path"),
                          HasSubstr("response_body \"book.name\" is a path")));
}

TEST(ResolveBindings, UnknownBodyIsRefusedWithANearName) {
  EXPECT_THAT(
      Errors("post: \"/a\" body: \"bok\""),
      ElementsAre(HasSubstr("body \"bok\" is not a field of Request; did you mean \"book\"?")));
  EXPECT_THAT(Errors("post: \"/a\" response_body: \"*\""),
              ElementsAre(HasSubstr(
                  "response_body \"*\" is not a field of Request; name one, or leave it out for "
                  "the whole response")));
}

TEST(ResolveBindings, RuleWithoutPatternIsRefused) {
  EXPECT_THAT(Errors("body: \"*\""), ElementsAre(HasSubstr("has no path")));
  EXPECT_THAT(Errors("custom {path: \"/a\"}"), ElementsAre(HasSubstr("has no kind")));
}

TEST(ResolveBindings, CustomKindsAreHttpMethods) {
  for (const char* kind : {"A B", "A\\r\\nB", "\u00e9", "a/b", "\\000"}) {
    EXPECT_THAT(Errors("custom {kind: \"" + std::string(kind) + "\" path: \"/a\"}"),
                ElementsAre(HasSubstr("is no HTTP method; write a word such as \"LOCK\"")))
        << kind;
  }
  EXPECT_THAT(
      Errors("custom {kind: \"get\" path: \"/a\"}"),
      ElementsAre(HasSubstr("is not GET, as HTTP methods are told apart by case; write \"GET\"")));
  EXPECT_THAT(Errors("custom {kind: \"CONNECT\" path: \"/a\"}"), ElementsAre(HasSubstr("proxies")));
  for (const char* kind : {"*", "HEAD", "LOCK", "lock", "M-SEARCH"}) {
    EXPECT_THAT(Errors("custom {kind: \"" + std::string(kind) + "\" path: \"/a\"}"), ElementsAre())
        << kind;
  }
}

TEST(ResolveBindings, ErrorsAreReportedTogether) {
  EXPECT_THAT(Errors("put: \"/{a}/{tags}\" body: \"c\" response_body: \"d\""), testing::SizeIs(4));
}

TEST(ResolveBindings, ClientStreamNeedsABodyOrAWebSocket) {
  EXPECT_THAT(Check(WithRule("post: \"/a\"", "stream Request")).errors(),
              ElementsAre(HasSubstr("write body: \"*\"")));
  EXPECT_THAT(Check(WithRule("get: \"/a\"", "stream Request")).errors(), ElementsAre());
}

TEST(ResolveBindings, E19_DeleteWithBodyIsAWarning) {
  const Diagnostics diagnostics = Check(WithRule("delete: \"/a\" body: \"*\""));
  EXPECT_TRUE(diagnostics.ok());
  EXPECT_THAT(diagnostics.warnings(),
              ElementsAre(HasSubstr("test.proto:7:5: warning: Call: DELETE /a has a body")));
  EXPECT_THAT(Check(WithRule("delete: \"/a\"")).warnings(), ElementsAre());
}

}  // namespace
}  // namespace protorest::plugin::test
