// Path variables and query parameters to messages: the P, Q and B rules, and the vectors.
#include "transcode/bind.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "bind_test.pb.h"
#include "bind_test_proto2.pb.h"
#include "protorest/json.h"
#include "tests/runtime/transcode/bad_request.h"
#include "tests/runtime/transcode/vectors.h"
#include "transcode/url.h"

namespace protorest::transcode {
namespace {

using protorest::testing::FieldViolations;
using protorest::testing::Letter;
using protorest::testing::Proto2Message;
using protorest::testing::Proto3Message;
using ::testing::_;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

using Captures = std::vector<std::string_view>;

RequestBinder MakeBinder(std::string_view path, std::string_view body = "",
                         const BindOptions& options = {},
                         const google::protobuf::Descriptor* type = Proto3Message::descriptor()) {
  PathTemplate parsed;
  PathTemplateError error;
  EXPECT_TRUE(ParsePathTemplate(path, parsed, error)) << error.message;
  std::optional<RequestBinder> binder;
  const Status status = RequestBinder::Prepare(*type, parsed, body, options, binder);
  EXPECT_TRUE(status.ok()) << status.message();
  return std::move(*binder);
}

// The message that a query makes; it must be accepted.
template <class M = Proto3Message>
M Query(std::string_view query, const BindOptions& options = {}) {
  M message;
  const RequestBinder binder = MakeBinder("/", "", options, M::descriptor());
  const Status status = binder.Bind({}, query, message);
  EXPECT_TRUE(status.ok()) << query << ": " << status.message();
  return message;
}

// The violations of a query that must be refused.
template <class M = Proto3Message>
std::vector<std::pair<std::string, std::string>> Refused(std::string_view query,
                                                         std::string_view body = "",
                                                         const BindOptions& options = {}) {
  M message;
  const RequestBinder binder = MakeBinder("/", body, options, M::descriptor());
  const Status status = binder.Bind({}, query, message);
  EXPECT_EQ(status.code(), Code::kInvalidArgument) << query;
  return FieldViolations(status);
}

Proto3Message Path(std::string_view path, const Captures& captures) {
  Proto3Message message;
  const Status status = MakeBinder(path).Bind(captures, "", message);
  EXPECT_TRUE(status.ok()) << path << ": " << status.message();
  return message;
}

std::vector<std::pair<std::string, std::string>> PathRefused(std::string_view path,
                                                             const Captures& captures) {
  Proto3Message message;
  const Status status = MakeBinder(path).Bind(captures, "", message);
  EXPECT_EQ(status.code(), Code::kInvalidArgument) << path;
  return FieldViolations(status);
}

TEST(Bind, PathVariables) {
  const Proto3Message message =
      Path("/{string_value}/{int64_value}/{bool_value}", {"a b", "-7", "true"});
  EXPECT_EQ(message.string_value(), "a b");
  EXPECT_EQ(message.int64_value(), -7);
  EXPECT_TRUE(message.bool_value());
}

TEST(Bind, P17_RepeatedMapAndMessageVariablesAreRefused) {
  for (const char* path : {"/{repeated_value}", "/{map_value}", "/{nested}", "/{struct_value}",
                           "/{no_such}", "/{string_value.x}", "/{nested.no_such}"}) {
    PathTemplate parsed;
    PathTemplateError error;
    ASSERT_TRUE(ParsePathTemplate(path, parsed, error));
    std::optional<RequestBinder> binder;
    const Status status =
        RequestBinder::Prepare(*Proto3Message::descriptor(), parsed, "", {}, binder);
    EXPECT_EQ(status.code(), Code::kInvalidArgument) << path;
    EXPECT_FALSE(binder.has_value());
  }
}

TEST(Bind, Q19_VariablesOfOneOneofAreRefused) {
  const std::pair<const char*, const char*> refused[] = {
      {"/{oneof_bool_value}/{oneof_string_value}", ""},
      {"/{nested.oneof_bool_value}/{nested.oneof_string_value}", ""},
      {"/{nested_oneof_value_one.int32_value}/{nested_oneof_int32_value}", ""},
      {"/{nested_oneof_int32_value}", "nested_oneof_value_one"}};
  for (const auto& [path, body] : refused) {
    PathTemplate parsed;
    PathTemplateError error;
    ASSERT_TRUE(ParsePathTemplate(path, parsed, error));
    std::optional<RequestBinder> binder;
    const Status status =
        RequestBinder::Prepare(*Proto3Message::descriptor(), parsed, body, {}, binder);
    EXPECT_EQ(status.code(), Code::kInvalidArgument) << path;
    EXPECT_THAT(status.message(), HasSubstr("are of one oneof")) << path;
  }
  // Of different oneofs, of one message in a oneof, and of no oneof.
  MakeBinder("/{oneof_bool_value}/{nested_oneof_int32_value}/{nested.oneof_bool_value}");
  MakeBinder("/{nested_oneof_value_one.int32_value}/{nested_oneof_value_one.string_value}");
  MakeBinder("/{string_value}/{int32_value}");
  MakeBinder("/{nested_oneof_value_one.int32_value}", "nested_oneof_value_one");
}

TEST(Bind, P17_ScalarLikeMessagesAreFine) {
  const Proto3Message message =
      Path("/{timestamp_value}/{wrapper_int64_value}", {"2016-12-15T12:23:32Z", "5"});
  EXPECT_EQ(message.timestamp_value().seconds(), 1481804612);
  EXPECT_EQ(message.wrapper_int64_value().value(), 5);
}

TEST(Bind, P19_IntegersInPathsAreDecimal) {
  for (const char* text : {"0x10", "1_0", " 1", "1 ", "+1", "", "1.0", "1e2", "2147483648"}) {
    EXPECT_THAT(
        PathRefused("/{int32_value}", {text}),
        ElementsAre(Pair("int32Value", HasSubstr("an integer from -2147483648 to 2147483647"))))
        << text;
  }
}

TEST(Bind, P20_EnumsInPaths) {
  EXPECT_EQ(Path("/{enum_value}", {"Z"}).enum_value(), Letter::Z);
  EXPECT_EQ(Path("/{enum_value}", {"1"}).enum_value(), Letter::Y);
  EXPECT_EQ(Path("/{enum_value}", {"77"}).enum_value(), 77);
  EXPECT_THAT(PathRefused("/{enum_value}", {"W"}),
              ElementsAre(Pair("enumValue", "expected one of X, Y, Z, got \"W\"")));
}

TEST(Bind, P24_NestedFieldsCreateTheirMessages) {
  EXPECT_EQ(Path("/{nested.nested.string_value=a/*}", {"a/b"}).nested().nested().string_value(),
            "a/b");
}

TEST(Bind, P25_PathWinsOverTheBody) {
  for (const char* path : {"/{string_value}", "/{nested.string_value}"}) {
    const auto bind = [path](std::string_view captured, const BindOptions& options) {
      Proto3Message message;  // as the body left it
      message.set_string_value("body");
      message.mutable_nested()->set_string_value("body");
      const Status status = MakeBinder(path, "*", options).Bind(Captures{captured}, "", message);
      return status.ok() ? message.string_value() + message.nested().string_value()
                         : FieldViolations(status).at(0).second;
    };
    EXPECT_THAT(bind("path", {}), HasSubstr("the body contradicts the path, which says \"path\""));
    EXPECT_EQ(bind("body", {}), "bodybody");
    EXPECT_THAT(bind("path", {.lenient = true}), HasSubstr("path"));
  }
}

TEST(Bind, Q19_PathAndBodySetTwoMembersOfAOneof) {
  for (const char* path : {"/{oneof_bool_value}", "/{nested.oneof_bool_value}"}) {
    const auto bind = [path](const BindOptions& options, Proto3Message& message) {
      message.set_oneof_string_value("body");
      message.mutable_nested()->set_oneof_string_value("body");
      return MakeBinder(path, "*", options).Bind(Captures{"true"}, "", message);
    };
    Proto3Message message;
    EXPECT_THAT(FieldViolations(bind({}, message)),
                ElementsAre(Pair(EndsWith("oneofBoolValue"), HasSubstr("\"oneofStringValue\""))));
    EXPECT_TRUE(bind({.lenient = true}, message).ok());  // the path wins
    EXPECT_TRUE(message.oneof_bool_value() || message.nested().oneof_bool_value());
  }
}

TEST(Bind, P25_TheBodyMayLeaveTheFieldOut) {
  Proto3Message message;
  EXPECT_TRUE(MakeBinder("/{string_value}", "*").Bind(Captures{"path"}, "", message).ok());
  EXPECT_EQ(message.string_value(), "path");
}

TEST(Bind, P25_PathWinsOverTheQuery) {
  Proto3Message message;
  const RequestBinder strict = MakeBinder("/{string_value}");
  EXPECT_TRUE(strict.Bind(Captures{"a b"}, "stringValue=a+b", message).ok());
  const Status status = strict.Bind(Captures{"a"}, "string_value=b", message);
  EXPECT_THAT(
      FieldViolations(status),
      ElementsAre(Pair("stringValue", HasSubstr("the path says \"a\", the query says \"b\""))));
  EXPECT_TRUE(MakeBinder("/{int32_value}").Bind(Captures{"07"}, "int32_value=7", message).ok());
  EXPECT_TRUE(MakeBinder("/{enum_value}").Bind(Captures{"Y"}, "enum_value=1", message).ok());
  EXPECT_TRUE(MakeBinder("/{nested.double_value}")
                  .Bind(Captures{"NaN"}, "nested.double_value=NaN", message)
                  .ok());
  EXPECT_TRUE(MakeBinder("/{wrapper_int64_value}")
                  .Bind(Captures{"1"}, "wrapper_int64_value=01", message)
                  .ok());
  EXPECT_FALSE(MakeBinder("/{int32_value}").Bind(Captures{"7"}, "int32_value=8", message).ok());
  EXPECT_FALSE(MakeBinder("/{int32_value}").Bind(Captures{"7"}, "int32_value=x", message).ok());
  EXPECT_FALSE(
      MakeBinder("/{timestamp_value}")
          .Bind(Captures{"2016-12-15T12:23:32Z"}, "timestamp_value=2016-12-15T12:23:33Z", message)
          .ok());
  const RequestBinder lenient = MakeBinder("/{string_value}", "", {.lenient = true});
  EXPECT_TRUE(lenient.Bind(Captures{"a"}, "string_value=b", message).ok());
  EXPECT_EQ(message.string_value(), "a");
}

TEST(Bind, B12_PathSetsAFieldOfTheBody) {
  Proto3Message message;
  message.mutable_nested()->set_int32_value(3);
  EXPECT_TRUE(MakeBinder("/{nested.string_value}", "nested").Bind(Captures{"x"}, "", message).ok());
  EXPECT_EQ(message.nested().string_value(), "x");
  EXPECT_EQ(message.nested().int32_value(), 3);
}

TEST(Bind, TextInPathsIsUtf8) {
  EXPECT_EQ(Path("/{string_value}", {"\xC3\xBC"}).string_value(), "\xC3\xBC");
  EXPECT_THAT(PathRefused("/{string_value}", {"\xFF"}),
              ElementsAre(Pair("stringValue", "expected text in UTF-8, got \"\xEF\xBF\xBD\"")));
}

TEST(Query, Q1_JsonNamesAndProtoNamesDotted) {
  EXPECT_EQ(Query("string_value=a&nested.nested.int32Value=5&nested.string_value=b")
                .nested()
                .nested()
                .int32_value(),
            5);
  EXPECT_EQ(Query("stringValue=a").string_value(), "a");
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

TEST(Query, Q9_Q10_EmptyValues) {
  EXPECT_TRUE(Query("optional_value").has_optional_value());
  EXPECT_TRUE(Query("oneof_string_value=").has_oneof_string_value());
  for (const char* query :
       {"bool_value", "int32_value=", "int32_value", "double_value=", "double_value", "float_value",
        "enum_value=", "enum_value", "timestamp_value=", "duration_value",
        "wrapper_int32_value=", "wrapper_double_value"}) {
    EXPECT_THAT(Refused(query), ElementsAre(Pair(::testing::_, HasSubstr("got nothing")))) << query;
  }
}

TEST(Query, Q11_Bool) {
  EXPECT_TRUE(Query("bool_value=true").bool_value());
  EXPECT_TRUE(Query("optional_int32=0&bool_value=false").has_optional_int32());
  for (const char* text : {"True", "TRUE", "1", "0", "t", "yes", "on"}) {
    EXPECT_THAT(Refused("bool_value=" + std::string(text)),
                ElementsAre(Pair("boolValue", HasSubstr("expected true or false"))));
  }
}

TEST(Query, Q12_PlusIsASpace) {
  EXPECT_EQ(Query("string_value=a+b%2Bc%20d").string_value(), "a b+c d");
  EXPECT_EQ(Query("string%5Fvalue=a").string_value(), "a");
}

TEST(Query, MalformedEscape) {
  EXPECT_THAT(Refused("string_value=%zz"), ElementsAre(Pair("string_value", HasSubstr("hex"))));
  EXPECT_THAT(Refused("string%4_value=x"), SizeIs(1));
}

TEST(Query, Q13_Bytes) {
  for (const char* text : {"-_8%3D", "-_8", "%2B/8%3D", "%2B%2F8"}) {
    EXPECT_EQ(Query("bytes_value=" + std::string(text)).bytes_value(), "\xFB\xFF") << text;
  }
  EXPECT_THAT(Refused("bytes_value=a"), SizeIs(1));
  EXPECT_THAT(Refused("bytes_value=a*b="), SizeIs(1));
}

TEST(Query, Q14_Enum) {
  EXPECT_EQ(Query("enum_value=Y").enum_value(), Letter::Y);
  EXPECT_EQ(Query("enum_value=-5").enum_value(), -5);
  EXPECT_THAT(Refused("enum_value=y"), SizeIs(1));
  EXPECT_THAT(Refused("enum_value=99999999999"), SizeIs(1));
  EXPECT_EQ(Query<Proto2Message>("closed=2").closed(), Proto2Message::TWO);
  EXPECT_THAT(Refused<Proto2Message>("closed=3"), SizeIs(1));
}

TEST(Query, Q15_TimestampAndDuration) {
  const Proto3Message message =
      Query("timestamp_value=2016-12-15T12:23:32.5Z&duration_value=-1.5s");
  EXPECT_EQ(message.timestamp_value().nanos(), 500000000);
  EXPECT_EQ(message.duration_value().seconds(), -1);
  for (const char* query :
       {"timestamp_value=2016-12-15", "timestamp_value=null", "duration_value=13h0m0s",
        "duration_value=1", "timestamp_value=2016-12-15T12:23:32Z%22", "duration_value=1s%5C"}) {
    EXPECT_THAT(Refused(query), SizeIs(1)) << query;
  }
}

TEST(Query, Q16_FieldMask) {
  EXPECT_THAT(Query("fieldmask_value=a,bC.dE,f_g").fieldmask_value().paths(),
              ElementsAre("a", "b_c.d_e", "f_g"));
  EXPECT_THAT(Query("fieldmask_value=*").fieldmask_value().paths(), ElementsAre("*"));
  EXPECT_THAT(Query("fieldmask_value=a.*").fieldmask_value().paths(), ElementsAre("a.*"));
  for (const char* text : {"a,", ",a", "a..b", ".a", "a.", "a-b", "a,,b"}) {
    EXPECT_THAT(Refused("fieldmask_value=" + std::string(text)), SizeIs(1)) << text;
  }
}

TEST(Query, Q17_WrappersAreBare) {
  const Proto3Message message = Query(
      "wrapper_string_value=%22q%22&wrapper_bool_value=false&repeated_message=1&repeated_message="
      "2");
  EXPECT_EQ(message.wrapper_string_value().value(), "\"q\"");
  EXPECT_TRUE(message.has_wrapper_bool_value());
  EXPECT_EQ(message.repeated_message_size(), 2);
  EXPECT_THAT(Refused("wrapper_u_int32_value=-1"), SizeIs(1));
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

TEST(Query, Q23_Floats) {
  EXPECT_TRUE(std::isnan(Query("float_value=NaN").float_value()));
  EXPECT_EQ(Query("double_value=-Infinity").double_value(), -HUGE_VAL);
  EXPECT_EQ(Query("double_value=-1.5e-3").double_value(), -0.0015);
  EXPECT_EQ(Query("double_value=1e-400").double_value(), 0);
  for (const char* text : {"nan", "inf", "+1", "1e400", "0x1p3", ".5", "1.", "1,5", "Inf", "1f"}) {
    EXPECT_THAT(Refused("double_value=" + std::string(text[0] == '+' ? "%2B1" : text)), SizeIs(1))
        << text;
  }
  EXPECT_THAT(Refused("float_value=3.5e38"), SizeIs(1));
}

TEST(Query, Q24_OptionalZeroIsPresent) {
  const Proto3Message message = Query("optional_int32=0");
  EXPECT_TRUE(message.has_optional_int32());
  EXPECT_EQ(message.optional_int32(), 0);
}

TEST(Query, Q25_IntegersAreStrict) {
  EXPECT_EQ(Query("int64_value=-9223372036854775808").int64_value(), INT64_MIN);
  EXPECT_EQ(Query("uint64_value=18446744073709551615").uint64_value(), UINT64_MAX);
  for (const char* query : {"int64_value=1.0", "int64_value=1e2", "uint32_value=-1",
                            "int64_value=9223372036854775808", "int32_value=%221%22"}) {
    EXPECT_THAT(Refused(query), SizeIs(1)) << query;
  }
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

// Parameters that contradict semantics.md, taken out of the vectors' queries, with the rule that
// decides.
constexpr std::pair<const char*, const char*> kExceptions[] = {
    {"query-000 duration_value", "Q15: 13h0m0s is Go's text of a duration"},
    {"query-001 durationValue", "Q15: 13h0m0s is Go's text of a duration"},
};

std::string WithoutExceptions(const std::string& id, const std::string& query) {
  std::string result;
  QuerySplitter splitter(query);
  QueryParameter parameter;
  while (splitter.Next(parameter)) {
    if (testing::IsException(kExceptions, id + " " + std::string(parameter.name))) continue;
    result += "&" + std::string(parameter.name) + "=" + std::string(parameter.value);
  }
  return result;
}

std::unique_ptr<google::protobuf::Message> NewMessage(const nlohmann::ordered_json& c) {
  if (c["message"].get<std::string>().ends_with("Proto2Message")) {
    return std::make_unique<Proto2Message>();
  }
  return std::make_unique<Proto3Message>();
}

TEST(QueryVectors, AllHold) {
  const auto vectors = testing::ReadVectors("query.json");
  PROTOREST_NEED_VECTORS(vectors);
  for (const auto& c : vectors["cases"]) {
    const std::string id = c["id"];
    SCOPED_TRACE(id + " " + c["query"].get<std::string>());
    const std::unique_ptr<google::protobuf::Message> message = NewMessage(c);
    std::vector<QueryBinder::Bound> bound;
    if (c.contains("filter")) {
      for (const std::string path : c["filter"]) {
        ASSERT_TRUE(
            FieldPath::Resolve(*message->GetDescriptor(), path, bound.emplace_back().path).ok());
      }
    }
    // The other implementation is lenient in what it does not know (rules Q6, Q7).
    const QueryBinder binder(*message->GetDescriptor(), bound, false, {.lenient = true});
    json::Options json;
    Violations violations;
    binder.Bind(WithoutExceptions(id, c["query"]), {}, *message, json, violations);
    const Status status = violations.ToStatus();
    if (c.contains("error")) {
      EXPECT_EQ(status.code(), Code::kInvalidArgument) << c["error"];
      continue;
    }
    ASSERT_TRUE(status.ok()) << status.message();
    auto want = c["want"];
    if (id == "query-000" || id == "query-001") want.erase("durationValue");
    const std::unique_ptr<google::protobuf::Message> wanted = NewMessage(c);
    ASSERT_TRUE(json::Read(want.dump(), json::ReflectionCodec(), {}, *wanted)) << want;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*message, *wanted))
        << message->DebugString();
  }
}

}  // namespace
}  // namespace protorest::transcode
