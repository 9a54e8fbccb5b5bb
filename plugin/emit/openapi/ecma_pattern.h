// Patterns of RE2 in documents, whose patterns are those of ECMAScript.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin::openapi {

// Whether a pattern of RE2 means the same to ECMAScript, with its flag `u`. False where in doubt.
bool IsEcmaPattern(std::string_view pattern);

// A pattern of both for just this text.
std::string QuotePattern(std::string_view text);

}  // namespace protorest::plugin::openapi
