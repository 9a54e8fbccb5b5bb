// The writer's strings: copied in blocks while they are looked at.
#include <algorithm>
#include <string>

#include "json/block.h"
#include "json/escape.h"
#include "json/utf8_block.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

using detail::Block;
using detail::Positions;

// These copy plain ASCII and return how much: all, or less where there is anything else. They write
// whole blocks.

// Of more than two blocks.
[[gnu::noinline]] std::size_t CopyLong(const char* from, std::size_t size, char* p) {
  const std::size_t last = size - Block::kSize;
  for (std::size_t i = 0; i < last; i += Block::kSize) {
    const Block block(from + i);
    block.Store(p + i);
    if (block.Unusual().any()) return i;
  }
  const Block block(from + last);
  block.Store(p + last);
  return block.Unusual().any() ? last / Block::kSize * Block::kSize : size;
}

// Of one block to two: one over the beginning, one over the end.
[[gnu::always_inline]] inline bool CopyEnds(const char* from, std::size_t size, char* p) {
  const std::size_t last = size - Block::kSize;
  const Block first_block(from), last_block(from + last);
  first_block.Store(p);
  last_block.Store(p + last);
  return !(first_block.Unusual() | last_block.Unusual()).any();
}

// `kInString`: the text is all of a std::string, whose buffer has a block however short it is (a
// test says so of this library's): then nobody need guess how short.
template <bool kInString>
[[gnu::always_inline]] inline std::size_t CopyPlain(std::string_view text, char* p) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  if (size < Block::kSize) {
    const Block block = kInString ? Block(from) : Block(from, size);
    block.Store(p);
    return block.Unusual().Before(size).any() ? 0 : size;
  }
  if (size > 2 * Block::kSize) return CopyLong(from, size, p);
  return CopyEnds(from, size, p) ? size : 0;
}

// Writes the first `size` bytes of a block, in which the special ones are escaped; another block
// after them can be read.
char* WriteEscaped(const char* from, std::size_t size, Positions special, char* p) {
  Block(from).Store(p);
  std::size_t done = 0;
  for (; special.any(); special = special.Rest()) {
    p = detail::WriteEscape(from[special.first()], p + special.first() - done);
    done = special.first() + 1;
    Block(from + done).Store(p);
  }
  return p + size - done;
}

// The same for a block at the end of a text.
char* WriteEscaped(Block block, std::size_t size, Positions special, char* p) {
  char padded[2 * Block::kSize] = {};
  block.Store(padded);
  return WriteEscaped(padded, size, special, p);
}

}  // namespace

// `p` has StringRoom(text.size()).
template <bool kInString>
[[gnu::always_inline]] inline void Writer::WriteString(std::string_view text, char* p) {
  *p++ = '"';
  const std::size_t plain = CopyPlain<kInString>(text, p);
  p += plain;
  if (plain != text.size()) [[unlikely]]
    return WriteUnusual({text.data() + plain, text.size() - plain}, p);
  *p = '"';
  pos_ = p + 1;
}

void Writer::Explicit(const Field& field, const std::string& value) {
  const std::string_view text = value;
  if (!TakesKey(field, StringRoom(text.size()))) [[unlikely]]
    return KeyAndValue(field, value);
  WriteString<true>(text, CopyKey(field));
}
[[gnu::noinline]] void Writer::KeyAndValue(const Field& field, const std::string& value) {
  Key(field);
  Value(value);
}
void Writer::Value(std::string_view value) {
  WriteString<false>(value, Reserve(StringRoom(value.size())));
}
void Writer::Value(const std::string& value) {
  const std::string_view text = value;
  WriteString<true>(text, Reserve(StringRoom(text.size())));
}

// A string, or its rest after plain ASCII, with escapes or characters that are not ASCII. `p` has
// StringRoom(text).
void Writer::WriteUnusual(std::string_view text, char* p) {
  const char* from = text.data();
  std::size_t left = text.size();
  Block previous;
  bool valid = true;
  for (;;) {
    const bool whole = left >= Block::kSize;
    const std::size_t size = whole ? Block::kSize : left;
    const Block block = whole ? Block(from) : Block(from, left);
    if ((block | previous).NonAscii().any()) valid &= !detail::Utf8Errors(block, previous).any();
    previous = block;
    const Positions special = whole ? block.Special() : block.Special().Before(size);
    if (!special.any()) {
      block.Store(p);
      p += size;
    } else {
      pos_ = p;
      p = Reserve(StringRoom(left) + size * (detail::Escape::kMax - 1));
      p = left >= 2 * Block::kSize ? WriteEscaped(from, size, special, p)
                                   : WriteEscaped(block, size, special, p);
    }
    if (!whole) break;
    from += size;
    left -= size;
  }
  *p = '"';
  pos_ = p + 1;
  if (!valid) Note("the string is not valid UTF-8");
}

}  // namespace protorest::json
