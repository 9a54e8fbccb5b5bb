// The reader's ground: white space, keywords, skipping.
#include <algorithm>

#include "json/any_types.h"
#include "json/number.h"
#include "json/tables.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {}  // namespace

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
  // A byte at a time: white space is short and repeats, so that the processor guesses its length,
  // and need not wait until it is computed.
  const char* p = pos_;
  while (p != end_ && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) ++p;
  pos_ = p;
  return p == end_ ? '\0' : *p;
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

void Reader::SkipValue() {
  const char* const start = (Peek(), pos_);
  switch (pos_ == end_ ? '\0' : *pos_) {
    case '{':
    case '[':
      SkipContainer();
      return;
    case '"':
      SkipString();
      return;
    case 't':
      if (Keyword("true")) return;
      break;
    case 'f':
      if (Keyword("false")) return;
      break;
    case 'n':
      if (Keyword("null")) return;
      break;
    default:
      if (SkipNumber()) return;
  }
  Unexpected(start, "a JSON value");
}

// An object or array of any content. Recursion is bounded by Enter.
void Reader::SkipContainer() {
  if (!Enter()) return;
  const bool object = *pos_++ == '{';
  const char close = object ? '}' : ']';
  if (!Consume(close)) {
    do {
      if (object) {
        if (Peek() != '"' || pos_ == end_) return Unexpected(pos_, "a member's name in quotes");
        if (!SkipString()) return;
        if (!Consume(':')) return Unexpected(pos_, "':' after a member's name");
      }
      SkipValue();
    } while (Consume(','));
    if (failed_) return;
    if (!Consume(close)) {
      return Unexpected(pos_, object ? "',' or '}' after a member" : "',' or ']' after an element");
    }
  }
  Leave();
}

bool Reader::SkipNumber() {
  const char* const end = detail::NumberEnd(pos_, end_);
  if (end == nullptr) return false;
  pos_ = end;
  return true;
}

}  // namespace protorest::json
