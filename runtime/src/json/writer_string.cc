// The writer's strings: copied in blocks while they are looked at.
#include "json/block.h"
#include "json/escape.h"
#include "json/utf8.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

using detail::Block;
using detail::Positions;

// Bytes of a word that are special or not ASCII: not zero if there are any.
std::uint64_t Unusual(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kTops = 0x8080808080808080;
  const std::uint64_t quote = (word ^ (kOnes * '"')) - kOnes;
  const std::uint64_t backslash = (word ^ (kOnes * '\\')) - kOnes;
  const std::uint64_t control = word - kOnes * 0x20;
  return (((quote | backslash | control) & ~word) | word) & kTops;
}

// Copies plain ASCII up to the first block with anything else; returns how much. At least a block.
std::size_t CopyPlain(std::string_view text, char* p) {
  const char* const from = text.data();
  const std::size_t last = text.size() - Block::kSize;
  for (std::size_t i = 0; i < last; i += Block::kSize) {
    const Block block(from + i);
    block.Store(p + i);
    if (block.Special().any() || block.NonAscii().any()) return i;
  }
  const Block block(from + last);
  block.Store(p + last);
  return block.Special().any() || block.NonAscii().any() ? last / Block::kSize * Block::kSize
                                                         : text.size();
}

// Copies fewer than 16 plain ASCII characters; false, with nothing said of *p, if they are not
// that.
bool CopyShort(std::string_view text, char* p) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  if (size >= 8) {
    std::uint64_t first, last;
    std::memcpy(&first, from, 8);
    std::memcpy(&last, from + size - 8, 8);
    if ((Unusual(first) | Unusual(last)) != 0) return false;
    std::memcpy(p, &first, 8);
    std::memcpy(p + size - 8, &last, 8);
    return true;
  }
  if (size >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + size - 4, 4);
    if (Unusual(std::uint64_t{last} << 32 | first) != 0) return false;
    std::memcpy(p, &first, 4);
    std::memcpy(p + size - 4, &last, 4);
    return true;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(from[i]);
    if (detail::IsSpecial(c) || c >= 0x80) return false;
    p[i] = from[i];
  }
  return true;
}

}  // namespace

// `p` has StringRoom(text).
void Writer::WriteString(std::string_view text, char* p) {
  *p++ = '"';
  const std::size_t plain = text.size() >= 16    ? CopyPlain(text, p)
                            : CopyShort(text, p) ? text.size()
                                                 : 0;
  p += plain;
  if (plain != text.size()) return WriteUnusual(text, plain, p);
  *p = '"';
  pos_ = p + 1;
}

// The rest of a string from `done` on, with escapes or characters that are not ASCII.
void Writer::WriteUnusual(std::string_view text, std::size_t done, char* p) {
  const char* from = text.data() + done;
  const char* const end = text.data() + text.size();
  bool non_ascii = false;
  while (from != end) {
    if (static_cast<std::size_t>(end - from) >= Block::kSize) {
      const Block block(from);
      block.Store(p);
      const Positions special = block.Special();
      const Positions high = block.NonAscii();
      non_ascii |= high.any();
      if (!special.any()) {
        from += Block::kSize;
        p += Block::kSize;
        continue;
      }
      from += special.first();
      p += special.first();
    } else if (!detail::IsSpecial(static_cast<unsigned char>(*from))) {
      non_ascii |= static_cast<unsigned char>(*from) >= 0x80;
      *p++ = *from++;
      continue;
    }
    p = detail::WriteEscape(static_cast<unsigned char>(*from++), p);
    pos_ = p;
    // What is left may need no more than itself, or another escape: room for either.
    p = Reserve(StringRoom(std::string_view(from, static_cast<std::size_t>(end - from))));
  }
  *p = '"';
  pos_ = p + 1;
  if (non_ascii && !detail::IsUtf8(text)) Fail("the string is not valid UTF-8");
}

}  // namespace protorest::json
