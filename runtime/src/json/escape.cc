#include "json/escape.h"

#include <array>
#include <cstring>

#include "json/block.h"

namespace protorest::json::detail {
namespace {

// The letter of a short escape; 0 where there is none.
constexpr char ShortEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
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

struct Escape {
  char text[kEscapeRoom] = {'\\'};
  std::size_t size = 2;
};

// By character, up to the last special one.
constexpr auto kEscapes = [] {
  std::array<Escape, '\\' + 1> escapes;
  for (std::size_t i = 0; i < escapes.size(); ++i) {
    Escape& escape = escapes[i];
    escape.text[1] = ShortEscape(static_cast<char>(i));
    if (escape.text[1] != '\0') continue;
    escape.size = 1;
    for (const char c : {'u', '0', '0', "0123456789abcdef"[i / 16], "0123456789abcdef"[i % 16]}) {
      escape.text[escape.size++] = c;
    }
  }
  return escapes;
}();

}  // namespace

char* WriteEscape(unsigned char c, char* p) {
  const Escape& escape = kEscapes[c];
  std::memcpy(p, escape.text, sizeof escape.text);
  return p + escape.size;
}

std::string_view EscapeName(std::string_view name, std::string* buffer) {
  buffer->clear();
  for (const char c : name) {
    if (!IsSpecial(static_cast<unsigned char>(c))) {
      buffer->push_back(c);
      continue;
    }
    char escape[kEscapeRoom];
    buffer->append(escape, WriteEscape(static_cast<unsigned char>(c), escape));
  }
  return *buffer;
}

}  // namespace protorest::json::detail
