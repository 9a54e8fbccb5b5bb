#include "http/response.h"

#include "http/text.h"

namespace protorest::http {
namespace {

// google.rpc.Code for the statuses that the http layer answers by itself.
int CodeOf(int status) {
  switch (status) {
    case 408:
      return 4;  // DEADLINE_EXCEEDED
    case 431:
      return 8;  // RESOURCE_EXHAUSTED
    case 501:
      return 12;  // UNIMPLEMENTED
    default:
      return 3;  // INVALID_ARGUMENT
  }
}

}  // namespace

bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string ErrorBody(int status, std::string_view message) {
  std::string body = "{\"code\":";
  AppendNumber(body, static_cast<unsigned>(CodeOf(status)));
  body.append(",\"message\":\"").append(message).append("\"}");
  return body;
}

}  // namespace protorest::http
