// What a client sees of errors: forms, hook, Retry-After (rule E2), and requests that come to no
// call.
#include <google/protobuf/util/json_util.h>
#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

#include "tests/runtime/transcode/mapping_fixture.h"
#include "transcode/error_body.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

Options Format(ErrorFormat format) { return {.errors = {.format = format}}; }

Status SomeError() {
  return Status::InvalidArgument("bad \"user\"").AddFieldViolation("email", "has no @");
}

// A body that has the error's details between these.
std::string AroundDetails(std::string_view before, std::string_view after) {
  return std::string(before)
      .append(R"("details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",)"
              R"("fieldViolations":[{"field":"email","description":"has no @"}]}])")
      .append(after);
}

// The answer to a call whose handler fails with SomeError.
std::string BodyIn(ErrorFormat format, std::string& content_type) {
  Mapping mapping(Format(format));
  mapping.handler->outcome = [](Context&) { return SomeError(); };
  FakeExchange exchange("POST", "/items");
  EXPECT_EQ(mapping.Serve(exchange).status(), 400);
  content_type = exchange.field("content-type");
  return exchange.body();
}

TEST(Errors, E2_StatusIsTheDefault) {
  std::string type;
  EXPECT_EQ(BodyIn(ErrorOptions().format, type),
            AroundDetails(R"({"code":3,"message":"bad \"user\"",)", "}"));
  EXPECT_EQ(type, "application/json");
}

TEST(Errors, E2_Aip193) {
  std::string type;
  EXPECT_EQ(BodyIn(ErrorFormat::kAip193, type),
            AroundDetails(R"({"error":{"code":400,"message":"bad \"user\"",)"
                          R"("status":"INVALID_ARGUMENT",)",
                          "}}"));
  EXPECT_EQ(type, "application/json");
}

TEST(Errors, E2_Problem) {
  std::string type;
  EXPECT_EQ(BodyIn(ErrorFormat::kProblem, type),
            AroundDetails(R"({"title":"Bad Request","status":400,"detail":"bad \"user\"",)"
                          R"("code":"INVALID_ARGUMENT",)",
                          "}"));
  EXPECT_EQ(type, "application/problem+json");
}

TEST(Errors, E2_AStatusWithoutAPhraseIsCalledByItsCode) {
  std::string body;
  WriteErrorBody(ErrorFormat::kProblem, Status::FailedPrecondition("pay"), 418, body);
  EXPECT_EQ(body, R"({"title":"FAILED_PRECONDITION","status":418,"detail":"pay",)"
                  R"("code":"FAILED_PRECONDITION"})");
}

TEST(Errors, E2_WhatComesToNoCallHasTheFormToo) {
  Mapping mapping(Format(ErrorFormat::kProblem));
  const auto title = [&](FakeExchange& exchange) {
    mapping.Serve(exchange);
    EXPECT_EQ(exchange.field("content-type"), "application/problem+json");
    return std::to_string(exchange.status()) + exchange.body().substr(0, exchange.body().find(','));
  };
  FakeExchange unknown("GET", "/nowhere");
  EXPECT_EQ(title(unknown), R"(404{"title":"Not Found")");
  FakeExchange method("PATCH", "/items");
  EXPECT_EQ(title(method), R"(405{"title":"Method Not Allowed")");
  EXPECT_EQ(method.field("allow"), "OPTIONS, POST");
  FakeExchange accept("GET", "/items:watch", {{"accept", "image/png"}});
  EXPECT_EQ(title(accept), R"(406{"title":"Not Acceptable")");
  FakeExchange type("POST", "/items", {{"content-type", "text/plain"}});
  type.Body("x");
  EXPECT_EQ(title(type), R"(415{"title":"Unsupported Media Type")");
  FakeExchange escape("GET", "/strict/%zz");
  EXPECT_EQ(title(escape), R"(400{"title":"Bad Request")");
}

// What is wrong with something that is no field is a violation without one.
TEST(Errors, P5_E11_E13_B18_A400IsABadRequestWhateverIsWrong) {
  struct Case {
    const char* method;
    const char* target;
    FakeExchange::Fields fields;
    const char* body;
    const char* expected;
  };
  for (const Case& wrong : {
           Case{"GET", "/strict/%zz", {}, "", R"(hex digits, got the path \"/strict/%zz\")"},
           Case{"GET", "/strict/a", {{"grpc-timeout", "5s"}}, "", R"(\"500m\", got \"5s\")"},
           Case{"GET", "/strict/a", {{"x-request-timeout", "1e3"}}, "", R"(\"0.25\", got \"1e3\")"},
           Case{"GET",
                "/strict/a",
                {{"x-bin", "!"}},
                "",
                R"(\"x-bin\": expected base64, got \"!\")"},
           Case{"POST",
                "/uploads/a",
                {{"content-type", "multipart/form-data; boundary=b"}},
                "--b\r\n",
                "ends before its last boundary"},
           Case{"POST",
                "/uploads/a",
                {{"content-type", "multipart/form-data; boundary=b"}},
                "--b\r\ncontent-disposition: form-data; name=f\r\n\r\n\r\n--b--",
                "is no file"},
       }) {
    Mapping mapping;
    FakeExchange exchange(wrong.method, wrong.target, wrong.fields);
    if (*wrong.body != '\0') exchange.Body(wrong.body);
    EXPECT_EQ(mapping.Serve(exchange).status(), 400);
    const std::string& body = exchange.body();
    const std::size_t details = body.find(R"("fieldViolations":[{"description":")");
    ASSERT_NE(details, std::string::npos) << body;
    EXPECT_NE(body.find(wrong.expected, details), std::string::npos) << body;
  }
}

TEST(Errors, E10_TheEndOfAStreamHasTheForm) {
  const auto last_line = [](ErrorFormat format) {
    std::string line;
    WriteStreamError(format, Status::NotFound("no"), line);
    return line;
  };
  EXPECT_EQ(last_line(ErrorFormat::kStatus), R"({"error":{"code":5,"message":"no"}})");
  EXPECT_EQ(last_line(ErrorFormat::kAip193),
            R"({"error":{"code":404,"message":"no","status":"NOT_FOUND"}})");
  EXPECT_EQ(last_line(ErrorFormat::kProblem),
            R"({"error":{"title":"Not Found","status":404,"detail":"no","code":"NOT_FOUND"}})");

  Mapping mapping(Format(ErrorFormat::kAip193));
  mapping.handler->outcome = [](Context&) { return Status::NotFound("no"); };
  FakeExchange lines("GET", "/items:watch", {{"accept", "application/x-ndjson"}});
  EXPECT_EQ(mapping.Serve(lines).body(),
            "{}\n"
            R"({"error":{"code":404,"message":"no","status":"NOT_FOUND"}})"
            "\n");
  FakeExchange events("GET", "/items:watch", {{"accept", "text/event-stream"}});
  EXPECT_NE(mapping.Serve(events).body().find(
                "event: error\n"
                R"(data: {"error":{"code":404,"message":"no","status":"NOT_FOUND"}})"),
            std::string::npos);
}

TEST(Errors, E2_AHookMayChangeTheWholeAnswer) {
  Options options;
  options.errors.hook = [](const Status& status, ErrorResponse& response) {
    if (status.code() != Code::kNotFound) return;
    EXPECT_EQ(response.body, R"({"code":5,"message":"no such path"})");
    response = {.http_status = 410, .content_type = "text/plain", .body = "gone"};
  };
  Mapping mapping(std::move(options));
  FakeExchange exchange("GET", "/nowhere");
  EXPECT_EQ(mapping.Serve(exchange).status(), 410);
  EXPECT_EQ(exchange.field("content-type"), "text/plain");
  EXPECT_EQ(exchange.body(), "gone");
  EXPECT_EQ(exchange.content_length(), 4u);
  EXPECT_EQ(mapping.Status("PATCH", "/items"), 405);
}

StatusDetail RetryInfo(std::int64_t seconds, std::int32_t nanos) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(seconds);
  info.mutable_retry_delay()->set_nanos(nanos);
  return {"type.googleapis.com/google.rpc.RetryInfo", info.SerializeAsString()};
}

TEST(Errors, E2_RetryInfoIsARetryAfterRoundedUp) {
  Mapping mapping;
  StatusDetail detail;
  mapping.handler->outcome = [&](Context&) {
    return Status::Unavailable("later").AddDetail(detail);
  };
  const auto retry_after = [&] {
    FakeExchange exchange("POST", "/items");
    EXPECT_EQ(mapping.Serve(exchange).status(), 503);
    return exchange.field("retry-after");
  };
  detail = RetryInfo(30, 0);
  EXPECT_EQ(retry_after(), "30");
  detail = RetryInfo(1, 1);
  EXPECT_EQ(retry_after(), "2");
  detail = RetryInfo(0, 5);
  EXPECT_EQ(retry_after(), "1");
  for (const StatusDetail& useless :
       {RetryInfo(-1, 0), RetryInfo(std::numeric_limits<std::int64_t>::max(), 1),
        StatusDetail{"type.googleapis.com/google.rpc.RetryInfo", ""},
        StatusDetail{"type.googleapis.com/google.rpc.RetryInfo", "\x0a\x7f"},
        StatusDetail{"type.googleapis.com/google.rpc.Help", RetryInfo(1, 0).value}}) {
    detail = useless;
    EXPECT_EQ(retry_after(), "");
  }
}

TEST(Errors, E2_AHandlersOwnRetryAfterStays) {
  Mapping mapping;
  mapping.handler->outcome = [](Context& context) {
    context.AddHeader("retry-after", "7");
    return Status::Unavailable("later").AddDetail(RetryInfo(1, 0));
  };
  FakeExchange exchange("POST", "/items");
  EXPECT_EQ(mapping.Serve(exchange).field("retry-after"), "7");
}

// Rule P21 goes by the request line alone.
TEST(Errors, XHttpMethodOverrideIsNeverHonoured) {
  Mapping mapping;
  FakeExchange exchange("POST", "/items/a", {{"x-http-method-override", "DELETE"}});
  EXPECT_EQ(mapping.Serve(exchange).status(), 405);
}

}  // namespace
}  // namespace protorest::transcode
