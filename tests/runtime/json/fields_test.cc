// The J rules of fields and their names: presence, null, duplicates, unknown ones.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, J1_SameFieldTwice) {
  EXPECT_EQ(Refused(R"({"anInt32":1,"anInt32":2})"), "anInt32");
  EXPECT_EQ(Refused(R"({"anInt32":1,"an_int32":1})"), "anInt32");
  EXPECT_EQ(Refused(R"({"anInt32":1,"aBool":true,"anInt32":2})"), "anInt32");
  EXPECT_EQ(Refused(R"({"numbers":[1],"numbers":[2]})"), "numbers");
  EXPECT_EQ(Refused(R"({"child":{},"child":{}})"), "child");
  // However the name is written, and whatever the values are.
  EXPECT_EQ(Refused(R"({"anInt32":1,"\u0061n\u0049nt32":2})"), "anInt32");
  EXPECT_EQ(Refused(R"({"\u0061n_int32":1,"anInt32":1})"), "anInt32");
  EXPECT_EQ(Refused(R"({"otherName":"a","renamed":"a"})"), "otherName");
  EXPECT_EQ(Refused(R"({"anInt32":null,"an_int32":1})"), "anInt32");
  EXPECT_EQ(Refused(R"({"numbers":null,"numbers":[1]})"), "numbers");
  EXPECT_EQ(Refused(R"({"counts":{},"counts":{}})"), "counts");
  EXPECT_EQ(Refused(R"({"choiceInt":null,"choiceInt":1})"), "choiceInt");
  EXPECT_EQ(Refused(R"({"choiceInt":1,"choiceInt":null})"), "choiceInt");
}

TEST_P(JsonRules, J2_SameMapKeyTwice) {
  EXPECT_NE(Refused(R"({"counts":{"a":1,"a":2}})"), "accepted");
  EXPECT_NE(Refused(R"({"names":{"1":"a","1":"b"}})"), "accepted");
}

TEST_P(JsonRules, J3_TwoMembersOfAOneof) {
  EXPECT_EQ(Refused(R"({"choiceInt":1,"choiceText":"a"})"), "choiceText");
  EXPECT_EQ(Refused(R"({"choiceInt":0,"choiceNull":null})"), "choiceNull");
  EXPECT_EQ(Refused(R"({"choiceNull":null,"choiceInt":0})"), "choiceInt");
  EXPECT_EQ(Refused(R"({"choiceChild":{},"anInt32":1,"choice_text":""})"), "choice_text");
}

TEST_P(JsonRules, J4_OneMemberAndNullForAnother) {
  EXPECT_EQ(Accepted(R"({"choiceInt":1,"choiceText":null})").choice_int(), 1);
  EXPECT_EQ(Accepted(R"({"choiceText":null,"choiceInt":1})").choice_int(), 1);
  EXPECT_EQ(Written(Accepted(R"({"choiceText":null,"choiceInt":null})")), "{}");
  EXPECT_EQ(Written(Accepted(R"({"choiceNull":null,"choiceInt":null})")), R"({"choiceNull":null})");
  EXPECT_EQ(Written(Accepted(R"({"choiceInt":null,"choiceNull":null,"choiceText":null})")),
            R"({"choiceNull":null})");
}

TEST_P(JsonRules, J5_NullLeavesAFieldUnset) {
  EXPECT_EQ(Through2(R"({"anInt32":null,"aString":null,"child":null,"numbers":null,"counts":null,
                        "time":null,"wrappedInt":null,"maybe":null,"any":null,"color":null})"),
            "{}");
}

TEST_P(JsonRules, J6J7_NullInListsAndMaps) {
  EXPECT_EQ(Refused(R"({"numbers":[1,null]})"), "numbers[1]");
  EXPECT_NE(Refused(R"({"counts":{"a":null}})"), "accepted");
  EXPECT_NE(Refused(R"({"children":[null]})"), "accepted");
  EXPECT_EQ(Through2(R"({"values":[null,1]})"), R"({"values":[null,1]})");
}

TEST_P(JsonRules, J8_NullValueField) {
  const Kinds message = Accepted(R"({"choiceNull":null})");
  EXPECT_EQ(message.choice_case(), Kinds::kChoiceNull);
  EXPECT_EQ(Written(message), R"({"choiceNull":null})");
  EXPECT_EQ(Accepted(R"({"choiceNull":"NULL_VALUE"})").choice_case(), Kinds::kChoiceNull);
}

TEST_P(JsonRules, J9_NullOfValue) {
  const Kinds message = Accepted(R"({"value":null})");
  EXPECT_TRUE(message.has_value());
  EXPECT_EQ(message.value().kind_case(), google::protobuf::Value::kNullValue);
  EXPECT_EQ(Written(message), R"({"value":null})");
}

TEST_P(JsonRules, J23_UnknownField) {
  EXPECT_EQ(Refused(R"({"anInt33":1})"), "anInt33");
  EXPECT_EQ(Refused(R"({"child":{"child":{"nope":1}}})"), "child.child.nope");
  Kinds message;
  const Result result = Read(R"({"aStrin":"x"})", codec<Kinds>(), {}, message);
  ASSERT_FALSE(result);
  EXPECT_NE(result.violations()[0].description.find("aString"), std::string::npos)
      << result.violations()[0].description;
  const Options lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(Accepted(R"({"nope":{"a":[1,"x",{"y":null}]},"anInt32":3})", lenient).an_int32(), 3);
  EXPECT_NE(Refused(R"({"nope":{"a":[1,]},"anInt32":3})", lenient), "accepted");
}

TEST_P(JsonRules, J24_EveryNameOfAField) {
  EXPECT_EQ(Accepted(R"({"anInt32":1})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"an_int32":1})").an_int32(), 1);
  EXPECT_EQ(Accepted(R"({"otherName":"a"})").renamed(), "a");
  EXPECT_EQ(Accepted(R"({"renamed":"a"})").renamed(), "a");
  EXPECT_EQ(Accepted(R"({"an\u0049nt32":1})").an_int32(), 1);
  // Nothing that is only like one: other cases, an empty name, more after a NUL.
  for (const char* name : {"", "AnInt32", "anint32", "an_Int32", "other_name", "anInt32 ",
                           " anInt32", "anInt32\\u0000", "\\u0000", "anInt3"}) {
    EXPECT_NE(Refused("{\"" + std::string(name) + "\":1}"), "accepted") << name;
  }
}

// Whatever way the name is found: as protorest writes it, or with white space or escapes.
TEST_P(JsonRules, J24_AJsonNameComesBeforeAnotherFieldsOwn) {
  test::CrossedNames message;
  message.set_foo(1);
  message.set_a(2);
  message.set_b(3);
  message.set_c(4);
  message.set_none(5);
  const std::string text = R"({"bar":1,"foo":2,"c":3,"b":4,"":5})";
  EXPECT_EQ(Written(message), text);
  for (const std::string& same :
       {text, Written(message, {.proto_field_names = true}),
        std::string(R"({"":5,"b" :4,"c": 3,"foo" :2,"bar":1})"),
        std::string(R"({ "" :5,"\u0062":4,"\u0063":3,"fo\u006f":2,"b\u0061r":1})")}) {
    EXPECT_EQ(Written(Accepted<test::CrossedNames>(same)), text) << same;
  }
  EXPECT_EQ(Refused<test::CrossedNames>(R"({"foo":2,"a":0})"), "foo");
}

TEST_P(JsonRules, J24_ANameShorterThanAnyInJson) {
  for (char first = '0'; first <= 'z'; ++first) {
    if (first == '\\') continue;
    const std::string value = first + std::string(60, 'x');
    const auto message = Accepted<test::ShortNames>("{\"a\":\"" + value + "\",\"b\":\"\"}");
    EXPECT_EQ(message.a(), value);
  }
}

TEST_P(JsonRules, J25_ListsAreLists) {
  EXPECT_EQ(Refused(R"({"numbers":1})"), "numbers");
  EXPECT_EQ(Refused(R"({"numbers":[[1]]})"), "numbers[0]");
  EXPECT_EQ(Refused(R"({"counts":[]})"), "counts");
  EXPECT_EQ(Refused(R"({"child":[]})"), "child");
}

TEST_P(JsonRules, Proto2) {
  EXPECT_EQ(Written(Accepted<Kinds2>(R"({"id":1,"detail":{"depth":2},"size":"SIZE_SMALL"})")),
            R"({"id":1,"size":"SIZE_SMALL","detail":{"depth":2}})");
  EXPECT_EQ(Refused<Kinds2>("{}"), "id");
  EXPECT_EQ(Refused<Kinds2>(R"({"id":1,"size":9})"), "size");
  const Kinds2 extended = Accepted<Kinds2>(R"({"id":1,"[protorest.test.note]":"n"})");
  EXPECT_EQ(extended.GetExtension(test::note), "n");
  EXPECT_EQ(Written(extended), R"({"id":1,"[protorest.test.note]":"n"})");
}

TEST_P(JsonRules, NamesThatBeginAlikeInAnyOrder) {
  const google::protobuf::Descriptor& type = *test::Alike::descriptor();
  std::mt19937 random(5);
  std::vector<int> order(static_cast<std::size_t>(type.field_count()));
  std::iota(order.begin(), order.end(), 0);
  for (int round = 0; round < 300; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::string text;
    for (const int index : order) {
      const auto& field = *type.field(index);
      text += (text.empty() ? "{" : ",") + std::string(random() % 4 == 0 ? "\n " : "") + '"' +
              (random() % 3 == 0 ? field.name() : field.json_name()) +
              "\":" + std::to_string(field.number());
    }
    const auto message = Accepted<test::Alike>(text + "}");
    for (int i = 0; i < type.field_count(); ++i) {
      EXPECT_EQ(message.GetReflection()->GetInt32(message, type.field(i)), type.field(i)->number())
          << text;
    }
    const std::string unknown = "customer" + std::string(random() % 30, 'x') + "Q";
    EXPECT_EQ(Refused<test::Alike>("{\"" + unknown + "\":1}"), unknown);
  }
}

}  // namespace
}  // namespace protorest::json
