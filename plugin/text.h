// Small words about text.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin {

inline constexpr std::string_view kWhiteSpace = " \t\r\n";

// Without the white space at its end.
std::string_view TrimRight(std::string_view text);

// Without the white space around it.
std::string_view Trim(std::string_view text);

// With small letters, of ASCII alone.
std::string Lower(std::string text);

}  // namespace protorest::plugin
