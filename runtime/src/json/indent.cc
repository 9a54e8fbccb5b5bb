#include "json/indent.h"

namespace protorest::json::detail {

void Indent(int width, std::size_t start, std::string& text) {
  const std::string compact = text.substr(start);
  text.resize(start);
  std::size_t level = 0;
  const auto line = [&] { text.append("\n").append(level * static_cast<std::size_t>(width), ' '); };
  bool in_string = false;
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[i];
    if (in_string) {
      text += c;
      if (c == '\\') text += compact[++i];
      in_string = c != '"';
      continue;
    }
    switch (c) {
      case '{':
      case '[':
        text += c;
        if (compact[i + 1] == '}' || compact[i + 1] == ']') {
          text += compact[++i];
        } else {
          ++level;
          line();
        }
        break;
      case '}':
      case ']':
        --level;
        line();
        text += c;
        break;
      case ',':
        text += c;
        line();
        break;
      case ':':
        text += ": ";
        break;
      default:
        text += c;
        in_string = c == '"';
    }
  }
}

}  // namespace protorest::json::detail
