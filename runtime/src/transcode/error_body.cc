// Writes error bodies. By hand, for no message type of google.rpc may be linked
// (docs/architecture.md).
#include "transcode/error_body.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <array>

#include "http/http1_format.h"
#include "json/utf8_text.h"
#include "transcode/detail_types.h"

namespace protorest::transcode {
namespace {

using google::protobuf::internal::WireFormatLite;

// In the order of Code.
constexpr std::array<int, 17> kHttpStatus = {
    200,  // OK
    499,  // CANCELLED
    500,  // UNKNOWN
    400,  // INVALID_ARGUMENT
    504,  // DEADLINE_EXCEEDED
    404,  // NOT_FOUND
    409,  // ALREADY_EXISTS
    403,  // PERMISSION_DENIED
    429,  // RESOURCE_EXHAUSTED
    400,  // FAILED_PRECONDITION
    409,  // ABORTED
    400,  // OUT_OF_RANGE
    501,  // UNIMPLEMENTED
    500,  // INTERNAL
    503,  // UNAVAILABLE
    500,  // DATA_LOSS
    401,  // UNAUTHENTICATED
};

// `text` as a JSON string.
void AppendString(std::string_view text, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : json::detail::ToUtf8(text)) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[c >> 4];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void AppendDetail(const StatusDetail& detail, std::string& out) {
  out += "{\"@type\":";
  AppendString(detail.type_url, out);
  const std::string members = DetailMembers(detail);
  if (!members.empty()) {
    out += ',';
    out += members;
  }
  out += '}';
}

void AppendDetails(const Status& status, std::string& out) {
  if (status.details().empty()) return;
  out += ",\"details\":[";
  for (const StatusDetail& detail : status.details()) {
    if (&detail != &status.details().front()) out += ',';
    AppendDetail(detail, out);
  }
  out += ']';
}

// What a problem is called that has no type of its own: its status (RFC 9457, 4.2.1).
std::string_view Title(const Status& status, int http_status) {
  const std::string_view phrase = http::ReasonPhrase(http_status);
  return phrase.empty() ? CodeName(status.code()) : phrase;
}

}  // namespace

int HttpStatus(Code code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kHttpStatus.size() ? kHttpStatus[index] : 500;
}

std::string_view ErrorContentType(ErrorFormat format) {
  return format == ErrorFormat::kProblem ? "application/problem+json" : "application/json";
}

void WriteErrorBody(ErrorFormat format, const Status& status, int http_status, std::string& out) {
  switch (format) {
    case ErrorFormat::kStatus:
      out += "{\"code\":" + std::to_string(static_cast<int>(status.code())) + ",\"message\":";
      AppendString(status.message(), out);
      AppendDetails(status, out);
      break;
    case ErrorFormat::kAip193:
      out += "{\"error\":{\"code\":" + std::to_string(http_status) + ",\"message\":";
      AppendString(status.message(), out);
      out.append(",\"status\":\"").append(CodeName(status.code())).append("\"");
      AppendDetails(status, out);
      out += '}';
      break;
    case ErrorFormat::kProblem:
      out += "{\"title\":";
      AppendString(Title(status, http_status), out);
      out += ",\"status\":" + std::to_string(http_status) + ",\"detail\":";
      AppendString(status.message(), out);
      out.append(",\"code\":\"").append(CodeName(status.code())).append("\"");
      AppendDetails(status, out);
      break;
  }
  out += '}';
}

void WriteStreamError(ErrorFormat format, const Status& status, std::string& out) {
  const int http_status = HttpStatus(status.code());
  if (format == ErrorFormat::kAip193) return WriteErrorBody(format, status, http_status, out);
  out += "{\"error\":";
  WriteErrorBody(format, status, http_status, out);
  out += '}';
}

std::optional<std::int64_t> RetryAfter(const Status& status) {
  constexpr std::int64_t kMaxSeconds = 315'576'000'000;  // of a Duration
  for (const StatusDetail& detail : status.details()) {
    if (!detail.type_url.ends_with("/google.rpc.RetryInfo")) continue;
    // RetryInfo's field 1 is a google.protobuf.Duration.
    google::protobuf::io::CodedInputStream in(
        reinterpret_cast<const std::uint8_t*>(detail.value.data()),
        static_cast<int>(detail.value.size()));
    std::string bytes;
    google::protobuf::Duration delay;
    if (in.ReadTag() != 0x0A || !WireFormatLite::ReadBytes(&in, &bytes) ||
        !delay.ParseFromString(bytes) || delay.seconds() < 0 || delay.seconds() > kMaxSeconds) {
      continue;
    }
    return delay.seconds() + (delay.nanos() > 0 ? 1 : 0);
  }
  return std::nullopt;
}

}  // namespace protorest::transcode
