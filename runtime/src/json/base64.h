// Base64, RFC 4648.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace protorest::json::detail {

// Either alphabet, padded or not (rule J19); false for anything else.
bool DecodeBase64(std::string_view text, std::string* bytes);

constexpr std::size_t Base64Size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// The standard alphabet, padded (rule J42): Base64Size(bytes.size()) characters. Returns their end.
char* EncodeBase64(std::string_view bytes, char* out);

}  // namespace protorest::json::detail
