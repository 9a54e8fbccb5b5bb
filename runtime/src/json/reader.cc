// The reader's ground: white space, keywords, skipping.
#include <algorithm>

#include "json/any_types.h"
#include "json/number.h"
#include "json/tables.h"
#include "json/white.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {

Reader::Reader(std::string_view text, const Options& options)
    : pos_(text.data()),
      end_(text.data() + text.size()),
      begin_(text.data()),
      depth_(options.max_depth),
      options_(options) {}

Reader::~Reader() = default;

detail::TableCache& Reader::tables() {
  if (tables_ == nullptr) tables_ = std::make_unique<detail::TableCache>();
  return *tables_;
}

detail::AnyTypes& Reader::any_types() {
  if (any_types_ == nullptr) any_types_ = std::make_unique<detail::AnyTypes>();
  return *any_types_;
}

char Reader::PeekSlow() {
  pos_ = detail::SkipWhite(pos_, end_);
  return pos_ == end_ ? '\0' : *pos_;
}

bool Reader::Keyword(std::string_view word) {
  const auto left = static_cast<std::size_t>(end_ - pos_);
  if (std::string_view(pos_, std::min(left, word.size())) != word) return false;
  pos_ += word.size();
  return true;
}

bool Reader::NullSlow() { return Peek() == 'n' && Keyword("null"); }

bool Reader::TooDeep() {
  Fail(pos_, "nested too deeply: at most " + std::to_string(options_.max_depth) + " levels");
  return false;
}

void Reader::SkipValue() { pos_ = SkipAt(pos_); }

const char* Reader::SkipAt(const char* p) {
  p = detail::SkipWhite(p, end_);
  const auto left = static_cast<std::size_t>(end_ - p);
  const auto begins = [&](std::string_view word) {
    return std::string_view(p, std::min(left, word.size())) == word;
  };
  switch (left == 0 ? '\0' : *p) {
    case '{':
    case '[':
      return SkipContainer(p);
    case '"':
      return SkipString(p);
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
      if (const char* const end = detail::NumberEnd(p, end_)) return end;
  }
  Unexpected(p, "a JSON value");
  return end_;
}

// An object or array of any content. Recursion is bounded by Enter.
const char* Reader::SkipContainer(const char* p) {
  pos_ = p;
  if (!Enter()) return end_;
  const auto wrong = [this](const char* at, std::string_view expected) {
    Unexpected(at, expected);
    return end_;
  };
  const bool object = *p == '{';
  const char close = object ? '}' : ']';
  p = detail::SkipWhite(p + 1, end_);
  if (p == end_ || *p != close) {
    for (;; ++p) {
      if (object) {
        p = detail::SkipWhite(p, end_);
        if (p == end_ || *p != '"') return wrong(p, "a member's name in quotes");
        p = detail::SkipWhite(SkipString(p), end_);
        if (p == end_ || *p != ':') return wrong(p, "':' after a member's name");
        ++p;
      }
      p = detail::SkipWhite(SkipAt(p), end_);
      if (p == end_ || *p != ',') break;
    }
    if (p == end_ || *p != close) {
      return wrong(p, object ? "',' or '}' after a member" : "',' or ']' after an element");
    }
  }
  Leave();
  return p + 1;
}

bool Reader::SkipNumber() {
  const char* const end = detail::NumberEnd(pos_, end_);
  if (end == nullptr) return false;
  pos_ = end;
  return true;
}

}  // namespace protorest::json
