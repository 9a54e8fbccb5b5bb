#include "json/escape.h"

#include "json/block.h"

namespace protorest::json::detail {
namespace {

constexpr char kHex[] = "0123456789abcdef";

// The letter of a short escape; 0 where there is none.
char ShortEscape(unsigned char c) {
  switch (c) {
    case '"':
    case '\\':
      return static_cast<char>(c);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

}  // namespace

char* WriteEscape(unsigned char c, char* p) {
  *p++ = '\\';
  if (const char letter = ShortEscape(c); letter != '\0') {
    *p++ = letter;
    return p;
  }
  for (const char digit : {'u', '0', '0', kHex[c >> 4], kHex[c & 15]}) *p++ = digit;
  return p;
}

std::string_view EscapeName(std::string_view name, std::string* buffer) {
  buffer->clear();
  for (const char c : name) {
    if (!IsSpecial(static_cast<unsigned char>(c))) {
      buffer->push_back(c);
      continue;
    }
    char escape[kMaxEscape];
    buffer->append(escape, WriteEscape(static_cast<unsigned char>(c), escape));
  }
  return *buffer;
}

}  // namespace protorest::json::detail
