// JSON's white space.
#pragma once

#include <cstring>

namespace protorest::json::detail {

inline bool IsWhite(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// In steps of four where it is deep, else of one: white space is short and repeats, so that the
// processor guesses its length, and need not wait until it is computed.
inline const char* SkipWhite(const char* p, const char* end) {
  if (p == end || !IsWhite(*p)) return p;
  while (end - p > 4 && std::memcmp(p + 1, "    ", 4) == 0) p += 4;
  do {
    ++p;
  } while (p != end && IsWhite(*p));
  return p;
}

}  // namespace protorest::json::detail
