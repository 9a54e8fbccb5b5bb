// A Document as JSON text.
#pragma once

#include <string>

#include "plugin/emit/openapi/document.h"

namespace protorest::plugin::openapi {

// Members stand in one fixed order, so the same document gives the same bytes. `indent` spaces a
// level; -1: all in one line. Bytes that are not UTF-8 (from comments) become U+FFFD.
std::string ToJson(const Document& document, int indent = 2);

}  // namespace protorest::plugin::openapi
