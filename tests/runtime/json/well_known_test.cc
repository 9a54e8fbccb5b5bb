// The J rules of the well-known types.
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, J27_Duration) {
  EXPECT_EQ(Through2(R"({"duration":"1.5s"})"), R"({"duration":"1.500s"})");
  EXPECT_EQ(Through2(R"({"duration":"-0.000000001s"})"), R"({"duration":"-0.000000001s"})");
  EXPECT_EQ(Through2(R"({"duration":"315576000000s"})"), R"({"duration":"315576000000s"})");
  for (const char* text : {"1", "1.0000000001s", "315576000001s", "-315576000001s", "s", "", "1 s",
                           "1.s", "+1s", "0x1s"}) {
    EXPECT_EQ(Refused(std::string(R"({"duration":")") + text + "\"}"), "duration") << text;
  }
}

TEST_P(JsonRules, J28_Timestamp) {
  EXPECT_EQ(Through2(R"({"time":"1970-01-01T00:00:00Z"})"), R"({"time":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(Through2(R"({"time":"2024-02-29T12:30:00.25+02:00"})"),
            R"({"time":"2024-02-29T10:30:00.250Z"})");
  EXPECT_EQ(Through2(R"({"time":"0001-01-01T00:00:00Z"})"), R"({"time":"0001-01-01T00:00:00Z"})");
  EXPECT_EQ(Through2(R"({"time":"9999-12-31T23:59:59.999999999Z"})"),
            R"({"time":"9999-12-31T23:59:59.999999999Z"})");
  for (const char* text :
       {"1970-01-01t00:00:00Z", "1970-01-01T00:00:00z", "1970-01-01T00:00:00",
        "2023-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T24:00:00Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
        "1970-01-01 00:00:00Z", "1970-13-01T00:00:00Z", "", "0001-01-01T00:00:00+00:01",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z"}) {
    EXPECT_EQ(Refused(std::string(R"({"time":")") + text + "\"}"), "time") << text;
  }
}

TEST_P(JsonRules, J29_FieldMask) {
  const Kinds message = Accepted(R"({"mask":"fooBar,baz.quxQuux"})");
  ASSERT_EQ(message.mask().paths_size(), 2);
  EXPECT_EQ(message.mask().paths(0), "foo_bar");
  EXPECT_EQ(message.mask().paths(1), "baz.qux_quux");
  EXPECT_EQ(Written(message), R"({"mask":"fooBar,baz.quxQuux"})");
  EXPECT_EQ(Accepted(R"({"mask":""})").mask().paths_size(), 0);
  EXPECT_EQ(Refused(R"({"mask":"foo_bar"})"), "mask");
  EXPECT_EQ(Refused(R"({"mask":"a,,b"})"), "mask");
}

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

TEST_P(JsonRules, J31_EmptyAny) {
  const Kinds message = Accepted(R"({"any":{}})");
  EXPECT_TRUE(message.has_any());
  EXPECT_EQ(message.any().type_url(), "");
  EXPECT_EQ(Written(message), R"({"any":{}})");
}

TEST_P(JsonRules, StructAndValue) {
  const char* text = R"({"struct":{"a":null,"b":1.5,"c":"x","d":true,"e":[1,{"f":[]}],"g":{}}})";
  EXPECT_EQ(Through2(text), text);
}

}  // namespace
}  // namespace protorest::json
