// The reader's ground: white space, keywords.
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

bool Reader::SkipNumber() {
  const char* const end = detail::NumberEnd(pos_, end_);
  if (end == nullptr) return false;
  pos_ = end;
  return true;
}

}  // namespace protorest::json
