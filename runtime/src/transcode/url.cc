// Percent-decoding and query splitting.
#include "transcode/url.h"

#include <cstring>

#include "transcode/ascii.h"

namespace protorest::transcode {

bool IsWellEscaped(std::string_view text) {
  std::size_t at = text.find('%');
  while (at != text.npos) {
    if (at + 2 >= text.size() || HexValue(text[at + 1]) < 0 || HexValue(text[at + 2]) < 0) {
      return false;
    }
    at = text.find('%', at + 3);
  }
  return true;
}

bool UrlDecode(std::string_view text, UrlPart part, std::string& scratch,
               std::string_view& decoded) {
  const bool query = part == UrlPart::kQuery;
  const std::size_t first = query ? text.find_first_of("%+") : text.find('%');
  if (first == text.npos) {
    decoded = text;
    return true;
  }
  const std::size_t start = scratch.size();
  scratch.append(text, 0, first);
  for (std::size_t i = first; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 1 < text.size() ? HexValue(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexValue(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        scratch.resize(start);
        return false;
      }
      c = static_cast<char>(high * 16 + low);
      if (c == '/' && part == UrlPart::kMultiSegment) {
        scratch.append(text, i, 3);
      } else {
        scratch += c;
      }
      i += 2;
      continue;
    }
    scratch += query && c == '+' ? ' ' : c;
  }
  decoded = {scratch.data() + start, scratch.size() - start};
  return true;
}

bool QuerySplitter::Next(QueryParameter& parameter) {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('&');
    const std::string_view piece = rest_.substr(0, end);
    rest_ = end == rest_.npos ? std::string_view() : rest_.substr(end + 1);
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    parameter.name = piece.substr(0, equals);
    parameter.value = equals == piece.npos ? std::string_view() : piece.substr(equals + 1);
    return true;
  }
  return false;
}

}  // namespace protorest::transcode
