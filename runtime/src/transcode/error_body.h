// What a client sees of a Status: the HTTP status and the JSON error body (rules E1, E2).
#pragma once

#include <string>

#include "protorest/status.h"

namespace protorest::transcode {

// Rule E1's table; 500 for a number outside of Code.
int HttpStatus(Code code);

// Appends {"code":5,"message":"…","details":[…]}, without "details" where there are none. Each
// detail is an Any in JSON, {"@type":…, …}: of the types of google.rpc, of every type that the
// program links, and
// {"@type":…,"value":base64} for any other. Never fails: bytes that are no UTF-8 become U+FFFD.
void WriteErrorBody(const Status& status, std::string& out);

}  // namespace protorest::transcode
