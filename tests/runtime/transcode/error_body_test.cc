// Error bodies: the status table, details of every kind, and text that is no text.
#include "transcode/error_body.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "bind_test.pb.h"

namespace protorest::transcode {
namespace {

std::string Body(const Status& status) {
  std::string out;
  WriteErrorBody(ErrorFormat::kStatus, status, HttpStatus(status.code()), out);
  return out;
}

std::string BodyOf(StatusDetail detail) {
  return Body(Status::NotFound("no").AddDetail(std::move(detail)));
}

// The body's detail without "@type".
std::string Detail(const std::string& type, const std::string& value) {
  const std::string body = BodyOf({"type.googleapis.com/" + type, value});
  const std::string head =
      R"({"code":5,"message":"no","details":[{"@type":"type.googleapis.com/)" + type + "\"";
  EXPECT_TRUE(body.starts_with(head)) << body;
  EXPECT_TRUE(body.ends_with("}]}")) << body;
  return body.substr(head.size(), body.size() - head.size() - 3);
}

// A field of wire type 2 in protobuf binary.
std::string Field(int number, const std::string& value) {
  return std::string(1, static_cast<char>(number << 3 | 2)) +
         std::string(1, static_cast<char>(value.size())) + value;
}

TEST(ErrorBody, E1_EachCodeHasItsHttpStatus) {
  const std::pair<Code, int> kTable[] = {
      {Code::kOk, 200},
      {Code::kCancelled, 499},
      {Code::kUnknown, 500},
      {Code::kInvalidArgument, 400},
      {Code::kDeadlineExceeded, 504},
      {Code::kNotFound, 404},
      {Code::kAlreadyExists, 409},
      {Code::kPermissionDenied, 403},
      {Code::kUnauthenticated, 401},
      {Code::kResourceExhausted, 429},
      {Code::kFailedPrecondition, 400},
      {Code::kAborted, 409},
      {Code::kOutOfRange, 400},
      {Code::kUnimplemented, 501},
      {Code::kInternal, 500},
      {Code::kUnavailable, 503},
      {Code::kDataLoss, 500},
  };
  EXPECT_EQ(std::size(kTable), 17u);
  for (const auto& [code, http] : kTable) EXPECT_EQ(HttpStatus(code), http) << CodeName(code);
  EXPECT_EQ(HttpStatus(static_cast<Code>(17)), 500);
  EXPECT_EQ(HttpStatus(static_cast<Code>(-1)), 500);
}

TEST(ErrorBody, E2_CodeAndMessage) {
  EXPECT_EQ(Body(Status::NotFound("no user u1")), R"({"code":5,"message":"no user u1"})");
  EXPECT_EQ(Body(Status::Internal("")), R"({"code":13,"message":""})");
}

TEST(ErrorBody, E2_MessagesAreEscaped) {
  EXPECT_EQ(Body(Status::NotFound("\"a\\b\"\n\r\t\x01\x1f")),
            R"({"code":5,"message":"\"a\\b\"\n\r\t\u0001\u001f"})");
  EXPECT_EQ(Body(Status::NotFound("ü\xFF\xC3")),
            "{\"code\":5,\"message\":\"ü\xEF\xBF\xBD\xEF\xBF\xBD\"}");
  EXPECT_EQ(Body(Status::NotFound(std::string("\0", 1))), R"({"code":5,"message":"\u0000"})");
}

TEST(ErrorBody, E2_BadRequest) {
  const Status status = Status::InvalidArgument("bad")
                            .AddFieldViolation("email", "has no @")
                            .AddFieldViolation("a.b[3]", "expected \"x\"");
  EXPECT_EQ(Body(status),
            R"({"code":3,"message":"bad","details":[{"@type":"type.googleapis.com/)"
            R"(google.rpc.BadRequest","fieldViolations":[{"field":"email","description":)"
            R"("has no @"},{"field":"a.b[3]","description":"expected \"x\""}]}]})");
}

TEST(ErrorBody, E2_TypesOfGoogleRpcAreKnownWithoutBeingLinked) {
  google::protobuf::Duration delay;
  delay.set_seconds(2);
  delay.set_nanos(500000000);
  EXPECT_EQ(Detail("google.rpc.RetryInfo", Field(1, delay.SerializeAsString())),
            R"(,"retryDelay":"2.500s")");
  EXPECT_EQ(Detail("google.rpc.ErrorInfo",
                   Field(1, "OFF") + Field(2, "x.org") + Field(3, Field(1, "k") + Field(2, "v"))),
            R"(,"reason":"OFF","domain":"x.org","metadata":{"k":"v"})");
  EXPECT_EQ(Detail("google.rpc.ErrorInfo", ""), "");
  EXPECT_EQ(Detail("google.rpc.LocalizedMessage", Field(1, "de-CH") + Field(2, "Grüezi")),
            R"(,"locale":"de-CH","message":"Grüezi")");
  EXPECT_EQ(Detail("google.rpc.RequestInfo", Field(1, "r1") + Field(2, "d")),
            R"(,"requestId":"r1","servingData":"d")");
  EXPECT_EQ(Detail("google.rpc.ResourceInfo", Field(1, "user") + Field(2, "users/7")),
            R"(,"resourceType":"user","resourceName":"users/7")");
  EXPECT_EQ(Detail("google.rpc.Help", Field(1, Field(1, "more") + Field(2, "https://x.org"))),
            R"(,"links":[{"description":"more","url":"https://x.org"}])");
  EXPECT_EQ(Detail("google.rpc.QuotaFailure", Field(1, Field(1, "user:7") + Field(2, "daily"))),
            R"(,"violations":[{"subject":"user:7","description":"daily"}])");
  EXPECT_EQ(Detail("google.rpc.PreconditionFailure", Field(1, Field(1, "TOS") + Field(2, "x.org"))),
            R"(,"violations":[{"type":"TOS","subject":"x.org"}])");
  EXPECT_EQ(Detail("google.rpc.DebugInfo", Field(1, "main") + Field(2, "boom")),
            R"(,"stackEntries":["main"],"detail":"boom")");
}

TEST(ErrorBody, E2_LinkedTypes) {
  testing::Proto3Message message;
  message.set_string_value("x");
  EXPECT_EQ(Detail("protorest.testing.Proto3Message", message.SerializeAsString()),
            R"(,"stringValue":"x")");
  google::protobuf::StringValue value;
  value.set_value("x");
  EXPECT_EQ(Detail("google.protobuf.StringValue", value.SerializeAsString()), R"(,"value":"x")");
}

TEST(ErrorBody, E2_OthersAreBase64) {
  EXPECT_EQ(Detail("no.such.Type", "\xFB\xFF\x01"), R"(,"value":"+/8B")");
  EXPECT_EQ(Detail("no.such.Type", ""), R"(,"value":"")");
  EXPECT_EQ(BodyOf({"", "a"}),
            R"({"code":5,"message":"no","details":[{"@type":"","value":"YQ=="}]})");
}

TEST(ErrorBody, E2_DetailsThatCannotBeReadAreBase64) {
  EXPECT_EQ(Detail("google.rpc.ErrorInfo", "\xFF"), R"(,"value":"/w==")");
  // A string that is no UTF-8.
  EXPECT_EQ(Detail("google.rpc.ErrorInfo", Field(1, "\xFF")), R"(,"value":"CgH/")");
}

TEST(ErrorBody, E2_SeveralDetails) {
  const Status status = Status::NotFound("no").AddDetail({"a/B", "x"}).AddDetail({"a/C", "y"});
  EXPECT_EQ(Body(status), R"({"code":5,"message":"no","details":[{"@type":"a/B","value":"eA=="},)"
                          R"({"@type":"a/C","value":"eQ=="}]})");
}

TEST(ErrorBody, AnyThread) {
  const Status status = Status::InvalidArgument("bad").AddFieldViolation("f", "d");
  const std::string expected = Body(status);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 100; ++j) EXPECT_EQ(Body(status), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace protorest::transcode
