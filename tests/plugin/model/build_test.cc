// Descriptors to model.
#include "plugin/model/build.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::ElementsAre;

const Field& FindField(const Message& message, std::string_view name) {
  for (const Field& field : message.fields) {
    if (field.name == name) return field;
  }
  throw std::runtime_error("no field " + std::string(name));
}

TEST(BuildApi, ImportsComeFirstAndAreNotGenerated) {
  Protos protos({{"a.proto", Proto3("import \"b.proto\"; message A { B b = 1; }")},
                 {"b.proto", "syntax = \"proto3\"; package test; message B {}"}});
  const Api api = BuildApi(protos.Files({"a.proto"}), {});
  const File& a = *api.files.back();
  const File& b = *api.files[api.files.size() - 2];
  EXPECT_EQ(a.path, "a.proto");
  EXPECT_TRUE(a.generate);
  EXPECT_EQ(b.path, "b.proto");
  EXPECT_FALSE(b.generate);
  EXPECT_EQ(a.messages[0]->fields[0].message, b.messages[0].get());
  EXPECT_THAT(a.imports, testing::Contains(&b));
}

TEST(BuildApi, CppNamesAreThoseOfProtoc) {
  const Api api = Build(
      "syntax = \"proto3\"; package users.v1;"
      "message Outer { message Inner {} enum Kind { NULL = 0; } Inner delete = 1;"
      "  map<string, Inner> Upper = 2; }");
  const File& file = *api.files.back();
  EXPECT_THAT(file.cpp_namespace, ElementsAre("users", "v1"));
  const Message& outer = *file.messages[0];
  EXPECT_EQ(outer.cpp_name, "::users::v1::Outer");
  EXPECT_EQ(outer.messages[0]->cpp_name, "::users::v1::Outer_Inner");
  EXPECT_EQ(outer.enums[0]->cpp_name, "::users::v1::Outer_Kind");
  EXPECT_EQ(outer.enums[0]->values[0].cpp_name, "NULL_");
  EXPECT_EQ(outer.fields[0].cpp_name, "delete_");
  EXPECT_EQ(outer.fields[1].cpp_name, "upper");
}

TEST(BuildApi, NoPackageIsNoNamespace) {
  const Api api = Build("syntax = \"proto3\"; message M {}");
  EXPECT_THAT(api.files.back()->cpp_namespace, ElementsAre());
  EXPECT_EQ(api.files.back()->messages[0]->cpp_name, "::M");
}

TEST(BuildApi, FieldsKnowTheirPresence) {
  const Api api = Build(
      "syntax = \"proto3\"; package test; message M { int32 plain = 1; optional int32 maybe = 2;"
      "  oneof either { string left = 3; M right = 4; } repeated int32 many = 5; M child = 6;"
      "  map<string, int32> map = 7; }");
  const Message& message = FindMessage(api, "test.M");
  EXPECT_FALSE(FindField(message, "plain").has_presence);
  const Field& maybe = FindField(message, "maybe");
  EXPECT_TRUE(maybe.has_presence);
  EXPECT_TRUE(maybe.proto3_optional);
  EXPECT_EQ(maybe.oneof, -1);
  const Field& left = FindField(message, "left");
  EXPECT_TRUE(left.has_presence);
  EXPECT_FALSE(left.proto3_optional);
  EXPECT_EQ(left.oneof, 0);
  EXPECT_TRUE(FindField(message, "many").repeated);
  EXPECT_FALSE(FindField(message, "many").has_presence);
  EXPECT_TRUE(FindField(message, "child").has_presence);
  EXPECT_TRUE(FindField(message, "map").map);
  EXPECT_TRUE(FindField(message, "map").repeated);
  EXPECT_TRUE(FindField(message, "map").message->map_entry);
  ASSERT_EQ(message.oneofs.size(), 1U);
  EXPECT_EQ(message.oneofs[0].name, "either");
  EXPECT_THAT(message.oneofs[0].fields, ElementsAre(2, 3));
}

TEST(BuildApi, Proto2HasDefaultsGroupsAndClosedEnums) {
  const Api api = Build(
      "syntax = \"proto2\"; package test; message M { required int32 a = 1;"
      "  optional string b = 2 [default = \"x\\\"y\"]; optional E e = 3 [default = ONE];"
      "  optional group G = 4 {} extensions 10; } enum E { ONE = 1; }"
      "extend M { optional int32 extra = 10; }");
  const Message& message = FindMessage(api, "test.M");
  EXPECT_TRUE(FindField(message, "a").required);
  EXPECT_EQ(FindField(message, "a").default_value, std::nullopt);
  EXPECT_EQ(FindField(message, "b").default_value, "x\"y");
  EXPECT_EQ(FindField(message, "e").default_value, "ONE");
  EXPECT_TRUE(FindField(message, "e").enumeration->closed);
  EXPECT_EQ(FindField(message, "g").type, FieldType::kGroup);
  EXPECT_TRUE(message.extendable);
  ASSERT_EQ(api.files.back()->extensions.size(), 1U);
  EXPECT_EQ(api.files.back()->extensions[0].full_name, "test.extra");
  EXPECT_FALSE(api.files.back()->proto3);
}

TEST(BuildApi, WellKnownTypesAreTold) {
  const Api api = Build(
      "syntax = \"proto3\"; package test; import \"google/protobuf/timestamp.proto\";"
      "import \"google/protobuf/wrappers.proto\";"
      "message Timestamp { google.protobuf.Timestamp a = 1; google.protobuf.UInt64Value b = 2; }");
  const Message& message = FindMessage(api, "test.Timestamp");
  EXPECT_EQ(message.well_known, WellKnown::kNone);
  EXPECT_EQ(message.fields[0].message->well_known, WellKnown::kTimestamp);
  EXPECT_EQ(message.fields[1].message->well_known, WellKnown::kUint64Value);
}

TEST(BuildApi, CommentsComeWithoutTheirSigns) {
  const Api api = Build(
      "// Of the file.\nsyntax = \"proto3\";\npackage test;\n"
      "// One.\n//\n//  Two.\nmessage M {\n  int32 a = 1;  // Behind.\n"
      "  /* In\n   * stars. */\n  int32 b = 2;\n}\n");
  const Message& message = FindMessage(api, "test.M");
  EXPECT_EQ(api.files.back()->comments.leading, "Of the file.");
  EXPECT_EQ(message.comments.leading, "One.\n\n Two.");
  EXPECT_EQ(message.fields[0].comments.trailing, "Behind.");
  EXPECT_EQ(message.fields[1].comments.leading, "In\nstars.");
}

TEST(BuildApi, LocationsCountFromOne) {
  const Api api = Build("syntax = \"proto3\"; package test;\nmessage M {\n  int32 a = 1;\n}\n");
  const Message& message = FindMessage(api, "test.M");
  EXPECT_EQ(ToText(message.location), "test.proto:2:1");
  EXPECT_EQ(ToText(message.fields[0].location), "test.proto:3:3");
}

TEST(BuildApi, RulesAreReadByNumber) {
  const Api api = Build(Proto3(
      "message M {}\nservice S {\n  rpc A(M) returns (M) {\n"
      "    option (google.api.http) = {get: \"/a\" response_body: \"r\""
      " additional_bindings {custom {kind: \"LIST\" path: \"/b\"} body: \"*\"}};\n  }\n}\n"));
  const Method& method = api.files.back()->services[0].methods[0];
  ASSERT_EQ(method.bindings.size(), 2U);
  EXPECT_EQ(method.bindings[0].verb, "GET");
  EXPECT_EQ(method.bindings[0].path, "/a");
  EXPECT_EQ(method.bindings[0].response_body, "r");
  EXPECT_EQ(ToText(method.bindings[0].location), "test.proto:7:5");
  EXPECT_EQ(method.bindings[1].verb, "LIST");
  EXPECT_EQ(method.bindings[1].path, "/b");
  EXPECT_EQ(method.bindings[1].body, "*");
  EXPECT_FALSE(method.unbound);
}

TEST(BuildApi, RuleInPiecesIsOneRule) {
  const Api api = Build(Proto3(
      "message M {} service S { rpc A(M) returns (M) { option (google.api.http).post = \"/a\";"
      " option (google.api.http).body = \"*\"; } }"));
  const Method& method = api.files.back()->services[0].methods[0];
  ASSERT_EQ(method.bindings.size(), 1U);
  EXPECT_EQ(method.bindings[0].verb, "POST");
  EXPECT_EQ(method.bindings[0].body, "*");
}

TEST(BuildApi, UsersOwnCopyOfTheOptionsWillDo) {
  // Other names, another file; the numbers are all that counts.
  Protos protos({{"mine.proto",
                  "syntax = \"proto3\"; package mine; import \"google/protobuf/descriptor.proto\";"
                  "message Rule { string get = 2; }"
                  "extend google.protobuf.MethodOptions { Rule route = 72295728; }"
                  "extend google.protobuf.FieldOptions { repeated int32 how = 1052; }"},
                 {"test.proto",
                  "syntax = \"proto3\"; package test; import \"mine.proto\";"
                  "message M { int32 a = 1 [(mine.how) = 2, (mine.how) = 5]; }"
                  "service S { rpc A(M) returns (M) { option (mine.route) = {get: \"/a\"}; } }"}});
  const Api api = BuildApi(protos.Files({"test.proto"}), {});
  EXPECT_EQ(api.files.back()->services[0].methods[0].bindings[0].path, "/a");
  const FieldBehavior& behavior = FindMessage(api, "test.M").fields[0].behavior;
  EXPECT_TRUE(behavior.required);
  EXPECT_TRUE(behavior.immutable);
  EXPECT_FALSE(behavior.output_only);
}

TEST(BuildApi, P30_MethodWithoutRuleIsPosted) {
  const std::string text = Proto3("message M {} service S { rpc A(M) returns (M); }");
  const Method method = Build(text).files.back()->services[0].methods[0];
  EXPECT_TRUE(method.unbound);
  ASSERT_EQ(method.bindings.size(), 1U);
  EXPECT_EQ(method.bindings[0].verb, "POST");
  EXPECT_EQ(method.bindings[0].path, "/test.S/A");
  EXPECT_EQ(method.bindings[0].body, "*");

  Options skip;
  skip.unbound = Unbound::kSkip;
  EXPECT_TRUE(Build(text, skip).files.back()->services[0].methods[0].bindings.empty());
}

}  // namespace
}  // namespace protorest::plugin::test
