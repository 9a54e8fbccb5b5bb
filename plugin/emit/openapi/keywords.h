// What is asked of a value, put into the schema of its type.
#pragma once

#include <string>

#include "plugin/emit/openapi/document.h"

namespace protorest::plugin::openapi {

// Adds `keywords` (members of JSON Schema 2020-12: bounds, lengths, "pattern", "format", "enum",
// "items" …) to a schema that was made for a type. The JSON of the type decides where they go: a
// bound of a 64-bit integer is no keyword of the string that it travels in, a length of bytes is
// longer in base64. Returns what has become of no keyword as sentences for readers.
std::string AddKeywords(const Json& keywords, Schema* schema);

}  // namespace protorest::plugin::openapi
