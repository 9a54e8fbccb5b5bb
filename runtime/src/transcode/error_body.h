// What a client sees of a Status: the HTTP status and the JSON error body (rules E1, E2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protorest/errors.h"
#include "protorest/status.h"

namespace protorest::transcode {

// Rule E1's table; 500 for a number outside of Code.
int HttpStatus(Code code);

// Appends the body of an error with this HTTP status. "details" are left out where there are none.
// Each is an Any in JSON, {"@type":…, …}: of the types of google.rpc, of every type that the
// program links, and {"@type":…,"value":base64} for any other. Never fails: bytes that are no UTF-8
// become U+FFFD.
void WriteErrorBody(ErrorFormat format, const Status& status, int http_status, std::string& out);

// "application/json", or that of problems.
std::string_view ErrorContentType(ErrorFormat format);

// The same behind the beginning of a stream: always an object with the member "error" alone (rule
// E10).
void WriteStreamError(ErrorFormat format, const Status& status, std::string& out);

// The seconds that a google.rpc.RetryInfo among the details asks to wait, rounded up.
std::optional<std::int64_t> RetryAfter(const Status& status);

}  // namespace protorest::transcode
