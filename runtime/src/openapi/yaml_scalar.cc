// The choice between plain, quoted and literal scalars. Errs on the side of quotes.
#include "openapi/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace protorest::openapi {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

// UTF-8 of the characters that YAML takes for line breaks or does not print: C1 controls (with
// NEL), line and paragraph separator, byte order mark. Returns the length of the one at `at`, 0 if
// none.
std::size_t UnprintableLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 3;
  return 0;
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
}

// All printable, line breaks aside.
bool Printable(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsControl(text[i]) && text[i] != '\n') return false;
    if (UnprintableLength(text, i) != 0) return false;
  }
  return true;
}

// Words that YAML 1.1 or 1.2 resolves to a boolean or to null.
bool IsReservedWord(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kWords = {"y",     "n",  "yes", "no",  "true",
                                                             "false", "on", "off", "null"};
  std::string lower(text.substr(0, 6));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.size() < 6 && std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// A letter, '_', '/', '$' or '(' starts no number, date, indicator, alias or tag.
bool StartsPlainly(unsigned char c) {
  return std::isalpha(c) != 0 || c == '_' || c == '/' || c == '$' || c == '(' || c >= 0x80;
}

bool CanBePlain(std::string_view text) {
  if (text.empty() || !StartsPlainly(static_cast<unsigned char>(text[0]))) return false;
  if (IsReservedWord(text) || text.back() == ' ' || text.back() == ':') return false;
  if (text.find('\n') != std::string_view::npos || !Printable(text)) return false;
  return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

// A literal block keeps every character, but its first line must not begin with white space (that
// would need an indentation indicator), and lines of spaces alone read differently from reader to
// reader.
bool CanBeLiteral(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || !Printable(text)) return false;
  if (text[0] == '\n' || text[0] == ' ') return false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.find_first_not_of(' ') == std::string_view::npos) return false;
    begin = end + 1;
  }
  return true;
}

void AppendLiteral(std::string_view text, int indent, std::string* out) {
  const std::size_t last = text.find_last_not_of('\n');
  const std::size_t breaks = text.size() - last - 1;
  out->append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+");
  // The last line break is that of the line itself; the writer begins the next entry with its own.
  const std::string_view lines = breaks == 0 ? text : text.substr(0, text.size() - 1);
  for (std::size_t begin = 0; begin <= lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    *out += '\n';
    if (end > begin) out->append(static_cast<std::size_t>(indent), ' ');
    out->append(lines.substr(begin, end - begin));
    begin = end + 1;
  }
}

void AppendEscape(char letter, unsigned code, int digits, std::string* out) {
  *out += '\\';
  *out += letter;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) *out += kHex[(code >> shift) & 0xF];
}

void AppendQuoted(std::string_view text, std::string* out) {
  *out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
    if (c == '"' || c == '\\') {
      *out += '\\';
      *out += c;
    } else if (c == '\n') {
      *out += "\\n";
    } else if (c == '\t') {
      *out += "\\t";
    } else if (IsControl(c)) {
      AppendEscape('x', at(0), 2, out);
    } else if (const std::size_t length = UnprintableLength(text, i); length == 2) {
      AppendEscape('u', (at(0) & 0x1Fu) << 6 | (at(1) & 0x3Fu), 4, out);
      i += 1;
    } else if (length == 3) {
      AppendEscape('u', (at(0) & 0x0Fu) << 12 | (at(1) & 0x3Fu) << 6 | (at(2) & 0x3Fu), 4, out);
      i += 2;
    } else {
      *out += c;
    }
  }
  *out += '"';
}

}  // namespace

void AppendYamlString(std::string_view text, int indent, std::string* out) {
  if (CanBePlain(text)) {
    out->append(text);
  } else if (CanBeLiteral(text)) {
    AppendLiteral(text, indent, out);
  } else {
    AppendQuoted(text, out);
  }
}

void AppendYamlKey(std::string_view text, std::string* out) {
  if (CanBePlain(text)) {
    out->append(text);
  } else {
    AppendQuoted(text, out);
  }
}

std::string YamlFloat(std::string_view json_number) {
  const std::size_t exponent = json_number.find_first_of("eE");
  std::string out(json_number.substr(0, exponent));
  if (out.find('.') == std::string::npos) out += ".0";
  if (exponent == std::string_view::npos) return out;
  const std::string_view digits = json_number.substr(exponent + 1);
  out += 'e';
  if (digits[0] != '-' && digits[0] != '+') out += '+';
  return out.append(digits);
}

}  // namespace protorest::openapi
