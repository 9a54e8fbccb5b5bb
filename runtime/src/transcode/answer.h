// Answers: whole responses, and the errors that the transcoder itself finds.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/context.h"
#include "protorest/errors.h"
#include "protorest/status.h"
#include "transcode/response_fields.h"

namespace protorest::transcode {

// The same with a hook that throws nothing: what the given one throws goes to `log`, and the
// response is as it was.
ErrorOptions WithSafeHook(ErrorOptions errors, const Log& log);

// Each ends the exchange. `fields` hold the response's further header fields.

// The error body of `status` (rules E1, E2), and when to come again where it says so.
// `http_status` says otherwise than E1 where it is not 0. `trailers`: none where the client takes
// none.
void RespondError(http::Exchange& exchange, const ErrorOptions& errors, const Status& status,
                  int http_status, ResponseFields& fields,
                  std::span<const http::Header> trailers = {});

// The status of a response to a call that ended `ok` or not, where its handler set one that fits
// (rule E7); else `otherwise`.
int HttpStatusOf(const Context& context, bool ok, int otherwise);

struct WholeResponse {
  int http_status = 200;
  std::string_view content_type;
  std::string_view body;
  // None where the client takes none: they need a response in pieces, which costs more.
  std::span<const http::Header> trailers = {};
};
void RespondWhole(http::Exchange& exchange, const WholeResponse& response, ResponseFields& fields);

// There is no thread for the call: 503, and when to come again.
void RespondRefused(http::Exchange& exchange, const ErrorOptions& errors, ResponseFields& fields);

// Whether a response of this status may have a body: not 204, 205 and 304.
bool TakesBody(int http_status);

// A response without a body.
void RespondNothing(http::Exchange& exchange, int http_status, ResponseFields& fields);

Status TooLarge();  // rule B14
Status BodyBrokeOff();
Status DeadlineExceeded();  // rule E11

}  // namespace protorest::transcode
