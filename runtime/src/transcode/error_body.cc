// Writes error bodies. By hand, for no message type of google.rpc may be linked
// (docs/architecture.md).
#include "transcode/error_body.h"

#include <array>

#include "json/base64.h"
#include "transcode/detail_types.h"
#include "transcode/utf8_text.h"

namespace protorest::transcode {
namespace {

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
  for (const char c : ToUtf8(text)) {
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

}  // namespace

int HttpStatus(Code code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kHttpStatus.size() ? kHttpStatus[index] : 500;
}

void WriteErrorBody(const Status& status, std::string& out) {
  out += "{\"code\":";
  out += std::to_string(static_cast<int>(status.code()));
  out += ",\"message\":";
  AppendString(status.message(), out);
  if (!status.details().empty()) {
    out += ",\"details\":[";
    for (const StatusDetail& detail : status.details()) {
      if (&detail != &status.details().front()) out += ',';
      AppendDetail(detail, out);
    }
    out += ']';
  }
  out += '}';
}

}  // namespace protorest::transcode
