#include "json/utf8.h"

#include <cstring>

namespace protorest::json::detail {
namespace {

bool IsTail(unsigned char c) { return (c & 0xc0) == 0x80; }

// The length of the character that begins at `p`, 0 if it is none. The lead byte is not ASCII.
std::size_t CharacterSize(const unsigned char* p, std::size_t left) {
  const unsigned char lead = p[0];
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return left >= 2 && IsTail(p[1]) ? 2 : 0;
  if (lead < 0xf0) {
    if (left < 3 || !IsTail(p[1]) || !IsTail(p[2])) return 0;
    if (lead == 0xe0 && p[1] < 0xa0) return 0;   // overlong
    if (lead == 0xed && p[1] >= 0xa0) return 0;  // a surrogate
    return 3;
  }
  if (lead > 0xf4 || left < 4 || !IsTail(p[1]) || !IsTail(p[2]) || !IsTail(p[3])) return 0;
  if (lead == 0xf0 && p[1] < 0x90) return 0;
  if (lead == 0xf4 && p[1] >= 0x90) return 0;
  return 4;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = p + text.size();
  while (p != end) {
    if (*p < 0x80) {
      std::uint64_t word;
      if (end - p >= 8 && (std::memcpy(&word, p, 8), (word & 0x8080808080808080) == 0)) {
        p += 8;
      } else {
        ++p;
      }
      continue;
    }
    const std::size_t size = CharacterSize(p, static_cast<std::size_t>(end - p));
    if (size == 0) return false;
    p += size;
  }
  return true;
}

void AppendUtf8(std::uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  char bytes[4];
  std::size_t size = 0;
  if (c < 0x800) {
    bytes[size++] = static_cast<char>(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    bytes[size++] = static_cast<char>(0xe0 | c >> 12);
    bytes[size++] = static_cast<char>(0x80 | (c >> 6 & 0x3f));
  } else {
    bytes[size++] = static_cast<char>(0xf0 | c >> 18);
    bytes[size++] = static_cast<char>(0x80 | (c >> 12 & 0x3f));
    bytes[size++] = static_cast<char>(0x80 | (c >> 6 & 0x3f));
  }
  bytes[size++] = static_cast<char>(0x80 | (c & 0x3f));
  out.append(bytes, size);
}

std::string_view CutUtf8(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && IsTail(static_cast<unsigned char>(text[size]))) --size;
  return text.substr(0, size);
}

}  // namespace protorest::json::detail
