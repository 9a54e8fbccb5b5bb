#include "json/escape.h"

#include "json/block.h"

namespace protorest::json::detail {

std::string_view EscapeName(std::string_view name, std::string* buffer) {
  buffer->clear();
  for (const char c : name) {
    if (!IsSpecial(static_cast<unsigned char>(c))) {
      buffer->push_back(c);
      continue;
    }
    char escape[kEscapeRoom];
    buffer->append(escape, WriteEscape(c, escape));
  }
  return *buffer;
}

}  // namespace protorest::json::detail
