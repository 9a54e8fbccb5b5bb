// What reading says about a text that it refuses.
#include <string>

#include "json_rules.h"

namespace protorest::json {
namespace {

TEST_P(JsonRules, ViolationsCarryThePathAndWhatCame) {
  EXPECT_EQ(Refused(R"({"children":[{},{"child":{"anInt32":"x"}}]})"), "children[1].child.anInt32");
  Kinds message;
  const Result result =
      Read(R"({"anInt32":"abc","aBool":7,"aString":"fine","nope":1})", codec<Kinds>(), {}, message);
  ASSERT_EQ(result.violations().size(), 3u);
  EXPECT_EQ(result.violations()[0].field, "anInt32");
  EXPECT_NE(result.violations()[0].description.find("abc"), std::string::npos);
  EXPECT_EQ(result.violations()[1].field, "aBool");
  EXPECT_EQ(result.violations()[2].field, "nope");
}

}  // namespace
}  // namespace protorest::json
