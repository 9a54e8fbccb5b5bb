// What the reader notes as wrong, and how it is told.
#include <algorithm>

#include "json/path.h"
#include "json/problems.h"
#include "json/utf8_text.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '.' || c == '+' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

// ` (line 3, column 14)`: columns in characters, both from 1.
std::string LineAndColumn(std::string_view before) {
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::string_view row = before.substr(before.rfind('\n') + 1);
  const auto column =
      1 + std::count_if(row.begin(), row.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; });
  return " (line " + std::to_string(line) + ", column " + std::to_string(column) + ")";
}

}  // namespace

void Reader::Mismatch(std::string_view expected) {
  const char* const start = (Peek(), pos_);
  SkipValue();
  if (!failed_) MismatchAt(start, expected);
}

void Reader::MismatchAt(const char* start, std::string_view expected) {
  if (failed_) return;
  std::string description = "expected ";
  description.append(expected).append(", got ");
  description += detail::Excerpt({start, static_cast<std::size_t>(pos_ - start)});
  Note(start, std::move(description));
}

void Reader::Note(const char* at, std::string description, std::optional<std::string_view> member) {
  if (!failed_) NoteLate(at, std::move(description), member);
}

void Reader::NoteLate(const char* at, std::string description,
                      std::optional<std::string_view> member) {
  if (errors_.size() == detail::kMaxProblems) return;
  const auto offset = static_cast<std::size_t>(at - begin_);
  // Once is enough for a field that comes three times.
  const bool known = std::any_of(errors_.begin(), errors_.end(), [&](const Error& error) {
    return error.offset == offset && error.member == member && error.description == description;
  });
  if (known) return;
  Error& error = errors_.emplace_back();
  error.offset = offset;
  if (member) error.member.emplace(*member);
  error.description = std::move(description);
  if (errors_.size() < detail::kMaxProblems) return;
  failed_ = true;
  pos_ = end_;
}

void Reader::Fail(const char* at, std::string_view description) {
  if (failed_) return;
  Note(at, std::string(description));
  errors_.back().broken = true;
  failed_ = true;
  pos_ = end_;
}

void Reader::Unexpected(const char* at, std::string_view expected) {
  if (failed_) return;
  std::string description = "expected ";
  description.append(expected).append(", got ");
  description += at == end_ ? "the end of the text" : detail::Excerpt(TokenAt(at));
  Fail(at, description);
}

// What a reader of the text would call one thing: a string, a word, a sign.
std::string_view Reader::TokenAt(const char* at) const {
  const char* p = at + 1;
  if (*at == '"') {
    p = std::find(p, end_, '"');
    if (p != end_) ++p;
  } else if (IsWordByte(*at)) {
    p = std::find_if_not(p, end_, IsWordByte);
  }
  return {at, static_cast<std::size_t>(p - at)};
}

Result Reader::FinishSlow() {
  if (Peek(), pos_ != end_) Unexpected(pos_, "nothing more after the value");
  if (errors_.empty()) return Result();
  const std::string_view text(begin_, static_cast<std::size_t>(end_ - begin_));
  std::vector<Violation> violations;
  violations.reserve(errors_.size());
  std::stable_sort(errors_.begin(), errors_.end(),
                   [](const Error& a, const Error& b) { return a.offset < b.offset; });
  detail::PathFinder paths(text);
  for (Error& error : errors_) {
    std::string path = paths.At(error.offset);
    if (error.member) detail::AppendMember(*error.member, path);
    if (error.broken) error.description += LineAndColumn(text.substr(0, error.offset));
    Violation violation = {detail::ToOneLine(path), detail::ToOneLine(error.description)};
    // The same is wrong with a value that comes twice.
    const auto known = std::find(violations.begin(), violations.end(), violation);
    if (known == violations.end()) violations.push_back(std::move(violation));
  }
  return Result(std::move(violations));
}

}  // namespace protorest::json
