// The escapes of JSON's strings, decoded.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "json/utf8.h"

namespace protorest::json::detail {

// By character: the value of a hexadecimal digit, kNoDigit for others.
inline constexpr std::uint32_t kNoDigit = 0x10000;
inline constexpr auto kHexValues = [] {
  std::array<std::uint32_t, 256> values{};
  values.fill(kNoDigit);
  for (unsigned i = 0; i < 10; ++i) values['0' + i] = i;
  for (unsigned i = 0; i < 6; ++i) values['a' + i] = values['A' + i] = 10 + i;
  return values;
}();

// By letter: the character that the escape stands for; 0 for none.
inline constexpr auto kUnescaped = [] {
  std::array<char, 256> characters{};
  for (const char c : {'"', '\\', '/'}) characters[static_cast<unsigned char>(c)] = c;
  characters['b'] = '\b';
  characters['f'] = '\f';
  characters['n'] = '\n';
  characters['r'] = '\r';
  characters['t'] = '\t';
  return characters;
}();

// Four hexadecimal digits; kNoDigit or more if they are not.
inline std::uint32_t HexQuad(const char* p) {
  const auto value = [p](int i) { return kHexValues[static_cast<unsigned char>(p[i])]; };
  return value(0) << 12 | value(1) << 8 | value(2) << 4 | value(3);
}

// Where decoding stands: what comes next in the text, and where its characters go. By value, so
// that both stay in registers.
struct Place {
  const char* from;
  char* to;
};

inline constexpr Place kNoEscape = {nullptr, nullptr};
inline constexpr std::size_t kMaxEscape = 12;  // of two surrogates

// Decodes \uXXXX.
inline Place DecodeUnicode(Place at, const char* end) {
  const char* p = at.from;
  if (end - p < 6) return kNoEscape;
  std::uint32_t code_point = HexQuad(p + 2);
  p += 6;
  if (code_point - 0xd800 < 0x800) {  // a surrogate: a high one and a low one
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return kNoEscape;
    const std::uint32_t low = HexQuad(p + 2);
    if (code_point >= 0xdc00 || low - 0xdc00 >= 0x400) return kNoEscape;
    code_point = 0x10000 + ((code_point - 0xd800) << 10) + (low - 0xdc00);
    p += 6;
  } else if (code_point >= kNoDigit) {
    return kNoEscape;
  }
  return {p, WriteUtf8(code_point, at.to)};
}

// Decodes the escape whose backslash stands at `from`; kNoEscape if it is none.
inline Place DecodeEscape(Place at, const char* end) {
  if (end - at.from < 2) return kNoEscape;
  const char letter = at.from[1];
  if (letter == 'u') return DecodeUnicode(at, end);
  *at.to = kUnescaped[static_cast<unsigned char>(letter)];
  return *at.to == '\0' ? kNoEscape : Place{at.from + 2, at.to + 1};
}

}  // namespace protorest::json::detail
