// JSON's white space.
#pragma once

namespace protorest::json::detail {

// A byte at a time: white space is short and repeats, so that the processor guesses its length, and
// need not wait until it is computed.
inline const char* SkipWhite(const char* p, const char* end) {
  while (p != end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) ++p;
  return p;
}

}  // namespace protorest::json::detail
