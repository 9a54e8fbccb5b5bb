// The outcome of a call: a gRPC status code, a message for developers, and typed details.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace google::protobuf {
class Message;
}

namespace protorest {

// The canonical codes of google.rpc.Code, with the HTTP status that REST clients see (rule E1).
enum class Code {
  kOk = 0,                  // 200
  kCancelled = 1,           // 499
  kUnknown = 2,             // 500
  kInvalidArgument = 3,     // 400
  kDeadlineExceeded = 4,    // 504
  kNotFound = 5,            // 404
  kAlreadyExists = 6,       // 409
  kPermissionDenied = 7,    // 403
  kResourceExhausted = 8,   // 429
  kFailedPrecondition = 9,  // 400
  kAborted = 10,            // 409
  kOutOfRange = 11,         // 400
  kUnimplemented = 12,      // 501
  kInternal = 13,           // 500
  kUnavailable = 14,        // 503
  kDataLoss = 15,           // 500
  kUnauthenticated = 16,    // 401
};

// "NOT_FOUND" for Code::kNotFound; "UNKNOWN" for a number outside the enum.
std::string_view CodeName(Code code);

// One entry of google.rpc.Status.details, still encoded: what a google.protobuf.Any holds.
struct StatusDetail {
  std::string type_url;  // "type.googleapis.com/google.rpc.BadRequest"
  std::string value;     // the message in protobuf binary

  bool operator==(const StatusDetail&) const = default;
};

// What a call came to. Copyable; a default-constructed Status is OK and allocates nothing.
//
//   return protorest::Status::NotFound("no user " + request.user_id());
//   return protorest::Status::InvalidArgument("bad user").AddFieldViolation("email", "has no @");
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status Ok() { return {}; }
  static Status Cancelled(std::string message) { return {Code::kCancelled, std::move(message)}; }
  static Status InvalidArgument(std::string message) {
    return {Code::kInvalidArgument, std::move(message)};
  }
  static Status DeadlineExceeded(std::string message) {
    return {Code::kDeadlineExceeded, std::move(message)};
  }
  static Status NotFound(std::string message) { return {Code::kNotFound, std::move(message)}; }
  static Status AlreadyExists(std::string message) {
    return {Code::kAlreadyExists, std::move(message)};
  }
  static Status PermissionDenied(std::string message) {
    return {Code::kPermissionDenied, std::move(message)};
  }
  static Status ResourceExhausted(std::string message) {
    return {Code::kResourceExhausted, std::move(message)};
  }
  static Status FailedPrecondition(std::string message) {
    return {Code::kFailedPrecondition, std::move(message)};
  }
  static Status Aborted(std::string message) { return {Code::kAborted, std::move(message)}; }
  static Status OutOfRange(std::string message) { return {Code::kOutOfRange, std::move(message)}; }
  static Status Unimplemented(std::string message) {
    return {Code::kUnimplemented, std::move(message)};
  }
  static Status Internal(std::string message) { return {Code::kInternal, std::move(message)}; }
  static Status Unavailable(std::string message) {
    return {Code::kUnavailable, std::move(message)};
  }
  static Status Unauthenticated(std::string message) {
    return {Code::kUnauthenticated, std::move(message)};
  }

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::vector<StatusDetail>& details() const { return details_; }

  // Adds any google.rpc detail (ErrorInfo, RetryInfo, …) in protobuf binary.
  Status& AddDetail(StatusDetail detail) &;
  Status&& AddDetail(StatusDetail detail) &&;
  // The same of a message: Status::Unavailable("later").AddDetail(retry_info).
  Status& AddDetail(const google::protobuf::Message& detail) &;
  Status&& AddDetail(const google::protobuf::Message& detail) &&;

  // Adds one entry to this status's google.rpc.BadRequest, which is made at the first call.
  // `field` is the JSON path of the offending field ("items[3].unitPrice").
  Status& AddFieldViolation(std::string_view field, std::string_view description) &;
  Status&& AddFieldViolation(std::string_view field, std::string_view description) &&;

  bool operator==(const Status&) const = default;

 private:
  Code code_ = Code::kOk;
  std::string message_;
  std::vector<StatusDetail> details_;
};

}  // namespace protorest
