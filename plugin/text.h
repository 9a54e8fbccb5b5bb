// Small words about text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protorest::plugin {

inline constexpr std::string_view kWhiteSpace = " \t\r\n";

// Without the white space at its end.
std::string_view TrimRight(std::string_view text);

// Without the white space around it.
std::string_view Trim(std::string_view text);

// Between quotes.
std::string Quoted(std::string_view text);

// What stands between commas, without white space around it: "PREVIEW, INTERNAL"; what is
// empty is left out.
std::vector<std::string> SplitList(std::string_view text);

// With small letters, of ASCII alone.
std::string Lower(std::string text);

}  // namespace protorest::plugin
