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

// Where a byte stands before that is no lead, or that limits the one after it; or is 0xee or 0xef,
// as one test for all from 0xed on costs least.
inline Block RareLeads(Block before) {
  const Block overlong = before.Above(0xbf).AndNot(before.Above(0xc1));
  return overlong | before.Is(0xe0) | before.Above(0xec);
}

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

}  // namespace PROTOREST_BLOCK
}  // namespace protorest::json::detail
