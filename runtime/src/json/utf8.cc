#include "json/utf8.h"

#include "json/utf8_block.h"

namespace protorest::json::detail {
namespace {

bool IsTail(unsigned char c) { return (c & 0xc0) == 0x80; }

}  // namespace

bool IsUtf8(std::string_view text) {
  constexpr std::size_t kMany = 4 * Block::kSize;
  const char* p = text.data();
  std::size_t left = text.size();
  if (left < Block::kSize) return !Utf8Errors(Block(p, left), Block()).any();
  const Positions first_errors = Utf8Errors(Block(p), Block());
  Block errors;
  const auto pass = [&](std::size_t size) {
    p += size;
    left -= size;
  };
  pass(Block::kSize);
  while (left >= kMany) {
    errors = errors | Utf8ErrorsIn<kMany>(p);
    pass(kMany);
  }
  while (left >= Block::kSize) {
    errors = errors | Utf8ErrorsIn<Block::kSize>(p);
    pass(Block::kSize);
  }
  const Positions last_errors = Utf8Errors(Block(p, left), Block(p - Block::kSize));
  return !(first_errors | errors.NonAscii() | last_errors).any();
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
