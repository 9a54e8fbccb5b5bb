// Which metadata crosses, and points in time.
#include "grpc/metadata.h"

#include <grpc/support/time.h>
#include <gtest/gtest.h>

#include <string>

namespace protorest::grpc {
namespace {

using std::chrono::seconds;

TEST(GrpcMetadata, E14_PairsThatMetadataCannotCarryAreSkipped) {
  EXPECT_TRUE(Portable("x-request_id.2", "a b~"));
  EXPECT_FALSE(Portable("", "a"));
  EXPECT_FALSE(Portable("x!y", "a"));
  EXPECT_FALSE(Portable("Upper", "a"));
  EXPECT_FALSE(Portable("x-name", "h\xc3\xa9"));
  EXPECT_FALSE(Portable("x-name", "a\tb"));
  EXPECT_TRUE(Portable("x-name-bin", std::string("\0\xff", 2)));
}

TEST(GrpcMetadata, E16_KeysOfTheTransportAreSkipped) {
  for (const char* key :
       {"connection", "content-length", "content-type", "grpc-status-details-bin", "grpc-timeout",
        "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent"}) {
    EXPECT_FALSE(Portable(key, "a")) << key;
  }
  EXPECT_TRUE(Portable("authorization", "Bearer a"));
}

TEST(GrpcTime, NeverIsInfinity) {
  EXPECT_EQ(FromGrpcTime(gpr_inf_future(GPR_CLOCK_REALTIME)), Clock::time_point::max());
  EXPECT_EQ(FromGrpcTime(ToGrpcTime(Clock::time_point::max())), Clock::time_point::max());
}

TEST(GrpcTime, TheTimeLeftCrosses) {
  const Clock::time_point when = Clock::now() + seconds(1000);
  const auto drift = FromGrpcTime(ToGrpcTime(when)) - when;
  EXPECT_LT(std::chrono::abs(drift), seconds(10));
}

TEST(GrpcTime, WhatHasPassedHasPassed) {
  const Clock::time_point earlier = FromGrpcTime(ToGrpcTime(Clock::now() - seconds(5)));
  const Clock::time_point never_was = FromGrpcTime(gpr_inf_past(GPR_CLOCK_REALTIME));
  EXPECT_LE(earlier, Clock::now());
  EXPECT_LE(never_was, Clock::now());
}

}  // namespace
}  // namespace protorest::grpc
