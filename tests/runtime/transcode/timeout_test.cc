// Grpc-Timeout and X-Request-Timeout.
#include "transcode/timeout.h"

#include <gtest/gtest.h>

namespace protorest::transcode {
namespace {

using namespace std::chrono_literals;

TEST(Timeout, E11_GrpcTimeoutUnits) {
  EXPECT_EQ(ParseGrpcTimeout("5S"), 5s);
  EXPECT_EQ(ParseGrpcTimeout("2H"), 2h);
  EXPECT_EQ(ParseGrpcTimeout("3M"), 3min);
  EXPECT_EQ(ParseGrpcTimeout("250m"), 250ms);
  EXPECT_EQ(ParseGrpcTimeout("99999999u"), 99999999us);
  EXPECT_EQ(ParseGrpcTimeout("7n"), 7ns);
  EXPECT_EQ(ParseGrpcTimeout("0S"), 0s);
}

TEST(Timeout, E11_BadGrpcTimeouts) {
  for (const char* text : {"", "S", "5", "5s", "5 S", "-5S", "1.5S", "123456789S", "5SS", "+5S"}) {
    EXPECT_EQ(ParseGrpcTimeout(text), std::nullopt) << text;
  }
}

TEST(Timeout, E11_LongTimeoutsStillMakeADeadline) {
  const auto timeout = ParseGrpcTimeout("99999999H");
  ASSERT_TRUE(timeout);
  EXPECT_EQ(*timeout, 24h * 365 * 100);
  EXPECT_GT(Clock::now() + *timeout, Clock::now());
}

TEST(Timeout, E11_RequestTimeoutIsInSeconds) {
  EXPECT_EQ(ParseRequestTimeout("30"), 30s);
  EXPECT_EQ(ParseRequestTimeout("0.25"), 250ms);
  EXPECT_EQ(ParseRequestTimeout("1.000000001"), 1s + 1ns);
  for (const char* text : {"", "5S", "-1", ".5", "1.", "1e3", "123456789", "1.0000000001", " 1"}) {
    EXPECT_EQ(ParseRequestTimeout(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace protorest::transcode
