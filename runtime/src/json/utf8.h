// UTF-8: checking and encoding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace protorest::json::detail {

// No overlong forms, no surrogates, nothing past U+10FFFF.
bool IsUtf8(std::string_view text);

// `code_point` is not a surrogate and at most 0x10FFFF.
void AppendUtf8(std::uint32_t code_point, std::string& out);

// The first at most `size` bytes of valid UTF-8, not cut within a character.
std::string_view CutUtf8(std::string_view text, std::size_t size);

}  // namespace protorest::json::detail
