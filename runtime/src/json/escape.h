// Strings as JSON text.
#pragma once

#include <string>
#include <string_view>

namespace protorest::json::detail {

// The text of one special character (quote, backslash, control), written to `p`, where it takes
// kEscapeRoom; returns its end.
inline constexpr std::size_t kEscapeRoom = 8;
char* WriteEscape(unsigned char c, char* p);

// `name` as the writer puts it between quotes, kept in `*buffer`.
std::string_view EscapeName(std::string_view name, std::string* buffer);

}  // namespace protorest::json::detail
