// The C++ spelling of what libprotoc does not name for us.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin {

// What a C++ member of this name is called: `name` itself, or with "_" added where it is a keyword
// of C++20 or a macro of the standard headers ("delete_", "EOF_").
std::string CppIdentifier(std::string_view name);

// `text` as the inside of a C++ string literal, escapes and all.
std::string CppEscape(std::string_view text);

}  // namespace protorest::plugin
