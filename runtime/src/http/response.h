// What responses have in common on both protocols.
#pragma once

#include <string>
#include <string_view>

namespace protorest::http {

// 1xx, 204 and 304 never have a body, nor a Content-Length.
bool MayHaveBody(int status);

// The body of an error of the http layer's own: {"code":3,"message":"…"}. Its texts need no
// escapes.
std::string ErrorBody(int status, std::string_view message);

}  // namespace protorest::http
