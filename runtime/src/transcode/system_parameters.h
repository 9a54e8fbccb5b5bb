// System parameters: what a query asks of the response's form rather than of the handler.
#pragma once

#include <string>
#include <string_view>

#include "protorest/json.h"

namespace protorest::transcode {

// Sets in `json` what the parameter asks for (rule Q26); other names ask for nothing. False for a
// value that is none of the parameter's: `expected` names those.
//
//   $alt, alt    json, json;enum-encoding=int, json;enum-encoding=string
//   prettyPrint  true, false
bool ReadSystemParameter(std::string_view name, std::string_view value, json::Options& json,
                         std::string& expected);

}  // namespace protorest::transcode
