// Path variables to messages, beside what body and query say: the P and B rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runtime/transcode/bind_support.h"

namespace protorest::transcode {
namespace {

using test::Captures;
using test::FieldViolations;
using test::Letter;
using test::MakeBinder;
using test::Path;
using test::PathRefused;
using test::Proto3Message;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Pair;

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

}  // namespace
}  // namespace protorest::transcode
