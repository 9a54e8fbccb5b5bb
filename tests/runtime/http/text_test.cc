#include "http/text.h"

#include <gtest/gtest.h>

namespace protorest::http {
namespace {

TEST(Text, ListHasFindsTokensWithoutCaseOrParameters) {
  EXPECT_TRUE(ListHas("trailers", "trailers"));
  EXPECT_TRUE(ListHas("gzip;q=0.5, Trailers ;q=1", "trailers"));
  EXPECT_FALSE(ListHas("trailersx, xtrailers", "trailers"));
  EXPECT_FALSE(ListHas("", "trailers"));
}

TEST(Text, IsSendableRefusesWhatWouldSplitAResponse) {
  EXPECT_TRUE(IsSendable("x-a", "b c\t\xc3\xa4"));
  EXPECT_TRUE(IsSendable("x-a", ""));
  EXPECT_FALSE(IsSendable("", "b"));
  EXPECT_FALSE(IsSendable("X-A", "b"));
  EXPECT_FALSE(IsSendable("x a", "b"));
  EXPECT_FALSE(IsSendable("x:a", "b"));
  EXPECT_FALSE(IsSendable("x-a", "b\r\n"));
  EXPECT_FALSE(IsSendable("x-a", std::string_view("\0", 1)));
}

TEST(Text, ConnectionFieldsAreTheLayersOwn) {
  for (const char* name : {"content-length", "transfer-encoding", "connection", "keep-alive",
                           "upgrade", "trailer", "date", "proxy-connection"}) {
    EXPECT_TRUE(IsConnectionField(name)) << name;
  }
  EXPECT_FALSE(IsConnectionField("content-type"));
}

TEST(Text, HttpDateHasTheFixedForm) {
  const std::string_view date = HttpDate();
  ASSERT_EQ(date.size(), 29u);
  EXPECT_EQ(date.substr(3, 2), ", ");
  EXPECT_EQ(date.substr(25), " GMT");
}

}  // namespace
}  // namespace protorest::http
