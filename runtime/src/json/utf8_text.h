// Text that may go into errors, whatever bytes came.
#pragma once

#include <string>
#include <string_view>

namespace protorest::json::detail {

// `text` with U+FFFD in place of each byte that is no part of a UTF-8 character.
std::string ToUtf8(std::string_view text);

// The same with a space in place of each control character: one line, whatever it is shown on.
std::string ToOneLine(std::string_view text);

// What is shown of a text that may be long: its beginning, and "…" where that is not all.
std::string Excerpt(std::string_view text);

}  // namespace protorest::json::detail
