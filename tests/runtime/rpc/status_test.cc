// Status and its hand-written google.rpc.BadRequest.
#include "protorest/status.h"

#include <google/protobuf/duration.pb.h>
#include <gtest/gtest.h>

namespace protorest {
namespace {

TEST(Status, DefaultIsOk) {
  EXPECT_TRUE(Status().ok());
  EXPECT_EQ(Status(), Status::Ok());
}

TEST(Status, CodeNames) {
  EXPECT_EQ(CodeName(Code::kOk), "OK");
  EXPECT_EQ(CodeName(Code::kNotFound), "NOT_FOUND");
  EXPECT_EQ(CodeName(Code::kUnauthenticated), "UNAUTHENTICATED");
  EXPECT_EQ(CodeName(static_cast<Code>(99)), "UNKNOWN");
}

TEST(Status, AMessageAsDetail) {
  google::protobuf::Duration detail;
  detail.set_seconds(5);
  const Status status = Status::Unavailable("later").AddDetail(detail);
  ASSERT_EQ(status.details().size(), 1u);
  EXPECT_EQ(status.details()[0].type_url, "type.googleapis.com/google.protobuf.Duration");
  EXPECT_EQ(status.details()[0].value, detail.SerializeAsString());
}

TEST(Status, FieldViolationsShareOneBadRequest) {
  const Status status = Status::InvalidArgument("bad user")
                            .AddFieldViolation("email", "has no @")
                            .AddFieldViolation("age", "is negative");
  ASSERT_EQ(status.details().size(), 1u);
  EXPECT_EQ(status.details()[0].type_url, "type.googleapis.com/google.rpc.BadRequest");
  // google.rpc.BadRequest: field 1, entries of {1: field, 2: description}.
  EXPECT_EQ(status.details()[0].value,
            "\x0a\x11\x0a\x05"
            "email\x12\x08has no @"
            "\x0a\x12\x0a\x03"
            "age\x12\x0bis negative");
}

}  // namespace
}  // namespace protorest
