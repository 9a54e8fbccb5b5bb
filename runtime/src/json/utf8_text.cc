#include "json/utf8_text.h"

#include "json/utf8.h"
#include "protorest/detail/one_line.h"

namespace protorest::json::detail {

std::string Excerpt(std::string_view text) {
  constexpr std::size_t kMaxExcerpt = 64;
  const std::string_view shown = CutUtf8(text, kMaxExcerpt);
  return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

std::string ToUtf8(std::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  std::string result;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(0, size);
    if (IsUtf8(character)) {
      result += character;
      text.remove_prefix(character.size());
    } else {
      result += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    }
  }
  return result;
}

std::string ToOneLine(std::string_view text) {
  std::string line = ToUtf8(text);
  protorest::detail::ReplaceControls(line);
  return line;
}

}  // namespace protorest::json::detail
