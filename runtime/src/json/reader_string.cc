// The reader's strings: scanned in blocks, copied once, decoded only where there is an escape.
#include <algorithm>
#include <string>

#include "json/base64.h"
#include "json/block.h"
#include "json/unescape.h"
#include "json/utf8.h"
#include "json/utf8_block.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

using detail::DecodeEscape;
using detail::kNoEscape;
using detail::Place;

// A string's characters are collected here, and handed on in pieces.
struct Piece {
  // Beyond it a stretch has room, with what is copied along behind it.
  static constexpr std::size_t kSize = 416;
  static constexpr std::size_t kMore = detail::Stretch::kSize + detail::Window::kSize;

  char* Flush(const char* to, std::string* value) {
    value->append(text, static_cast<std::size_t>(to - text));
    return text;
  }
  bool IsFull(const char* to) const { return to > text + kSize; }

  char text[kSize + kMore];
};

// Copies what stands before `stop`, in whole windows.
inline Place CopyUpTo(const char* stop, Place at) {
  using detail::Window;
  const auto size = static_cast<std::size_t>(stop - at.from);
  Window(at.from).Store(at.to);
  for (std::size_t i = Window::kSize; i < size; i += Window::kSize) {
    Window(at.from + i).Store(at.to + i);
  }
  return {stop, at.to + size};
}

// What DecodeStretch reads.
constexpr std::size_t kDecodable = detail::Stretch::kSize + detail::Window::kSize;

// Decodes a stretch, which a window follows, up to what ends the string or is wrong. What is
// special in it is found at once: to search on from each escape would be to wait for where that one
// ends.
Place DecodeStretch(Place at, detail::Utf8Check& utf8) {
  using detail::Stretch;
  const char* const begin = at.from;
  const Stretch stretch(begin);
  utf8.Pass(stretch, begin);
  for (detail::Positions special = stretch.special(); special.any();) {
    at = CopyUpTo(begin + special.first(), at);
    // An escape ends in the window, whatever it is.
    static_assert(detail::Window::kSize >= detail::kMaxEscape);
    const char* const far = at.from + detail::kMaxEscape;
    const Place next = *at.from == '\\' ? DecodeEscape(at, far) : kNoEscape;
    if (next.from == nullptr) return at;
    at = next;
    const auto passed = static_cast<std::size_t>(at.from - begin);
    if (passed >= Stretch::kSize) return at;
    special = special.From(passed);
  }
  return CopyUpTo(begin + Stretch::kSize, at);
}

// Decodes, or copies, at least up to the next special character or the end of a stretch or window.
// So many bytes as Utf8Check wants stand before.
Place Decode(Place at, const char* end, detail::Utf8Check& utf8) {
  using detail::Window;
  const auto left = static_cast<std::size_t>(end - at.from);
  if (left >= kDecodable) [[likely]]
    return DecodeStretch(at, utf8);
  // The last stretch may have ended within a character.
  if (utf8.non_ascii) utf8.PassAscii(at.from);
  if (left >= Window::kSize) {
    const Window window(at.from);
    window.Store(at.to);
    utf8.doubtful |= window.HasNonAscii();
    const std::size_t size = window.Special();
    return {at.from + size, at.to + size};
  }
  while (at.from != end && !detail::IsSpecial(static_cast<unsigned char>(*at.from))) {
    utf8.doubtful |= static_cast<unsigned char>(*at.from) >= 0x80;
    *at.to++ = *at.from++;
  }
  return at;
}

std::string_view Between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

// Sets `value` to `size` characters, fewer than a window's, which may be read as a whole.
void TakeShort(const char* start, std::size_t size, std::string* value) {
#ifdef __cpp_lib_string_resize_and_overwrite
  using detail::Block;
  // One block over the beginning, one over the end, whatever the size: no call, and no length to
  // be guessed. A string has room for the first one without asking for memory.
  const std::size_t last = std::max(size, Block::kSize) - Block::kSize;
  value->clear();
  value->resize_and_overwrite(std::max(size, Block::kSize - 1), [&](char* p, std::size_t) {
    Block(start).Store(p);
    Block(start + last).Store(p + last);
    return size;
  });
#else
  value->assign(start, size);
#endif
}

constexpr char kNotUtf8[] = "the string is not valid UTF-8";
constexpr char kUnended[] = "the string does not end";

// What is wrong with a string at a special character that does not end it.
const char* Problem(const char* p, const char* end) {
  if (*p != '\\') return "a control character in a string must be escaped";
  const bool surrogate = end - p >= 6 && p[1] == 'u' && detail::HexQuad(p + 2) < detail::kNoDigit;
  return surrogate ? "an escaped surrogate without its other half"
                   : "a backslash that begins no escape of JSON";
}

}  // namespace

const char* Reader::StringAt(const char* p, std::string* value) {
  using detail::Window;
  if (static_cast<std::size_t>(end_ - p) > Window::kSize && *p == '"') [[likely]] {
    const char* const start = p + 1;
    const std::size_t size = Window(start).Unusual();
    if (size != Window::kSize && start[size] == '"') [[likely]] {
      TakeShort(start, size, value);
      return start + size + 1;
    }
  }
  return StringSlow(p, value);
}

const char* Reader::StringSlow(const char* p, std::string* value) {
  pos_ = p;
  if (Peek() != '"') {
    if (!Null()) Mismatch("a string");
    return pos_;
  }
  const char* const start = pos_ + 1;
  bool non_ascii = false;
  const char* const end = FirstSpecial(start, non_ascii);
  if (end == end_ || *end != '"') {
    StringEscapes(start, end, non_ascii, value);
    return pos_;
  }
  if (non_ascii && !detail::IsUtf8(Between(start, end))) return Fail(start - 1, kNotUtf8), pos_;
  value->clear();
  value->append(start, static_cast<std::size_t>(end - start));  // less work than assign
  return end + 1;
}

// The end of a string that begins in the text's last stretch, with nothing unusual in it; null for
// others. There is no window behind `start` to be read, but one before the end.
inline const char* Reader::QuoteNearTheEnd(const char* start) const {
  constexpr auto kSize = std::ptrdiff_t{detail::Stretch::kSize};
  if (start == end_ || end_ - start > kSize || end_ - begin_ < kSize) return nullptr;
  const char* const stretch = end_ - kSize;
  const auto unusual =
      detail::UnusualInStretch(stretch).From(static_cast<std::size_t>(start - stretch));
  if (!unusual.any()) return nullptr;
  const char* const quote = stretch + unusual.first();
  return *quote == '"' ? quote : nullptr;
}

// Where the string that begins at `start` has its first special character; but `start` itself where
// that is an escape, and so near that the string is best decoded as a whole.
inline const char* Reader::FirstSpecial(const char* start, bool& non_ascii) const {
  using detail::Stretch;
  if (const char* const quote = QuoteNearTheEnd(start)) return quote;
  const auto left = static_cast<std::size_t>(end_ - start);
  if (left >= kDecodable && start - begin_ >= detail::Utf8Check::kBefore) {
    const Stretch stretch(start);
    non_ascii = stretch.non_ascii();
    const char* const next = start + Stretch::kSize;
    if (!stretch.special().any()) return detail::FindSpecial(next, end_, non_ascii);
    const char* const special = start + stretch.special().first();
    if (*special != '\\') return special;
    non_ascii = false;
    return start;
  }
  return detail::FindSpecial(start, end_, non_ascii);
}

// A string with escapes, or with something wrong. `from` is past the opening quote; up to `p`
// nothing is special.
bool Reader::StringEscapes(const char* from, const char* p, bool non_ascii, std::string* value) {
  value->assign(from, static_cast<std::size_t>(p - from));
  const char* const end = end_;
  detail::Utf8Check utf8{non_ascii, non_ascii && !detail::IsUtf8(Between(from, p))};
  Piece piece;
  for (Place at{p, piece.text}; at.from != end; at = Decode(at, end, utf8)) {
    if (piece.IsFull(at.to)) [[unlikely]]
      at.to = piece.Flush(at.to, value);
    p = at.from;
    if (!detail::IsSpecial(static_cast<unsigned char>(*p))) continue;
    if (utf8.non_ascii && p - from >= detail::Utf8Check::kBefore) utf8.PassAscii(p);
    if (*p == '"') {
      if (utf8.doubtful && !detail::IsUtf8(Between(from, p))) {
        return Fail(from - 1, kNotUtf8), false;
      }
      piece.Flush(at.to, value);
      pos_ = p + 1;
      return true;
    }
    at = *p == '\\' ? DecodeEscape(at, end) : kNoEscape;
    if (at.from == nullptr) return Fail(p, Problem(p, end)), false;
  }
  return Fail(from - 1, kUnended), false;
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
