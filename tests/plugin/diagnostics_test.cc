// What users read of errors, and how near a name must be to be proposed.
#include "plugin/diagnostics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace protorest::plugin {
namespace {

using testing::ElementsAre;

TEST(Diagnostics, FormatIsThatOfCompilers) {
  Diagnostics diagnostics;
  diagnostics.Error({"a.proto", 14, 7}, "GetUser", "wrong");
  diagnostics.Error({"a.proto"}, "", "wrong as a whole");
  diagnostics.Warning({"a.proto", 1, 2}, "GetUser", "odd");
  EXPECT_THAT(diagnostics.errors(),
              ElementsAre("a.proto:14:7: GetUser: wrong", "a.proto: wrong as a whole"));
  EXPECT_THAT(diagnostics.warnings(), ElementsAre("a.proto:1:2: warning: GetUser: odd"));
}

TEST(Diagnostics, WarningsAreNoErrors) {
  Diagnostics diagnostics;
  diagnostics.Warning({}, "", "odd");
  EXPECT_TRUE(diagnostics.ok());
  diagnostics.Error({}, "", "wrong");
  EXPECT_FALSE(diagnostics.ok());
}

TEST(Nearest, FindsTyposAndNothingElse) {
  const std::vector<std::string> names = {"user_id", "name", "email"};
  EXPECT_EQ(Nearest("user_idd", names), "user_id");
  EXPECT_EQ(Nearest("userid", names), "user_id");
  EXPECT_EQ(Nearest("nmae", names), "name");
  EXPECT_EQ(Nearest("EMAIL", names), "email");
  EXPECT_EQ(Nearest("created_at", names), "");
  EXPECT_EQ(Nearest("", names), "");
  EXPECT_EQ(Nearest("x", {}), "");
}

}  // namespace
}  // namespace protorest::plugin
