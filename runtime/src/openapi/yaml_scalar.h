// How one scalar is written in YAML: plain, quoted or as a literal block.
#pragma once

#include <string>
#include <string_view>

namespace protorest::openapi {

// Appends a string value; the lines of a literal block are indented by `indent` spaces.
void AppendYamlString(std::string_view text, int indent, std::string* out);

// Appends a mapping key, always in one line.
void AppendYamlKey(std::string_view text, std::string* out);

// A JSON number with fraction or exponent in the form that YAML 1.1 readers take for a number too.
std::string YamlFloat(std::string_view json_number);

}  // namespace protorest::openapi
