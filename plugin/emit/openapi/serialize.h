// A Document as JSON.
#pragma once

#include "plugin/emit/openapi/document.h"
#include "plugin/options.h"

namespace protorest::plugin::openapi {

// Members stand in one fixed order, so the same document gives the same bytes. The result is open,
// see openapi/settle.h.
Json ToJson(const Document& document, OpenApiVersion version);

// A document as text, all in one line. Bytes that are not UTF-8 (from comments) become U+FFFD.
std::string ToText(const Json& document);

// The same with a line for each operation and each component: for people who open generated code.
std::string ToLines(const Json& document);

}  // namespace protorest::plugin::openapi
