// Mends text that is not UTF-8.
#include "transcode/utf8_text.h"

#include "json/utf8.h"

namespace protorest::transcode {

std::string ToUtf8(std::string_view text) {
  if (json::detail::IsUtf8(text)) return std::string(text);
  std::string result;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(0, size);
    if (json::detail::IsUtf8(character)) {
      result += character;
      text.remove_prefix(character.size());
    } else {
      result += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace protorest::transcode
