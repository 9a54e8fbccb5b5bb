// Strings as JSON text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace protorest::json::detail {

// How a special character (quote, backslash, control) is written.
struct Escape {
  static constexpr std::size_t kMax = 6;

  char text[kMax + 1] = {'\\'};
  std::uint8_t size = 2;
};

// By character, up to the last special one.
inline constexpr auto kEscapes = [] {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<Escape, '\\' + 1> escapes;
  for (std::size_t c = 0; c < escapes.size(); ++c) {
    Escape& escape = escapes[c];
    if (const std::size_t i = kShort.find(static_cast<char>(c)); i != kShort.npos) {
      escape.text[1] = kLetters[i];
    } else {
      escape.size = 1;
      for (const char digit : {'u', '0', '0', kHex[c / 16], kHex[c % 16]}) {
        escape.text[escape.size++] = digit;
      }
    }
  }
  return escapes;
}();

// Writes a special character to `p`, where it takes kEscapeRoom, of which at most Escape::kMax are
// its own; returns their end.
inline constexpr std::size_t kEscapeRoom = sizeof(Escape::text);
inline char* WriteEscape(char c, char* p) {
  const Escape& escape = kEscapes[static_cast<unsigned char>(c)];
  std::memcpy(p, escape.text, sizeof escape.text);
  return p + escape.size;
}

// `name` as the writer puts it between quotes, kept in `*buffer`.
std::string_view EscapeName(std::string_view name, std::string* buffer);

}  // namespace protorest::json::detail
