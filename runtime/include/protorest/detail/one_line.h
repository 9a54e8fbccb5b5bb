// Texts that are shown as one line.
#pragma once

#include <algorithm>
#include <string>

namespace protorest::detail {

// Puts a space in place of each control character: of what a peer sends, nothing shall look like a
// line of its own.
inline void ReplaceControls(std::string& text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
}

}  // namespace protorest::detail
