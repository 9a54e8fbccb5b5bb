// UTF-8 checked a block at a time, without branches.
#pragma once

#include "json/block.h"

namespace protorest::json::detail {
inline namespace PROTOREST_BLOCK {

// Where a block is not UTF-8, given for each byte the three before it: no overlong forms, no
// surrogates, nothing past U+10FFFF. The top bits tell. A character that the block's end cuts is an
// error of the next one, so that a text is to be followed by something in ASCII, such as the zeros
// of a partial block.

// What goes on with a character where it should not, or does not where it should. This is all, but
// for what rare leads ask for.
inline Block Utf8Breaks(Block bytes, Block before, Block second, Block third) {
  const Block follows = before.Above(0xbf) | second.Above(0xdf) | third.Above(0xef);
  return follows ^ bytes.IsTail();
}

// Where a byte stands before that is no lead, or that limits the one after it; or is 0xe1, 0xee
// or 0xef, as one test for 0xc0, 0xc1 and 0xe0, and one for all from 0xed on cost least.
inline Block RareLeads(Block before) { return before.Is(0xc0, /*mask=*/0xde) | before.Above(0xec); }

inline Block RareErrors(Block bytes, Block before) {
  const Block never = before.Above(0xbf).AndNot(before.Above(0xc1)) | before.Above(0xf4);
  const Block above_8f = bytes.Above(0x8f);
  const Block above_9f = bytes.Above(0x9f);
  const Block overlong = before.Is(0xe0).AndNot(above_9f) | before.Is(0xf0).AndNot(above_8f);
  const Block surrogate = before.Is(0xed) & above_9f;
  const Block too_large = before.Above(0xf3) & above_8f;
  return never | overlong | surrogate | too_large;
}

// All of it, given the block before.
inline Positions Utf8Errors(Block bytes, Block previous) {
  const Block before = bytes.After<1>(previous);
  const Block breaks =
      Utf8Breaks(bytes, before, bytes.After<2>(previous), bytes.After<3>(previous));
  if (!RareLeads(before).NonAscii().any()) return breaks.NonAscii();
  return (breaks | RareErrors(bytes, before)).NonAscii();
}

// Of blocks that three bytes stand before, which are read where they stand. Rare leads are looked
// for in all of them at once.
template <std::size_t kSize>
[[gnu::always_inline]] inline Block Utf8ErrorsIn(const char* p) {
  Block errors, rare;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < kSize; i += Block::kSize) {
    const Block before(p + i - 1);
    errors = errors | Utf8Breaks(Block(p + i), before, Block(p + i - 2), Block(p + i - 3));
    rare = rare | RareLeads(before);
  }
  if (rare.NonAscii().any()) {
    for (std::size_t i = 0; i < kSize; i += Block::kSize) {
      errors = errors | RareErrors(Block(p + i), Block(p + i - 1));
    }
  }
  return errors;
}

// What is known of a string that is passed in stretches, from its first character that is not ASCII
// on.
struct Utf8Check {
  static constexpr std::ptrdiff_t kBefore = 3;  // bytes before a stretch, of the text

  bool non_ascii = false;
  bool doubtful = false;  // there may be an error: IsUtf8 knows

  // Of a stretch that kBefore bytes stand before. What follows the string in it counts, too.
  void Pass(const Stretch& stretch, const char* p) {
    non_ascii |= stretch.non_ascii();
    if (non_ascii) doubtful |= Utf8ErrorsIn<Stretch::kSize>(p).NonAscii().any();
  }
  // Of something in ASCII behind kBefore bytes: the last stretch may end there, within a character.
  void PassAscii(const char* p) {
    const auto is_lead = [p](int before, unsigned from) -> unsigned {
      return static_cast<unsigned char>(p[-before]) >= from ? 1 : 0;
    };
    doubtful |= (is_lead(1, 0xc0) | is_lead(2, 0xe0) | is_lead(3, 0xf0)) != 0;
  }
};

}  // namespace PROTOREST_BLOCK
}  // namespace protorest::json::detail
