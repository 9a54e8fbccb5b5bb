// The reader's ground: white space, keywords, skipping, and what is noted as wrong.
#include <algorithm>

#include "json/number.h"
#include "json/path.h"
#include "json/tables.h"
#include "json/utf8.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

constexpr std::size_t kMaxErrors = 16;
constexpr std::size_t kMaxExcerpt = 64;

}  // namespace

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
  Fail(start, start == end_ ? "the text ends where a value is expected" : "expected a JSON value");
}

// An object or array of any content. Recursion is bounded by Enter.
void Reader::SkipContainer() {
  if (!Enter()) return;
  const bool object = *pos_++ == '{';
  const char close = object ? '}' : ']';
  if (!Consume(close)) {
    do {
      if (object) {
        if (Peek() != '"' || pos_ == end_) return Fail(pos_, "expected a member's name in quotes");
        if (!SkipString()) return;
        if (!Consume(':')) return Fail(pos_, "expected ':' after a member's name");
      }
      SkipValue();
    } while (Consume(','));
    if (failed_) return;
    if (!Consume(close)) {
      return Fail(pos_, object ? "expected ',' or '}' after a member"
                               : "expected ',' or ']' after an element");
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

std::string_view Reader::Excerpt(const char* start, const char* end) const {
  const std::string_view whole(start, static_cast<std::size_t>(end - start));
  return detail::CutUtf8(whole, kMaxExcerpt);
}

void Reader::Mismatch(std::string_view expected) {
  const char* const start = (Peek(), pos_);
  SkipValue();
  if (!failed_) MismatchAt(start, expected);
}

void Reader::MismatchAt(const char* start, std::string_view expected) {
  if (failed_) return;
  std::string description = "expected ";
  description.append(expected).append(", got ").append(Excerpt(start, pos_));
  if (static_cast<std::size_t>(pos_ - start) > kMaxExcerpt) description += "…";
  Note(start, std::move(description));
}

void Reader::Note(const char* at, std::string description, std::string_view member) {
  if (!failed_) NoteLate(at, std::move(description), member);
}

void Reader::NoteLate(const char* at, std::string description, std::string_view member) {
  if (errors_.size() == kMaxErrors) return;
  errors_.push_back(
      {static_cast<std::size_t>(at - begin_), std::string(member), std::move(description)});
  if (errors_.size() < kMaxErrors) return;
  failed_ = true;
  pos_ = end_;
}

void Reader::Fail(const char* at, std::string_view description) {
  if (failed_) return;
  Note(at, std::string(description));
  failed_ = true;
  pos_ = end_;
}

Result Reader::Finish() {
  if (Peek(), pos_ != end_) Fail(pos_, "expected nothing more after the value");
  if (errors_.empty()) return Result();
  const std::string_view text(begin_, static_cast<std::size_t>(end_ - begin_));
  std::vector<Violation> violations;
  violations.reserve(errors_.size());
  std::stable_sort(errors_.begin(), errors_.end(),
                   [](const Error& a, const Error& b) { return a.offset < b.offset; });
  detail::PathFinder paths(text);
  for (Error& error : errors_) {
    std::string path = paths.At(error.offset);
    if (!error.member.empty()) detail::AppendMember(error.member, path);
    violations.push_back({std::move(path), std::move(error.description)});
  }
  return Result(std::move(violations));
}

}  // namespace protorest::json
