// The writer's strings: copied in blocks while they are looked at.
#include <algorithm>

#include "json/block.h"
#include "json/escape.h"
#include "json/utf8_block.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

using detail::Block;
using detail::Positions;

// Copies plain ASCII up to the first block with anything else; returns how much. Writes whole
// blocks.
std::size_t CopyPlain(std::string_view text, char* p) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  if (size < Block::kSize) {
    const Block block(from, size);
    block.Store(p);
    return (block.Special() | block.NonAscii()).Before(size).any() ? 0 : size;
  }
  const std::size_t last = size - Block::kSize;
  for (std::size_t i = 0; i < last; i += Block::kSize) {
    const Block block(from + i);
    block.Store(p + i);
    if ((block.Special() | block.NonAscii()).any()) return i;
  }
  const Block block(from + last);
  block.Store(p + last);
  return (block.Special() | block.NonAscii()).any() ? last / Block::kSize * Block::kSize : size;
}

}  // namespace

// `p` has StringRoom(text).
void Writer::WriteString(std::string_view text, char* p) {
  *p++ = '"';
  const std::size_t plain = CopyPlain(text, p);
  p += plain;
  if (plain != text.size()) [[unlikely]]
    return WriteUnusual(text.substr(plain), p);
  *p = '"';
  pos_ = p + 1;
}

// A string, or its rest after plain ASCII, with escapes or characters that are not ASCII.
void Writer::WriteUnusual(std::string_view text, char* p) {
  const char* from = text.data();
  const char* const end = from + text.size();
  Block previous;
  bool valid = true;
  for (bool more = true; more;) {
    const auto left = static_cast<std::size_t>(end - from);
    const std::size_t size = std::min(left, Block::kSize);
    const Block block = left < Block::kSize ? Block(from, left) : Block(from);
    block.Store(p);
    valid &= !detail::Utf8Errors(block, previous).any();
    const Positions special = left < Block::kSize ? block.Special().Before(left) : block.Special();
    if (!special.any()) {
      from += size;
      p += size;
      previous = block;
      more = size == Block::kSize;
      continue;
    }
    p = detail::WriteEscape(static_cast<unsigned char>(from[special.first()]), p + special.first());
    from += special.first() + 1;
    pos_ = p;
    // What is left may need no more than itself, or another escape: room for either.
    p = Reserve(StringRoom(std::string_view(from, static_cast<std::size_t>(end - from))));
    previous = Block();  // what the escape cut short was seen in its block
  }
  *p = '"';
  pos_ = p + 1;
  if (!valid) Fail("the string is not valid UTF-8");
}

}  // namespace protorest::json
