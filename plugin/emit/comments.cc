#include "plugin/emit/comments.h"

#include <algorithm>
#include <cstddef>

namespace protorest::plugin {
namespace {

std::string CommentLine(std::string_view line) {
  std::string text = EscapeDirectionMarks(line);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  text.erase(text.find_last_not_of(' ') + 1);
  if (text.empty()) return text;
  // A backslash, or the trigraph for one, would make the next line a comment.
  if (text.ends_with('\\') || text.ends_with("?\?/")) text += '.';
  return " " + text;
}

}  // namespace

std::vector<std::string> CommentLines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(CommentLine(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

std::string EscapeDirectionMarks(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // U+202A to U+202E are E2 80 AA to E2 80 AE; U+2066 to U+2069 are E2 81 A6 to E2 81 A9.
    const std::string_view start = text.substr(i, 2);
    const auto last = static_cast<unsigned char>(i + 2 < text.size() ? text[i + 2] : 0);
    const bool mark = (start == "\xE2\x80" && last >= 0xAA && last <= 0xAE) ||
                      (start == "\xE2\x81" && last >= 0xA6 && last <= 0xA9);
    if (!mark) {
      escaped += text[i];
      continue;
    }
    const unsigned low = start == "\xE2\x80" ? last - 0x80U : last - 0x40U;
    escaped += {'\\', 'u', '2', '0', kHex[low >> 4], kHex[low & 15]};
    i += 2;
  }
  return escaped;
}

}  // namespace protorest::plugin
