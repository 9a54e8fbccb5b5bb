// UTF-8 checked a block at a time, without branches.
#pragma once

#include "json/block.h"

namespace protorest::json::detail {
inline namespace PROTOREST_BLOCK {

// Where a block is not UTF-8, given for each byte the three before it: no overlong forms, no
// surrogates, nothing past U+10FFFF. The top bits tell. A character that the block's end cuts is an
// error of the next one, so that a text is to be followed by something in ASCII, such as the zeros
// of a partial block.
inline Block Utf8Errors(Block bytes, Block before, Block second, Block third) {
  const Block lead = bytes.Above(0xbf);
  const Block follows = before.Above(0xbf) | second.Above(0xdf) | third.Above(0xef);
  const Block never = lead.AndNot(bytes.Above(0xc1)) | bytes.Above(0xf4);
  const Block errors = (follows ^ bytes.AndNot(lead)) | never;
  // Few leads limit the byte after them.
  const Block e0 = before.Is(0xe0), ed = before.Is(0xed), f0 = before.Is(0xf0);
  const Block f4 = before.Above(0xf3);
  if (!(e0 | ed | f0 | f4).NonAscii().any()) return errors;
  const Block above_8f = bytes.Above(0x8f);
  const Block above_9f = bytes.Above(0x9f);
  const Block overlong = e0.AndNot(above_9f) | f0.AndNot(above_8f);
  const Block surrogate = ed & above_9f;
  const Block too_large = f4 & above_8f;
  return errors | overlong | surrogate | too_large;
}

// The same, given the block before it.
inline Positions Utf8Errors(Block bytes, Block previous) {
  return Utf8Errors(bytes, bytes.After<1>(previous), bytes.After<2>(previous),
                    bytes.After<3>(previous))
      .NonAscii();
}

}  // namespace PROTOREST_BLOCK
}  // namespace protorest::json::detail
