// UTF-8 checked a block at a time, without branches.
#pragma once

#include "json/block.h"

namespace protorest::json::detail {
inline namespace PROTOREST_BLOCK {

// Where a block is not UTF-8, given the one before it: no overlong forms, no surrogates, nothing
// past U+10FFFF. A character that the block's end cuts is an error of the next one, so that a text
// is to be followed by something in ASCII, such as the zeros of a partial block.
inline Positions Utf8Errors(Block bytes, Block previous) {
  const Block before = bytes.After<1>(previous);
  const Block follows = before.Above(0xbf) | bytes.After<2>(previous).Above(0xdf) |
                        bytes.After<3>(previous).Above(0xef);
  const Block lead = bytes.Above(0xbf);
  const Block above_8f = bytes.Above(0x8f);
  const Block above_9f = bytes.Above(0x9f);
  const Block overlong = before.Is(0xe0).AndNot(above_9f) | before.Is(0xf0).AndNot(above_8f) |
                         lead.AndNot(bytes.Above(0xc1));
  const Block surrogate = before.Is(0xed) & above_9f;
  const Block too_large = (before.Is(0xf4) & above_8f) | bytes.Above(0xf4);
  return ((follows ^ bytes.AndNot(lead)) | overlong | surrogate | too_large).NonAscii();
}

}  // namespace PROTOREST_BLOCK
}  // namespace protorest::json::detail
