// Which fields query parameters name, and how often: the Q rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/transcode/bind_support.h"

namespace protorest::transcode {
namespace {

using test::Captures;
using test::CrossedNames;
using test::MakeBinder;
using test::Proto3Message;
using test::Query;
using test::Refused;
using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

TEST(Query, Q1_JsonNamesAndProtoNamesDotted) {
  EXPECT_EQ(Query("string_value=a&nested.nested.int32Value=5&nested.string_value=b")
                .nested()
                .nested()
                .int32_value(),
            5);
  EXPECT_EQ(Query("stringValue=a").string_value(), "a");
}

TEST(Query, Q1_AJsonNameComesBeforeAnotherFieldsOwn) {
  const auto message = Query<CrossedNames>("foo=1&bar=2&nested.foo=3&nested.bar=4");
  EXPECT_EQ(message.a(), 1);
  EXPECT_EQ(message.foo(), 2);
  EXPECT_EQ(message.nested().a(), 3);
  EXPECT_EQ(message.nested().foo(), 4);
}

TEST(Query, Q2_BodyAllLeavesNoParameters) {
  EXPECT_THAT(Refused("string_value=a", "*"), ElementsAre(Pair("string_value", HasSubstr("body"))));
  Proto3Message message;
  EXPECT_TRUE(MakeBinder("/", "*", {.lenient = true}).Bind({}, "string_value=a", message).ok());
  EXPECT_EQ(message.string_value(), "");
}

TEST(Query, Q3_Q6_FieldsBesideTheBody) {
  Proto3Message message;
  EXPECT_TRUE(MakeBinder("/", "nested").Bind({}, "string_value=a", message).ok());
  EXPECT_EQ(message.string_value(), "a");
  EXPECT_THAT(Refused("nested.string_value=a", "nested"),
              ElementsAre(Pair("nested.stringValue", HasSubstr("in the body"))));
  EXPECT_TRUE(
      MakeBinder("/", "nested", {.lenient = true}).Bind({}, "nested.string_value=a", message).ok());
  EXPECT_FALSE(message.has_nested());
}

TEST(Query, Q4_RepeatedInOrder) {
  EXPECT_THAT(Query("numbers=1&string_value=x&numbers=2&numbers=1").numbers(),
              ElementsAre(1, 2, 1));
}

TEST(Query, Q5_SingularTwice) {
  EXPECT_THAT(Refused("int32_value=1&int32Value=1"),
              ElementsAre(Pair("int32Value", "given more than once")));
  EXPECT_THAT(Refused("nested.bool_value=true&nested.bool_value=false"), SizeIs(1));
  EXPECT_TRUE(Query("nested.bool_value=true&bool_value=true").nested().bool_value());
}

TEST(Query, Q5_WhatThePathSetsTwice) {
  for (const bool lenient : {false, true}) {
    const RequestBinder binder =
        MakeBinder("/{int32_value}/{nested.string_value}", "", {.lenient = lenient});
    const auto refused = [&](std::string_view query) {
      Proto3Message message;
      return test::FieldViolations(binder.Bind(Captures{"7", "a"}, query, message));
    };
    EXPECT_THAT(refused("int32_value=7&int32Value=07"),
                ElementsAre(Pair("int32Value", "given more than once")));
    EXPECT_THAT(refused("nested.string_value=a&string_value=x&nested.stringValue=a"),
                ElementsAre(Pair("nested.stringValue", "given more than once")));
    EXPECT_THAT(refused("int32_value=x"),
                ElementsAre(Pair("int32Value", HasSubstr("expected an integer"))));
    EXPECT_THAT(refused("nested.string_value[k]=a"), SizeIs(1));
    EXPECT_THAT(refused("int32_value=07&nested.stringValue=a&string_value=x"), SizeIs(0));
  }
}

TEST(Query, Q7_EveryUnknownParameterIsListed) {
  EXPECT_THAT(
      Refused("strng_value=1&string_value=x&zzz=2"),
      ElementsAre(Pair("strng_value", "unknown query parameter; did you mean \"string_value\"?"),
                  Pair("zzz", "unknown query parameter")));
  EXPECT_EQ(Query("zzz=2&string_value=x", {.lenient = true}).string_value(), "x");
}

TEST(Query, Q8_PathsThatLeadNowhere) {
  for (const bool lenient : {false, true}) {
    const BindOptions options{.lenient = lenient};
    EXPECT_THAT(
        Refused("nested.strng_value=1", "", options),
        ElementsAre(Pair("nested.strng_value", HasSubstr("did you mean \"string_value\"?"))));
    EXPECT_THAT(Refused("string_value.x=1", "", options), SizeIs(1));
    EXPECT_THAT(Refused("messages.string_value=1", "", options), SizeIs(1));
    EXPECT_THAT(Refused("timestamp_value.seconds=1", "", options), SizeIs(1));
    EXPECT_THAT(Refused("nested.=1", "", options), SizeIs(1));
    EXPECT_THAT(Refused("nested..string_value=1", "", options), SizeIs(1));
  }
}

TEST(Query, B15_DepthOfNames) {
  std::string name;
  for (int i = 0; i < 5000; ++i) name += "nested.";
  EXPECT_THAT(Refused(name + "string_value=1"),
              ElementsAre(Pair(StartsWith("nested.nested."), HasSubstr("deeper than 100"))));
}

TEST(Query, Q19_TwoMembersOfAOneof) {
  EXPECT_THAT(
      Refused("oneof_bool_value=true&oneof_string_value=x"),
      ElementsAre(Pair("oneofStringValue", HasSubstr("\"oneofBoolValue\" is set already"))));
  EXPECT_THAT(Refused("nested_oneof_value_one.bool_value=true&nested_oneof_int32_value=1"),
              SizeIs(1));
  Proto3Message message;
  EXPECT_FALSE(MakeBinder("/{oneof_bool_value}")
                   .Bind(Captures{"true"}, "oneof_string_value=x", message)
                   .ok());
}

TEST(Query, Q20_Maps) {
  const Proto3Message message = Query(
      "map_value%5Ba%5D=1&map_value[b.c]=2&map_value[]=3&map_value3[-7]=x&map_value15[true]=y"
      "&map_value16[k]=9&nested.map_value[x]=z");
  EXPECT_THAT(message.map_value(),
              UnorderedElementsAre(Pair("a", "1"), Pair("b.c", "2"), Pair("", "3")));
  EXPECT_EQ(message.map_value3().at(-7), "x");
  EXPECT_EQ(message.map_value15().at(true), "y");
  EXPECT_EQ(message.map_value16().at("k").value(), 9u);
  EXPECT_EQ(message.nested().map_value().at("x"), "z");
  EXPECT_THAT(Refused("map_value[a]=1&map_value[a]=2"),
              ElementsAre(Pair("mapValue.a", "this key is given more than once")));
  EXPECT_THAT(Refused("map_value3[1]=a&map_value3[01]=b"), SizeIs(1));
  EXPECT_THAT(Refused("map_value3[x]=a"),
              ElementsAre(Pair("mapValue3.x", HasSubstr("as a map key"))));
  EXPECT_THAT(Refused("map_value2[x]=a"), SizeIs(1));
  EXPECT_THAT(Refused("map_value=a"),
              ElementsAre(Pair("mapValue", HasSubstr("expected a map key"))));
  EXPECT_THAT(Refused("string_value[x]=a"), SizeIs(1));
  EXPECT_THAT(Refused("map_of_messages[x]=a"), SizeIs(1));
}

TEST(Query, Q20_BracketsHoldMapKeysAtTheEndOfANameAlone) {
  EXPECT_THAT(
      Query("map_value[a]b]=1&map_value[[]=2&map_value[a.b[c]=3&map_value[]]=4").map_value(),
      UnorderedElementsAre(Pair("a]b", "1"), Pair("[", "2"), Pair("a.b[c", "3"), Pair("]", "4")));
  for (const bool lenient : {false, true}) {
    for (const char* name :
         {"string_value[", "string_value[x", "string_value[]", "map_value[", "map_value[a",
          "map_value[a]b", "map_value[a].b", "nested[x.string_value", "nested[x].string_value",
          "nested.map_value[", "nested.string_value[a"}) {
      EXPECT_THAT(Refused(name + std::string("=x"), "", {.lenient = lenient}), SizeIs(1)) << name;
    }
  }
  for (const char* name : {"[", "]", "[a]", "map_value]", "string_value]", "%00", "string_value%00",
                           "", ".", "..", ".string_value", "\xC3\xBC", "%FF", "map_value.[a]"}) {
    EXPECT_THAT(Refused(name + std::string("=x")), SizeIs(1)) << name;
  }
}

TEST(Query, Q20_KeysAreAnyTextOfTheirType) {
  const Proto3Message message = Query(
      "map_value[%00]=a&map_value[%C3%BC]=b&map_value[a%3Db%26c]=%00&map_value15[false]=n"
      "&map_value7[4294967295]=x");
  EXPECT_EQ(message.map_value().at(std::string(1, '\0')), "a");
  EXPECT_EQ(message.map_value().at("\xC3\xBC"), "b");
  EXPECT_EQ(message.map_value().at("a=b&c"), std::string(1, '\0'));
  EXPECT_EQ(message.map_value7().at(4294967295u), "x");
  for (const char* parameter :
       {"map_value[%FF]=a", "map_value15[1]=a", "map_value15[]=a", "map_value7[-1]=a",
        "map_value3[2147483648]=a", "map_value3[+1]=a"}) {
    EXPECT_THAT(Refused(parameter), SizeIs(1)) << parameter;
  }
}

TEST(Query, Q21_MessagesAreNoLeaves) {
  EXPECT_THAT(Refused("nested=x"), ElementsAre(Pair("nested", HasSubstr("name its fields"))));
  EXPECT_THAT(Refused("messages=x"), SizeIs(1));
}

TEST(Query, Q26_ReservedNames) {
  EXPECT_EQ(Query("alt=json&prettyPrint=true&fields=x&key=k").key(), "k");  // fields go first
  EXPECT_THAT(Refused("alt=json", "", {.reserved = {}}), SizeIs(1));
}

// What the query asks of the response's form.
json::Options SystemParameters(std::string_view query, json::Options json = {}) {
  Proto3Message message;
  const Status status = MakeBinder("/").Bind({}, query, message, &json);
  EXPECT_TRUE(status.ok()) << query << ": " << status.message();
  return json;
}

TEST(Query, Q26_EnumEncoding) {
  EXPECT_FALSE(SystemParameters("$alt=json").enums_as_numbers);
  EXPECT_TRUE(SystemParameters("$alt=json;enum-encoding=int").enums_as_numbers);
  EXPECT_TRUE(SystemParameters("alt=json;enum-encoding=int").enums_as_numbers);
  EXPECT_TRUE(SystemParameters("%24alt=json%3Benum-encoding%3Dint").enums_as_numbers);
  EXPECT_FALSE(SystemParameters("alt=json;enum-encoding=string", {.enums_as_numbers = true})
                   .enums_as_numbers);
  EXPECT_TRUE(SystemParameters("alt=json", {.enums_as_numbers = true}).enums_as_numbers);
  for (const char* query : {"$alt=", "$alt", "$alt=xml", "alt=json;", "$alt=json;enum-encoding=",
                            "$alt=json;enum-encoding=hex", "$alt=x;enum-encoding=int"}) {
    EXPECT_THAT(Refused(query), ElementsAre(Pair(HasSubstr("alt"), HasSubstr("\"json\""))))
        << query;
  }
}

TEST(Query, Q26_PrettyPrint) {
  EXPECT_EQ(SystemParameters("prettyPrint=true").indent, 2);
  EXPECT_EQ(SystemParameters("prettyPrint=false", {.indent = 4}).indent, 0);
  EXPECT_THAT(Refused("prettyPrint=yes"),
              ElementsAre(Pair("prettyPrint", "expected true or false, got \"yes\"")));
}

TEST(Query, ViolationsAreCutAtACharacter) {
  const std::string text = std::string(63, 'a') + "\xC3\xBC" + std::string(99, 'b');
  EXPECT_THAT(Refused("int32_value=" + text),
              ElementsAre(Pair("int32Value", HasSubstr("got \"" + std::string(63, 'a') + "…\""))));
}

TEST(Query, ManyParametersCostNoSquare) {
  std::string query;
  std::string unknown;
  for (int i = 0; i < 20000; ++i) {
    query += "&map_value2[" + std::to_string(i) + "]=1";
    unknown += "&u" + std::to_string(i) + "=1";
  }
  EXPECT_THAT(Query(query).map_value2(), SizeIs(20000));
  EXPECT_THAT(Refused(unknown), SizeIs(1000)) << "no answer grows with all that is wrong";
  Proto3Message message;
  EXPECT_THAT(MakeBinder("/").Bind({}, unknown, message).message(), HasSubstr("(and 19999 more)"));
}

TEST(Query, NamesInAnswersAreCut) {
  const std::string name(100000, 'n');
  EXPECT_THAT(Refused(name + "=1"),
              ElementsAre(Pair(std::string(256, 'n') + "…", "unknown query parameter")));
  EXPECT_THAT(Refused("map_value2[" + name + "]=x"), ElementsAre(Pair(SizeIs(Le(300u)), _)));
  EXPECT_THAT(Refused("nested." + name + "=x"), ElementsAre(Pair(SizeIs(Le(300u)), _)));
  EXPECT_THAT(Refused(name + "%zz=x"), ElementsAre(Pair(SizeIs(Le(300u)), _)));
}

TEST(Query, SeveralProblemsAtOnce) {
  EXPECT_THAT(Refused("int32_value=x&bool_value=y&zzz=1"), SizeIs(3));
}

}  // namespace
}  // namespace protorest::transcode
