// Status both ways, judged by the compiled google.rpc.Status.
#include "grpc/status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

namespace protorest::grpc {
namespace {

TEST(GrpcStatus, OkIsOk) {
  EXPECT_TRUE(ToGrpc(Status()).ok());
  EXPECT_EQ(FromGrpc(::grpc::Status()), Status());
}

TEST(GrpcStatus, EveryCodeKeepsItsNumber) {
  for (int code = 1; code <= 16; ++code) {
    const Status status(static_cast<Code>(code), "text");
    EXPECT_EQ(ToGrpc(status).error_code(), code);
    EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
  }
}

TEST(GrpcStatus, DetailsAreWrittenAsGoogleRpcStatus) {
  const Status status = Status::InvalidArgument("bad user")
                            .AddFieldViolation("email", "has no @")
                            .AddDetail({"type.googleapis.com/google.rpc.Help", ""});
  google::rpc::Status decoded;
  ASSERT_TRUE(decoded.ParseFromString(ToGrpc(status).error_details()));
  EXPECT_EQ(decoded.code(), 3);
  EXPECT_EQ(decoded.message(), "bad user");
  ASSERT_EQ(decoded.details_size(), 2);
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(decoded.details(0).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "email");
  EXPECT_EQ(decoded.details(1).type_url(), "type.googleapis.com/google.rpc.Help");
}

TEST(GrpcStatus, DetailsAreReadFromGoogleRpcStatus) {
  google::rpc::Status encoded;
  encoded.set_code(5);
  encoded.set_message("not read: the status itself has it");
  google::rpc::ErrorInfo info;
  info.set_reason("GONE");
  encoded.add_details()->PackFrom(info);
  const Status status = FromGrpc({::grpc::NOT_FOUND, "no user", encoded.SerializeAsString()});
  EXPECT_EQ(status.code(), Code::kNotFound);
  EXPECT_EQ(status.message(), "no user");
  ASSERT_EQ(status.details().size(), 1u);
  EXPECT_EQ(status.details()[0].type_url, "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(status.details()[0].value, info.SerializeAsString());
}

TEST(GrpcStatus, DetailsThatAreNoStatusAreDropped) {
  const Status status = FromGrpc({::grpc::NOT_FOUND, "no user", "\x1a\x05"});
  EXPECT_EQ(status, Status::NotFound("no user"));
}

}  // namespace
}  // namespace protorest::grpc
