// The reader's strings: scanned in blocks, copied once, decoded only where there is an escape.
#include <array>

#include "json/base64.h"
#include "json/block.h"
#include "json/utf8.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

// By character: the value of a hexadecimal digit, kNoDigit for others.
constexpr std::uint32_t kNoDigit = 0x10000;
constexpr auto kHexValues = [] {
  std::array<std::uint32_t, 256> values{};
  values.fill(kNoDigit);
  for (unsigned i = 0; i < 10; ++i) values['0' + i] = i;
  for (unsigned i = 0; i < 6; ++i) values['a' + i] = values['A' + i] = 10 + i;
  return values;
}();

// By letter: the character that the escape stands for; 0 for none.
constexpr auto kUnescaped = [] {
  std::array<char, 256> characters{};
  for (const char c : {'"', '\\', '/'}) characters[static_cast<unsigned char>(c)] = c;
  characters['b'] = '\b';
  characters['f'] = '\f';
  characters['n'] = '\n';
  characters['r'] = '\r';
  characters['t'] = '\t';
  return characters;
}();

// Four hexadecimal digits; kNoDigit or more if they are not.
std::uint32_t HexQuad(const char* p) {
  const auto value = [p](int i) { return kHexValues[static_cast<unsigned char>(p[i])]; };
  return value(0) << 12 | value(1) << 8 | value(2) << 4 | value(3);
}

// Decodes the escape whose backslash `p` points at, and moves `out` past its character. Returns its
// end; null if it is none.
const char* DecodeEscape(const char* p, const char* end, char*& out) {
  if (end - p < 2) return nullptr;
  const char letter = p[1];
  if (letter != 'u') {
    *out = kUnescaped[static_cast<unsigned char>(letter)];
    return *out++ == '\0' ? nullptr : p + 2;
  }
  if (end - p < 6) return nullptr;
  std::uint32_t code_point = HexQuad(p + 2);
  p += 6;
  if (code_point - 0xd800 < 0x800) {  // a surrogate: a high one and a low one
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return nullptr;
    const std::uint32_t low = HexQuad(p + 2);
    if (code_point >= 0xdc00 || low - 0xdc00 >= 0x400) return nullptr;
    code_point = 0x10000 + ((code_point - 0xd800) << 10) + (low - 0xdc00);
    p += 6;
  } else if (code_point >= kNoDigit) {
    return nullptr;
  }
  out = detail::WriteUtf8(code_point, out);
  return p;
}

// Collects a string's characters and hands them on in pieces.
class Pieces {
 public:
  explicit Pieces(std::string* value) : value_(value) {}

  // Where the next characters go: a block, and what an escape stands for, have room.
  char*& out() {
    if (out_ > piece_ + kSize) Flush();
    return out_;
  }
  void Flush() {
    value_->append(piece_, static_cast<std::size_t>(out_ - piece_));
    out_ = piece_;
  }

 private:
  static constexpr std::size_t kSize = 256;

  std::string* value_;
  char piece_[kSize + detail::Block::kSize];
  char* out_ = piece_;
};

// Copies up to the next special character or the end, and returns that place.
const char* CopyPlain(const char* p, const char* end, Pieces& pieces, bool& non_ascii) {
  using detail::Block;
  while (static_cast<std::size_t>(end - p) >= Block::kSize) {
    char*& out = pieces.out();
    const Block block(p);
    block.Store(out);
    const detail::Positions special = block.Special();
    const detail::Positions high = block.NonAscii();
    if (special.any()) {
      non_ascii |= high.Before(special).any();
      out += special.first();
      return p + special.first();
    }
    non_ascii |= high.any();
    p += Block::kSize;
    out += Block::kSize;
  }
  for (; p != end && !detail::IsSpecial(static_cast<unsigned char>(*p)); ++p) {
    non_ascii |= static_cast<unsigned char>(*p) >= 0x80;
    *pieces.out()++ = *p;
  }
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
  const bool surrogate = end - p >= 6 && p[1] == 'u' && HexQuad(p + 2) < kNoDigit;
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
    StringEscapes(start, end, non_ascii, value);
    return pos_;
  }
  if (non_ascii && !detail::IsUtf8(Between(start, end))) return Fail(start - 1, kNotUtf8), pos_;
  value->clear();
  value->append(start, static_cast<std::size_t>(end - start));  // less work than assign
  return end + 1;
}

// A string with escapes, or with something wrong. `from` is past the opening quote; up to `p`
// nothing is special.
bool Reader::StringEscapes(const char* from, const char* p, bool non_ascii, std::string* value) {
  value->assign(from, static_cast<std::size_t>(p - from));
  Pieces pieces(value);
  while (p != end_ && *p == '\\') {
    const char* const next = DecodeEscape(p, end_, pieces.out());
    if (next == nullptr) return Fail(p, Problem(p, end_)), false;
    p = CopyPlain(next, end_, pieces, non_ascii);
  }
  if (p == end_) return Fail(from - 1, kUnended), false;
  if (*p != '"') return Fail(p, Problem(p, end_)), false;
  if (non_ascii && !detail::IsUtf8(Between(from, p))) return Fail(from - 1, kNotUtf8), false;
  pieces.Flush();
  pos_ = p + 1;
  return true;
}

bool Reader::RawString(std::string_view* value) {
  const char* const start = pos_ + 1;
  bool non_ascii = false;
  const char* const p = detail::FindSpecial(start, end_, non_ascii);
  if (p == end_ || *p != '"') {
    if (!StringEscapes(start, p, non_ascii, &scratch_)) return false;
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
