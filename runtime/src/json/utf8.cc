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
  Block errors;
  if (left >= Block::kSize) {
    previous = Block(p);
    errors = Utf8Errors(previous, previous.After<1>(Block()), previous.After<2>(Block()),
                        previous.After<3>(Block()));
    p += Block::kSize;
    left -= Block::kSize;
  }
  // From then on the bytes before each are read where they stand.
  for (; left >= Block::kSize; left -= Block::kSize, p += Block::kSize) {
    const Block block(p);
    errors = errors | Utf8Errors(block, Block(p - 1), Block(p - 2), Block(p - 3));
    previous = block;
  }
  return !errors.NonAscii().any() && !Utf8Errors(Block(p, left), previous).any();
}

char* WriteUtf8(std::uint32_t c, char* p) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    *p++ = static_cast<char>(c);
    return p;
  }
  if (c < 0x800) {
    *p++ = static_cast<char>(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    *p++ = static_cast<char>(0xe0 | c >> 12);
    *p++ = tail(6);
  } else {
    *p++ = static_cast<char>(0xf0 | c >> 18);
    *p++ = tail(12);
    *p++ = tail(6);
  }
  *p++ = tail(0);
  return p;
}

std::string_view CutUtf8(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && IsTail(static_cast<unsigned char>(text[size]))) --size;
  return text.substr(0, size);
}

}  // namespace protorest::json::detail
