// How a server writes errors: one of three forms, or what a hook makes of them.
#pragma once

#include <functional>
#include <string>

#include "protorest/status.h"

namespace protorest {

// The body of an error (rule E2). A client whose Accept likes application/x-protobuf best gets a
// google.rpc.Status in binary instead, whatever the form.
enum class ErrorFormat {
  kStatus,   // {"code":5,"message":"…","details":[…]}
  kAip193,   // {"error":{"code":404,"message":"…","status":"NOT_FOUND","details":[…]}}
  kProblem,  // RFC 9457: {"title":"Not Found","status":404,"detail":"…","code":"NOT_FOUND",…}
};

// A response that is an error.
struct ErrorResponse {
  int http_status = 0;
  std::string content_type;
  std::string body;
};

// How errors of requests are written. What breaks HTTP or its limits is answered before there is a
// request, in kStatus, and no hook hears of it: a malformed head (400), one that is late (408) or
// too large (431), CONNECT and unknown transfer encodings (501).
struct ErrorOptions {
  ErrorFormat format = ErrorFormat::kStatus;

  // Called with what would be sent, any of which it may change; from any thread, several at once,
  // and the connection waits for it: it should not block. If it throws, the log is told, and the
  // error goes out as it was. The end of a stream that has begun is not a response, and not its
  // business.
  std::function<void(const Status& status, ErrorResponse& response)> hook = {};
};

}  // namespace protorest
