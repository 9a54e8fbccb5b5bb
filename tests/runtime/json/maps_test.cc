// The J rules of maps: keys of every type, and values that JSON treats in their own ways.
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>

#include "json_rules.h"
#include "maps.json.pb.h"

namespace protorest::json {
namespace {

using test::Maps;

class MapRules : public JsonRules {
 protected:
  std::string Map(const std::string& name, const std::string& entries) {
    return "{\"" + name + "\":{" + entries + "}}";
  }
  bool Takes(const std::string& name, const std::string& entries, const Options& options = {}) {
    return Refused<Maps>(Map(name, entries), options) == "accepted";
  }
};

INSTANTIATE_TEST_SUITE_P(Codec, MapRules,
                         testing::Values(Through::kGenerated, Through::kReflection), NameOfCodec);

TEST_P(MapRules, J2_KeysThatAreTheSameOnceTheyAreRead) {
  EXPECT_FALSE(Takes("byString", R"("a":"","\u0061":"")"));
  EXPECT_FALSE(Takes("byString", R"("":"","":"")"));
  EXPECT_FALSE(Takes("byBool", R"("true":"","tr\u0075e":"")"));
  EXPECT_FALSE(Takes("byInt32", R"("0":"","-0":"")"));
  EXPECT_FALSE(Takes("byInt32", R"("1":"","1.0":"")"));
  EXPECT_FALSE(Takes("byInt64", R"("100":"","1e2":"")"));
  EXPECT_FALSE(Takes("byUint64", R"("18446744073709551615":"","1.8446744073709551615e19":"")"));
  EXPECT_FALSE(Takes("values", R"("a":null,"a":1)"));
  EXPECT_FALSE(Takes("nulls", R"("a":null,"a":null)"));
  EXPECT_FALSE(Takes("children", R"("a":{},"a":{})"));
  // Keys of strings are texts: these differ.
  EXPECT_TRUE(Takes("byString", R"("1":"","01":"","1.0":"","A":"","a":"")"));
  EXPECT_EQ(Refused<Maps>(R"({"byInt32":{"1":"a"},"by_int32":{"2":"b"}})"), "byInt32");
}

TEST_P(MapRules, J13_KeysOfNumbers) {
  for (const char* key : {"0", "-2147483648", "2147483647", "1e2", "1.0"}) {
    EXPECT_TRUE(Takes("byInt32", "\"" + std::string(key) + "\":\"\"")) << key;
  }
  for (const char* key : {"", " 1", "1 ", "01", "+1", "0x1", "1.5", "2147483648", "-2147483649",
                          "a", "true", "NaN", "1\\u0000", "-", "1e", "1e-1"}) {
    EXPECT_FALSE(Takes("byInt32", "\"" + std::string(key) + "\":\"\"")) << key;
  }
  EXPECT_TRUE(Takes("byInt32", R"("\u0031":"")"));
  EXPECT_TRUE(Takes("byUint32", R"("4294967295":"")"));
  EXPECT_FALSE(Takes("byUint32", R"("4294967296":"")"));
  EXPECT_FALSE(Takes("byUint32", R"("-1":"")"));
  EXPECT_TRUE(Takes("byInt64", R"("-9223372036854775808":"","9223372036854775807":"")"));
  EXPECT_FALSE(Takes("byInt64", R"("9223372036854775808":"")"));
  EXPECT_TRUE(Takes("byUint64", R"("18446744073709551615":"")"));
  EXPECT_FALSE(Takes("byUint64", R"("18446744073709551616":"")"));
}

TEST_P(MapRules, J17_KeysOfBools) {
  EXPECT_TRUE(Takes("byBool", R"("true":"","false":"")"));
  for (const char* key : {"", "True", "TRUE", "1", "0", "t", " true", "null", "true\\u0000"}) {
    EXPECT_FALSE(Takes("byBool", "\"" + std::string(key) + "\":\"\"")) << key;
  }
}

TEST_P(MapRules, J33_KeysAreInQuotes) {
  EXPECT_FALSE(Takes("byInt32", R"(1:"")"));
  EXPECT_FALSE(Takes("byBool", R"(true:"")"));
  EXPECT_FALSE(Takes("byString", R"(null:"")"));
  EXPECT_FALSE(Takes("byString", R"("a":"",)"));
  EXPECT_FALSE(Takes("byString", R"("a":"" "b":"")"));
  EXPECT_FALSE(Takes("byString", R"("a" "")"));
  EXPECT_FALSE(Takes("byString", R"("a":)"));
  EXPECT_FALSE(Takes("byString", R"(,"a":"")"));
}

TEST_P(MapRules, EmptyKeysAndNuls) {
  const Maps message = Accepted<Maps>(R"({"byString":{"":"empty","\u0000":"nul","a\u0000b":"x"}})");
  ASSERT_EQ(message.by_string().size(), 3u);
  EXPECT_EQ(message.by_string().at(""), "empty");
  EXPECT_EQ(message.by_string().at(std::string(1, '\0')), "nul");
  EXPECT_EQ(message.by_string().at(std::string("a\0b", 3)), "x");
  EXPECT_EQ(Refused<Maps>(R"({"byString":{"":1}})"), R"(byString[""])");
  EXPECT_EQ(Refused<Maps>(R"({"children":{"":{"alias":"x"}}})"), R"(children[""].alias)");
  EXPECT_EQ(Written(message), R"({"byString":{"":"empty","\u0000":"nul","a\u0000b":"x"}})");
}

TEST_P(MapRules, J6J7_NullAsAValue) {
  EXPECT_TRUE(Takes("values", R"("a":null)"));
  EXPECT_TRUE(Takes("nulls", R"("a":null)"));
  for (const char* name : {"byString", "times", "wrapped", "anys", "aliases", "children"}) {
    EXPECT_FALSE(Takes(name, R"("a":null)")) << name;
  }
  EXPECT_EQ(Written(Accepted<Maps>(R"({"values":{"a":null},"nulls":{"b":null},"times":null})")),
            R"({"values":{"a":null},"nulls":{"b":null}})");
}

TEST_P(MapRules, J20_Aliases) {
  const Maps message =
      Accepted<Maps>(R"({"alias":"ALIAS_SECOND","aliasList":["ALIAS_FIRST","ALIAS_SECOND",1,2]})");
  EXPECT_EQ(message.alias(), test::ALIAS_FIRST);
  EXPECT_EQ(Written(message),
            R"({"alias":"ALIAS_FIRST","aliasList":["ALIAS_FIRST","ALIAS_FIRST","ALIAS_FIRST",)"
            R"("ALIAS_OTHER"]})");
}

TEST_P(MapRules, J22_UnknownNamesDropTheirEntries) {
  EXPECT_FALSE(Takes("aliases", R"("a":"NOPE")"));
  const Options lenient = {.ignore_unknown_fields = true};
  // What was dropped leaves no key behind.
  EXPECT_EQ(Written(Accepted<Maps>(
                Map("aliases", R"("a":"NOPE","a":"ALIAS_OTHER","b":"NOPE","c":7)"), lenient)),
            Map("aliases", R"("a":"ALIAS_OTHER","c":7)"));
  EXPECT_FALSE(Takes("aliases", R"("a":1,"a":2)", lenient));
}

TEST_P(MapRules, J46_InTheOrderOfKeys) {
  const auto same = [&](const std::string& name, const std::string& sent,
                        const std::string& wanted) {
    EXPECT_EQ(Written(Accepted<Maps>(Map(name, sent))), Map(name, wanted));
  };
  same("byBool", R"("true":"b","false":"a")", R"("false":"a","true":"b")");
  same("byInt32", R"("2":"","10":"","-1":"","-10":"")", R"("-10":"","-1":"","2":"","10":"")");
  same("byUint64", R"("18446744073709551615":"","9223372036854775808":"","1":"")",
       R"("1":"","9223372036854775808":"","18446744073709551615":"")");
  // By bytes: a shorter key first, then as unsigned.
  same("byString", R"("é":"","ab":"","b":"","a":"","":"")",
       R"("":"","a":"","ab":"","b":"","é":"")");
}

// A dynamic message keeps both entries, of which the last one counts, as in generated code.
TEST(DynamicMaps, J2_AKeyThatABinaryHasTwiceIsWrittenOnce) {
  Maps first, second;
  (*first.mutable_by_string())["k"] = "old";
  (*first.mutable_by_string())["a"] = "x";
  (*second.mutable_by_string())["k"] = "new";
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(Maps::descriptor())->New());
  ASSERT_TRUE(message->ParseFromString(first.SerializeAsString() + second.SerializeAsString()));
  std::string text;
  ASSERT_TRUE(Write(*message, ReflectionCodec(), {}, text));
  EXPECT_EQ(text, R"({"byString":{"a":"x","k":"new"}})");
}

}  // namespace
}  // namespace protorest::json
