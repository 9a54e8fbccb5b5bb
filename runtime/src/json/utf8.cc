#include "json/utf8.h"

#include "json/utf8_block.h"

namespace protorest::json::detail {
namespace {

bool IsTail(unsigned char c) { return (c & 0xc0) == 0x80; }

}  // namespace

bool IsUtf8(std::string_view text) {
  const char* p = text.data();
  std::size_t left = text.size();
  Block previous;
  bool valid = true;
  for (; left >= Block::kSize; left -= Block::kSize, p += Block::kSize) {
    const Block block(p);
    if ((block | previous).NonAscii().any()) valid &= !Utf8Errors(block, previous).any();
    previous = block;
  }
  return valid && !Utf8Errors(Block(p, left), previous).any();
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
