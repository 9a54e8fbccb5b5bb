// UTF-8: checking and encoding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace protorest::json::detail {

// No overlong forms, no surrogates, nothing past U+10FFFF.
bool IsUtf8(std::string_view text);

// Writes at most four bytes and returns their end. `code_point` is not a surrogate and at most
// 0x10FFFF.
char* WriteUtf8(std::uint32_t code_point, char* p);

// The first at most `size` bytes of valid UTF-8, not cut within a character.
std::string_view CutUtf8(std::string_view text, std::size_t size);

}  // namespace protorest::json::detail
