// Skipping: what is skipped is JSON all the same, and is checked to the last byte.
#include <string_view>

#include "json/block.h"
#include "json/number.h"
#include "json/unescape.h"
#include "json/utf8.h"
#include "json/utf8_block.h"
#include "json/white.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace detail {

// Its functions return the end of what stands at `p`, which is the text's after a failure.
class Skipper {
 public:
  explicit Skipper(Reader& reader) : reader_(reader), end_(reader.end_), stretch_(reader.end_) {}

  [[gnu::always_inline]] const char* Value(const char* p) {
    if (!At(p, '"')) p = White(p);
    return At(p, '"') ? String(p) : Other(p);
  }

 private:
  bool At(const char* p, char c) const { return p != end_ && *p == c; }
  const char* White(const char* p) const { return p != end_ && *p > ' ' ? p : SkipWhite(p, end_); }
  // Whether `c` comes next, which is consumed up to what is no white space then.
  [[gnu::always_inline]] bool Take(const char*& p, char c) const {
    if (!At(p, c)) p = White(p);
    if (!At(p, c)) return false;
    p = White(p + 1);
    return true;
  }
  const char* Wrong(const char* p, std::string_view expected) {
    reader_.Unexpected(p, expected);
    return end_;
  }

  const char* Other(const char* p);
  const char* Container(const char* p);
  const char* Members(const char* p);
  const char* Elements(const char* p);
  const char* String(const char* p);
  const char* ShortString(const char* start) const;
  const char* LongString(const char* p);
  bool TakeStretch(const char* start);
  const char* StringEnd(const char* p, bool& doubtful) const;

  Reader& reader_;
  const char* const end_;
  // The stretch that was looked at last, and what is unusual in it: most strings are short, and
  // several end in one.
  const char* stretch_;
  Positions unusual_;
};

const char* Skipper::Other(const char* p) {
  const auto left = static_cast<std::size_t>(end_ - p);
  const auto begins = [&](std::string_view word) {
    return left >= word.size() && std::string_view(p, word.size()) == word;
  };
  switch (left == 0 ? '\0' : *p) {
    case '{':
    case '[':
      return Container(p);
    case 't':
      if (begins("true")) return p + 4;
      break;
    case 'f':
      if (begins("false")) return p + 5;
      break;
    case 'n':
      if (begins("null")) return p + 4;
      break;
    default:
      if (const char* const end = NumberEnd(p, end_)) return end;
  }
  return Wrong(p, "a JSON value");
}

// An object or array of any content. Recursion is bounded by Enter.
const char* Skipper::Container(const char* p) {
  reader_.pos_ = p;
  if (!reader_.Enter()) return end_;
  const bool object = *p == '{';
  const char close = object ? '}' : ']';
  p = White(p + 1);
  if (!At(p, close)) p = object ? Members(p) : Elements(p);
  if (!At(p, close)) {
    return Wrong(p, object ? "',' or '}' after a member" : "',' or ']' after an element");
  }
  reader_.Leave();
  return p + 1;
}

// At least one member; one element.
const char* Skipper::Members(const char* p) {
  do {
    if (!At(p, '"')) return Wrong(p, "a member's name in quotes");
    p = String(p);
    if (!Take(p, ':')) return Wrong(p, "':' after a member's name");
    p = Value(p);
  } while (Take(p, ','));
  return p;
}

const char* Skipper::Elements(const char* p) {
  do {
    p = Value(p);
  } while (Take(p, ','));
  return p;
}

inline const char* Skipper::String(const char* p) {
  const char* const start = p + 1;
  if (const char* const end = ShortString(start)) return end;
  if (!TakeStretch(start)) return LongString(p);
  const char* const end = ShortString(start);
  return end != nullptr ? end : LongString(p);
}

// The end of a string that ends in the stretch, with nothing unusual in it; null for others.
inline const char* Skipper::ShortString(const char* start) const {
  const auto from = static_cast<std::size_t>(start - stretch_);
  if (from >= Stretch::kSize) return nullptr;
  const Positions unusual = unusual_.From(from);
  if (!unusual.any()) return nullptr;
  const char* const quote = stretch_ + unusual.first();
  return *quote == '"' ? quote + 1 : nullptr;
}

// The stretch from `start` on or, nearer to the end, the last one of the text; false if the text is
// too short for one.
bool Skipper::TakeStretch(const char* start) {
  constexpr std::ptrdiff_t kSize = Stretch::kSize;
  if (end_ - reader_.begin_ < kSize) return false;
  stretch_ = end_ - start >= kSize ? start : end_ - kSize;
  unusual_ = UnusualInStretch(stretch_);
  return true;
}

const char* Skipper::LongString(const char* p) {
  const char* const start = p + 1;
  bool doubtful = false;
  const char* const quote = StringEnd(start, doubtful);
  const auto text = [&] {
    return std::string_view(start, static_cast<std::size_t>(quote - start));
  };
  if (quote != nullptr && (!doubtful || IsUtf8(text()))) return quote + 1;
  // What is wrong with it is found out, and told, by reading it.
  reader_.pos_ = p;
  std::string_view ignored;
  reader_.RawString(&ignored);
  return end_;
}

// The closing quote; null if something is wrong. `doubtful`: it may be no UTF-8.
const char* Skipper::StringEnd(const char* p, bool& doubtful) const {
  char decoded[4];
  const auto escape_end = [&](const char* at) {
    return *at == '\\' ? DecodeEscape({at, decoded}, end_).from : nullptr;
  };
  Utf8Check utf8;
  while (static_cast<std::size_t>(end_ - p) >= Stretch::kSize &&
         p - reader_.begin_ >= Utf8Check::kBefore) {
    const char* const begin = p;
    const Stretch stretch(begin);
    utf8.Pass(stretch, begin);
    p += Stretch::kSize;
    for (Positions special = stretch.special(); special.any();) {
      const char* const at = begin + special.first();
      if (*at == '"') {
        doubtful = utf8.doubtful;
        return at;
      }
      const char* const after = escape_end(at);
      if (after == nullptr) return nullptr;
      const auto passed = static_cast<std::size_t>(after - begin);
      if (passed >= Stretch::kSize) {
        p = after;
        break;
      }
      special = special.From(passed);
    }
  }
  doubtful = utf8.non_ascii;
  while ((p = FindSpecial(p, end_, doubtful)) != end_ && *p != '"') {
    p = escape_end(p);
    if (p == nullptr) return nullptr;
  }
  return p == end_ ? nullptr : p;
}

}  // namespace detail

void Reader::SkipValue() { pos_ = detail::Skipper(*this).Value(pos_); }

}  // namespace protorest::json
