// The J rules of google.protobuf.Any.
#include <google/protobuf/any.pb.h>

#include <string>
#include <utility>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, J30_Any) {
  const char* kinds = R"({"any":{"@type":"type.googleapis.com/protorest.test.Kinds","anInt32":5}})";
  EXPECT_EQ(Through2(kinds), kinds);
  EXPECT_EQ(Through2(R"({"any":{"anInt32":5,"@type":"type.googleapis.com/protorest.test.Kinds"}})"),
            kinds);
  const char* duration =
      R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}})";
  EXPECT_EQ(Through2(duration), duration);
  EXPECT_EQ(
      Through2(R"({"any":{"value":"1s","@type":"type.googleapis.com/google.protobuf.Duration"}})"),
      duration);
  const char* nested = R"({"any":{"@type":"type.googleapis.com/google.protobuf.Any","value":)"
                       R"({"@type":"type.googleapis.com/protorest.test.Kinds","aBool":true}}})";
  EXPECT_EQ(Through2(nested), nested);
  EXPECT_NE(Refused(R"({"any":{"@type":"type.googleapis.com/no.such.Type"}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"anInt32":5}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"@type":1}})"), "accepted");
  EXPECT_NE(Refused(R"({"any":{"@type":"type.googleapis.com/protorest.test.Kinds","nope":5}})"),
            "accepted");
}

// Both directions of an Any of this type whose other members are these.
std::string AnyOf(const std::string& type, const std::string& members) {
  return R"({"any":{"@type":"type.googleapis.com/)" + type + "\"" +
         (members.empty() ? "" : "," + members) + "}}";
}

TEST_P(JsonRules, J30_WellKnownTypesInAnAnyAreUnderValue) {
  const auto same = [&](const std::string& type, const std::string& value) {
    const std::string text = AnyOf("google.protobuf." + type, R"("value":)" + value);
    EXPECT_EQ(Through2(text), text);
  };
  same("Timestamp", R"("1970-01-01T00:00:00Z")");
  same("FieldMask", R"("a,bC")");
  same("Struct", R"({"@type":"no type","a":[null]})");
  same("Value", "null");
  same("Value", R"({"a":1})");
  same("ListValue", R"([1,"a"])");
  same("BoolValue", "true");
  same("BytesValue", R"("AQI=")");
  same("DoubleValue", "0.5");
  same("Int32Value", "0");
  same("Int64Value", R"("-1")");
  same("UInt64Value", R"("18446744073709551615")");
  same("StringValue", R"("")");
  same("Any", "{}");
  same("Any", R"({"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"})");
}

// There are two readings of the rule: Empty has a JSON form of its own, and that form is a
// message's.
TEST_P(JsonRules, J30_EmptyInAnAny) {
  const std::string bare = AnyOf("google.protobuf.Empty", "");
  EXPECT_EQ(Through2(bare), bare);
  EXPECT_EQ(Through2(AnyOf("google.protobuf.Empty", R"("value":{})")), bare);
  EXPECT_NE(Refused(AnyOf("google.protobuf.Empty", R"("value":1)")), "accepted");
  EXPECT_NE(Refused(AnyOf("google.protobuf.Empty", R"("value":{"a":1})")), "accepted");
  EXPECT_NE(Refused(AnyOf("google.protobuf.Empty", R"("more":{})")), "accepted");
}

TEST_P(JsonRules, J30_WhatAWellKnownTypeInAnAnyNeeds) {
  for (const char* members : {"", R"("value":null)", R"("value":1)", R"("value":"1s","value":"1s")",
                              R"("value":"1s","more":1)", R"("seconds":1)"}) {
    EXPECT_NE(Refused(AnyOf("google.protobuf.Duration", members)), "accepted") << members;
  }
  EXPECT_EQ(Refused(AnyOf("google.protobuf.Duration", R"("value":"x")")), "any.value");
  EXPECT_EQ(Refused(AnyOf("google.protobuf.Duration", R"("value":"1s","more":[1])"),
                    {.ignore_unknown_fields = true}),
            "accepted");
}

TEST_P(JsonRules, J30_AnysInEachOtherAreTheBytesThatProtobufMakes) {
  Kinds none, some;
  some.set_a_string(std::string(300, 'x'));  // lengths of more than a byte
  for (const Kinds& content : {none, some}) {
    google::protobuf::Any any;
    any.PackFrom(content);
    for (int level = 0; level < 4; ++level) {
      Kinds message;
      *message.mutable_any() = any;
      EXPECT_EQ(Accepted(Written(message)).any().value(), any.value());
      google::protobuf::Any outer;
      outer.PackFrom(any);
      any = outer;
    }
  }
}

// FileDescriptorProto and its like are linked into every program, without JSON code.
TEST_P(JsonRules, J30_TypesWithoutGeneratedCode) {
  const std::string text =
      AnyOf("google.protobuf.EnumDescriptorProto",
            R"("name":"Color","value":[{"name":"RED","number":1}],"reservedName":["a"])");
  EXPECT_EQ(Through2(text), text);
  EXPECT_EQ(Refused(AnyOf("google.protobuf.EnumDescriptorProto", R"("value":[{"number":"x"}])")),
            "any.value[0].number");
  // Generated code inside of that inside of an Any.
  const std::string nested =
      R"({"any":{"@type":"a/protorest.test.Kinds","children":[{"any":{}}],)"
      R"("any":{"@type":"b/protorest.test.Kinds2","id":1,"[protorest.test.note]":"n"}}})";
  EXPECT_EQ(Through2(nested), nested);
}

// The search for an outer type passes by the inner ones, which are found all the same.
TEST_P(JsonRules, J30_TypesThatComeLastInAnysInEachOther) {
  const std::string any = R"("\u0040type":"a/google.protobuf.Any")";
  const std::string kinds = R"("@type":"a/protorest.test.Kinds")";
  const std::string read =
      R"({"any":{"@type":"a/google.protobuf.Any","value":{"@type":"a/protorest.test.Kinds",)"
      R"("children":[{"any":{}},{"any":{"@type":"a/protorest.test.Kinds","anInt32":5}}]}}})";
  for (const std::string& inner :
       {R"({"anInt32":5,)" + kinds + "}", "{" + kinds + R"(,"anInt32":5})"}) {
    const std::string children = R"("children":[{"any":{}},{"any":)" + inner + "}]";
    for (const std::string& outer :
         {"{" + children + "," + kinds + "}", "{" + kinds + "," + children + "}"}) {
      EXPECT_EQ(Through2(R"({"any":{"value":)" + outer + "," + any + "}}"), read);
    }
  }
  EXPECT_EQ(Refused(R"({"any":{"value":{"value":{"anInt32":5},)" + any + "}," + any + "}}"),
            "any.value.value");
}

TEST_P(JsonRules, J30_TheTypeMember) {
  const std::string kinds = R"("type.googleapis.com/protorest.test.Kinds")";
  EXPECT_EQ(Through2(R"({"any":{"\u0040type":)" + kinds + "}}"),
            R"({"any":{"@type":)" + kinds + "}}");
  EXPECT_EQ(Through2(R"({"any":{"anInt32":1,"child":{},"texts":["@type"],"@type":)" + kinds + "}}"),
            R"({"any":{"@type":)" + kinds + R"(,"anInt32":1,"child":{},"texts":["@type"]}})");
  for (const std::string& any :
       {"{\"@type\":" + kinds + ",\"@type\":" + kinds + "}",
        "{\"@type\":" + kinds + ",\"an\\u0049nt32\":1,\"anInt32\":1}",
        "{\"@type\":" + kinds + ",\"child\":{\"@type\":" + kinds + "}}",
        std::string(R"({"@type":null})"), std::string(R"({"@type":""})"),
        std::string(R"({"@type":["a/protorest.test.Kinds"]})"),
        std::string(R"({"@type":"protorest.test.Kinds"})"),
        std::string(R"({"@type":"/protorest.test.Kinds"})"), std::string(R"({"@type":"a/"})"),
        std::string(R"({"@type":"a/protorest.test"})"),
        std::string(R"({"@type":"a/protorest.test.Color"})"),
        std::string(R"({"@type":"a/protorest.test.Kinds ","anInt32":1})"),
        std::string(R"({"type":"a/protorest.test.Kinds"})"), std::string(R"({"value":"1s"})"),
        std::string(R"("type.googleapis.com/protorest.test.Kinds")"), std::string("[]")}) {
    EXPECT_NE(Refused(R"({"any":)" + any + "}"), "accepted") << any;
  }
  // Not even those who ignore unknown fields can read an unknown type.
  EXPECT_NE(Refused(R"({"any":{"@type":"a/b.C"}})", {.ignore_unknown_fields = true}), "accepted");
  EXPECT_EQ(Refused(R"({"nope":{"@type":"a/b.C"}})", {.ignore_unknown_fields = true}), "accepted");
}

TEST_P(JsonRules, J30_AnAnyThatHasNoJson) {
  Kinds message;
  message.mutable_any()->set_type_url("type.googleapis.com/no.such.Type");
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_any()->set_type_url("protorest.test.Kinds");
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_any()->set_type_url("");
  message.mutable_any()->set_value("x");
  EXPECT_TRUE(WriteRefused(message));
  message.mutable_any()->set_type_url("type.googleapis.com/protorest.test.Kinds");
  message.mutable_any()->set_value("\xff");
  EXPECT_TRUE(WriteRefused(message));
  // "@type" twice.
  message.mutable_any()->PackFrom(test::CalledType());
  EXPECT_TRUE(WriteRefused(message));
  // A value in it that has none.
  Kinds inner;
  inner.mutable_time()->set_seconds(253402300800);
  message.mutable_any()->PackFrom(inner);
  EXPECT_TRUE(WriteRefused(message));
}

// Each Any holds the next one, by itself or in a message: protobuf's own limit does not see them,
// as they are bytes to it.
TEST_P(JsonRules, J36_AnysNestedTooDeeplyAreNotWritten) {
  const auto nested = [](int levels, bool in_messages) {
    google::protobuf::Any any;
    for (int i = 1; i < levels; ++i) {
      const google::protobuf::Any inner = any;
      Kinds message;
      *message.mutable_any() = inner;
      if (in_messages) {
        any.PackFrom(message);
      } else {
        any.PackFrom(inner);
      }
    }
    Kinds message;
    *message.mutable_any() = std::move(any);
    return message;
  };
  for (const bool in_messages : {false, true}) {
    EXPECT_NE(Written(nested(100, in_messages)), "");
    EXPECT_TRUE(WriteRefused(nested(101, in_messages)));
    EXPECT_TRUE(WriteRefused(nested(1000, in_messages)));
  }
  // A content of so many levels, two Anys down.
  for (const int levels : {90, 110}) {
    Kinds deep;
    for (int i = 0; i < levels; ++i) {
      Kinds around;
      *around.mutable_child() = std::move(deep);
      deep = std::move(around);
    }
    google::protobuf::Any inner, outer;
    inner.PackFrom(deep);
    outer.PackFrom(inner);
    Kinds message;
    *message.mutable_any() = outer;
    std::string out;
    EXPECT_EQ(static_cast<bool>(Write(message, codec<Kinds>(), {}, out)), levels == 90);
  }
}

TEST_P(JsonRules, J31_EmptyAny) {
  const Kinds message = Accepted(R"({"any":{}})");
  EXPECT_TRUE(message.has_any());
  EXPECT_EQ(message.any().type_url(), "");
  EXPECT_EQ(Written(message), R"({"any":{}})");
}

}  // namespace
}  // namespace protorest::json
