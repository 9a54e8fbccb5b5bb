// The reader's strings: scanned in blocks, copied once, decoded only where there is an escape.
#include "json/base64.h"
#include "json/block.h"
#include "json/utf8.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

// Four hexadecimal digits; -1 if they are not.
int HexQuad(const char* p, const char* end) {
  if (end - p < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = p[i];
    const char lower = static_cast<char>(c | 0x20);
    int digit;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (lower >= 'a' && lower <= 'f') {
      digit = lower - 'a' + 10;
    } else {
      return -1;
    }
    value = value << 4 | digit;
  }
  return value;
}

// The character of a one-letter escape; 0 for none.
char Unescaped(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

// Decodes the escape whose backslash `p` points at, and appends it. Returns its end; null if it is
// none.
const char* DecodeEscape(const char* p, const char* end, std::string* out) {
  if (++p == end) return nullptr;
  if (*p != 'u') {
    const char c = Unescaped(*p);
    if (c == '\0') return nullptr;
    out->push_back(c);
    return p + 1;
  }
  const int first = HexQuad(++p, end);
  if (first < 0 || (first >= 0xdc00 && first < 0xe000)) return nullptr;
  p += 4;
  auto code_point = static_cast<std::uint32_t>(first);
  if (first >= 0xd800 && first < 0xdc00) {
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return nullptr;
    const int second = HexQuad(p + 2, end);
    if (second < 0xdc00 || second >= 0xe000) return nullptr;
    p += 6;
    code_point =
        0x10000 + ((code_point - 0xd800) << 10) + static_cast<std::uint32_t>(second - 0xdc00);
  }
  detail::AppendUtf8(code_point, *out);
  return p;
}

std::string_view Between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

constexpr char kNotUtf8[] = "the string is not valid UTF-8";
constexpr char kUnended[] = "the string does not end";

// What is wrong with a string at a special character that does not end it.
const char* Problem(const char* p, const char* end) {
  if (*p != '\\') return "a control character in a string must be escaped";
  const bool surrogate = end - p > 1 && p[1] == 'u' && HexQuad(p + 2, end) >= 0;
  return surrogate ? "an escaped surrogate without its other half"
                   : "a backslash that begins no escape of JSON";
}

}  // namespace

const char* Reader::StringAt(const char* p, std::string* value) {
  pos_ = p;
  if (Peek() != '"') {
    if (!Null()) Mismatch("a string");
    return pos_;
  }
  const char* const start = pos_ + 1;
  bool non_ascii = false;
  const char* const end = detail::FindSpecial(start, end_, non_ascii);
  if (end == end_ || *end != '"') {
    StringEscapes(start, value);
    return pos_;
  }
  if (non_ascii && !detail::IsUtf8(Between(start, end))) return Fail(start - 1, kNotUtf8), pos_;
  value->clear();
  value->append(start, static_cast<std::size_t>(end - start));  // less work than assign
  return end + 1;
}

// A string with escapes, or with something wrong. `from` is past the opening quote.
bool Reader::StringEscapes(const char* from, std::string* value) {
  const char* p = from;
  value->clear();
  for (;;) {
    bool non_ascii = false;
    const char* const run = p;
    p = detail::FindSpecial(p, end_, non_ascii);
    if (non_ascii && !detail::IsUtf8(Between(run, p))) return Fail(from - 1, kNotUtf8), false;
    value->append(run, p);
    if (p == end_) return Fail(from - 1, kUnended), false;
    if (*p == '"') break;
    const char* const next = *p == '\\' ? DecodeEscape(p, end_, value) : nullptr;
    if (next == nullptr) return Fail(p, Problem(p, end_)), false;
    p = next;
  }
  pos_ = p + 1;
  return true;
}

bool Reader::RawString(std::string_view* value) {
  const char* const start = pos_ + 1;
  bool non_ascii = false;
  const char* const p = detail::FindSpecial(start, end_, non_ascii);
  if (p == end_ || *p != '"') {
    if (!StringEscapes(start, &scratch_)) return false;
    *value = scratch_;
    return true;
  }
  *value = Between(start, p);
  if (non_ascii && !detail::IsUtf8(*value)) return Fail(start - 1, kNotUtf8), false;
  pos_ = p + 1;
  return true;
}

bool Reader::SkipString() {
  std::string_view ignored;
  return RawString(&ignored);
}

bool Reader::ScratchString(std::string_view expected, std::string_view* value) {
  if (Peek() != '"' || pos_ == end_) {
    Mismatch(expected);
    return false;
  }
  return RawString(value);
}

void Reader::Bytes(std::string* value) {
  if (Null()) return;
  const char* const start = (Peek(), pos_);
  std::string_view text;
  if (!ScratchString("base64 in a string", &text)) return;
  if (!detail::DecodeBase64(text, value)) MismatchAt(start, "base64 in a string");
}

}  // namespace protorest::json
