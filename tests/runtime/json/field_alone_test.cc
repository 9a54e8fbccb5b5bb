// One field alone, as the body and response_body of google.api.http are: with the codec of the
// messages in it, as generated code gives it, and without.
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

using google::protobuf::FieldDescriptor;

const FieldDescriptor& FieldOf(const std::string& name) {
  return *Kinds::descriptor()->FindFieldByName(name);
}

class FieldAlone : public JsonRules {
 protected:
  const Codec* lent() const {
    return GetParam() == Through::kGenerated ? &CodecOf<Kinds>() : nullptr;
  }

  std::string Through2(const std::string& name, std::string_view text) {
    Kinds message;
    const Result result = ReadField(text, FieldOf(name), {}, message, lent());
    if (!result) {
      return result.violations()[0].field + ": " + result.violations()[0].description;
    }
    std::string out;
    EXPECT_TRUE(WriteField(message, FieldOf(name), {}, out, lent()));
    return out;
  }
};

TEST_P(FieldAlone, B11_OneMessageAListOrAMap) {
  EXPECT_EQ(Through2("child", R"({ "anInt32": 1, "child": {"aBool": true} })"),
            R"({"anInt32":1,"child":{"aBool":true}})");
  EXPECT_EQ(Through2("children", R"([{"anInt32":1},{}])"), R"([{"anInt32":1},{}])");
  EXPECT_EQ(Through2("by_flag", R"({"true":{"anInt32":1},"false":{}})"),
            R"({"false":{},"true":{"anInt32":1}})");
  EXPECT_EQ(Through2("choice_child", "{}"), "{}");
}

TEST_P(FieldAlone, B4E5_NullAndWhatIsUnset) {
  EXPECT_EQ(Through2("child", "null"), "{}");
  EXPECT_EQ(Through2("children", "null"), "[]");
  EXPECT_EQ(Through2("by_flag", "null"), "{}");
  std::string out;
  EXPECT_TRUE(WriteField(Kinds(), FieldOf("value"), {}, out));
  EXPECT_TRUE(WriteField(Kinds(), FieldOf("time"), {}, out));
  EXPECT_EQ(out, R"(null"1970-01-01T00:00:00Z")");
}

TEST_P(FieldAlone, ErrorsHaveThePathInTheField) {
  EXPECT_EQ(Through2("child", R"({"child":{"anInt32":"x"}})").substr(0, 13), "child.anInt32");
  EXPECT_EQ(Through2("children", R"([{},{"aBool":1}])").substr(0, 9), "[1].aBool");
  EXPECT_NE(Through2("children", R"([{},null])").find("null"), std::string::npos);
  EXPECT_NE(Through2("child", R"({}, "anInt32": 1)"), "{}");
}

int g_reads = 0, g_writes = 0;

TEST(FieldWithACodec, IsReadAndWrittenByIt) {
  static constexpr Codec kCounted = {[](const google::protobuf::Message& message, Writer& writer) {
                                       ++g_writes;
                                       CodecOf<Kinds>().write(message, writer);
                                     },
                                     [](Reader& reader, google::protobuf::Message& message) {
                                       ++g_reads;
                                       return CodecOf<Kinds>().read(reader, message);
                                     }};
  for (const auto& [name, text] :
       {std::pair{"child", "{}"}, {"children", "[{},{}]"}, {"by_flag", R"({"false":{}})"}}) {
    Kinds message;
    std::string out;
    g_reads = g_writes = 0;
    ASSERT_TRUE(ReadField(text, FieldOf(name), {}, message, &kCounted));
    ASSERT_TRUE(WriteField(message, FieldOf(name), {}, out, &kCounted));
    EXPECT_EQ(out, text);
    EXPECT_EQ(g_reads, name == std::string("children") ? 2 : 1);
    EXPECT_EQ(g_writes, g_reads);
  }
}

INSTANTIATE_TEST_SUITE_P(Json, FieldAlone,
                         testing::Values(Through::kGenerated, Through::kReflection), NameOfCodec);

}  // namespace
}  // namespace protorest::json
