// Status: code names, and google.rpc.BadRequest written by hand, so that the runtime needs no
// compiled google/rpc descriptors (a program may link its own).
#include "protorest/status.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <array>

namespace protorest {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr std::array<std::string_view, 17> kCodeNames = {
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
};

constexpr std::string_view kBadRequest = "type.googleapis.com/google.rpc.BadRequest";

// The fields of google/rpc/error_details.proto that are written here.
constexpr int kBadRequestFieldViolations = 1;
constexpr int kFieldViolationField = 1;
constexpr int kFieldViolationDescription = 2;

std::string EncodeViolation(std::string_view field, std::string_view description) {
  std::string encoded;
  google::protobuf::io::StringOutputStream stream(&encoded);
  google::protobuf::io::CodedOutputStream out(&stream);
  WireFormatLite::WriteString(kFieldViolationField, std::string(field), &out);
  WireFormatLite::WriteString(kFieldViolationDescription, std::string(description), &out);
  out.Trim();
  return encoded;
}

}  // namespace

std::string_view CodeName(Code code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kCodeNames.size() ? kCodeNames[index] : "UNKNOWN";
}

Status& Status::AddDetail(StatusDetail detail) & {
  details_.push_back(std::move(detail));
  return *this;
}

Status&& Status::AddDetail(StatusDetail detail) && {
  return std::move(AddDetail(std::move(detail)));
}

Status& Status::AddDetail(const google::protobuf::Message& detail) & {
  const std::string name(detail.GetDescriptor()->full_name());
  return AddDetail({"type.googleapis.com/" + name, detail.SerializePartialAsString()});
}

Status&& Status::AddDetail(const google::protobuf::Message& detail) && {
  return std::move(AddDetail(detail));
}

Status& Status::AddFieldViolation(std::string_view field, std::string_view description) & {
  auto bad_request = std::find_if(details_.begin(), details_.end(), [](const StatusDetail& detail) {
    return detail.type_url == kBadRequest;
  });
  if (bad_request == details_.end()) {
    bad_request = details_.insert(details_.end(), StatusDetail{std::string(kBadRequest), ""});
  }
  // Appending an encoded entry to an encoded message adds it to the repeated field.
  google::protobuf::io::StringOutputStream stream(&bad_request->value);
  google::protobuf::io::CodedOutputStream out(&stream);
  WireFormatLite::WriteBytes(kBadRequestFieldViolations, EncodeViolation(field, description), &out);
  return *this;
}

Status&& Status::AddFieldViolation(std::string_view field, std::string_view description) && {
  return std::move(AddFieldViolation(field, description));
}

}  // namespace protorest
