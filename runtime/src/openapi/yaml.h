// JSON text to YAML text: the same document, for people to read.
#pragma once

#include <string>
#include <string_view>

namespace protorest::openapi {

// Block style, keys in the order of the input, the same bytes on every machine. Strings that a
// YAML 1.1 or 1.2 reader could take for something else ("yes", "1.0", "null", "200") are quoted,
// texts of several lines stand as literal blocks. Returns "" when `json` is not valid JSON.
std::string ToYaml(std::string_view json);

}  // namespace protorest::openapi
