// Boundaries, heads and data of parts.
#include "transcode/multipart.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "transcode/accept.h"
#include "transcode/ascii.h"
#include "transcode/violations.h"

namespace protorest::transcode {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

// How many bytes at the end of `text` are a beginning of `delimiter`.
std::size_t PartialMatch(std::string_view text, std::string_view delimiter) {
  std::size_t size = std::min(text.size(), delimiter.size() - 1);
  while (size > 0 && !delimiter.starts_with(text.substr(text.size() - size))) --size;
  return size;
}

}  // namespace

MultipartParser::MultipartParser(std::string_view content_type) {
  const std::string boundary = FindParameter(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > kMaxBoundary) {
    Fail("the Content-Type has no boundary of 1 to 70 characters");
  }
  delimiter_ = "\r\n--" + boundary;
}

void MultipartParser::Feed(std::string_view piece, bool last) {
  last_ = last;
  if (held_.empty()) {
    rest_ = piece;
  } else {
    held_.append(piece);
    rest_ = held_;
  }
}

MultipartParser::Step MultipartParser::Next(std::string_view& data) {
  data = {};
  while (true) {
    Step step = Step::kNeedMore;
    const State before = state_;
    switch (state_) {
      case State::kPreamble:
        step = SkipPreamble();
        break;
      case State::kBoundary:
        step = EndBoundary();
        break;
      case State::kHead:
        step = ReadHead();
        break;
      case State::kData:
        step = ReadData(data);
        break;
      case State::kEnd:  // what follows the last boundary means nothing
        rest_ = {};
        held_.clear();
        return last_ ? Step::kEnd : Step::kNeedMore;
      case State::kFailed:
        return Step::kError;
    }
    if (step != Step::kNeedMore) return step;
    if (state_ == before) return Starve();
  }
}

// Keeps what was not consumed for the next piece.
MultipartParser::Step MultipartParser::Starve() {
  if (last_) return Fail("the body ends before its last boundary");
  held_ = std::string(rest_);
  rest_ = {};
  return Step::kNeedMore;
}

MultipartParser::Step MultipartParser::SkipPreamble() {
  const std::string_view first = std::string_view(delimiter_).substr(kLineEnd.size());
  if (at_start_ && rest_.size() < first.size() && first.starts_with(rest_)) return Step::kNeedMore;
  std::size_t found = 0;
  std::size_t size = first.size();
  if (!at_start_ || !rest_.starts_with(first)) {
    found = rest_.find(delimiter_);
    size = delimiter_.size();
  }
  at_start_ = false;
  const bool ends = found != rest_.npos;
  const std::size_t skipped = ends ? found : rest_.size() - PartialMatch(rest_, delimiter_);
  skipped_ += skipped;
  if (skipped_ > kMaxHeadBytes) return Fail("the body does not begin with its boundary");
  rest_.remove_prefix(ends ? found + size : skipped);
  if (ends) state_ = State::kBoundary;
  return Step::kNeedMore;
}

// Behind a boundary: "--" and the end, or the end of the line and a part.
MultipartParser::Step MultipartParser::EndBoundary() {
  const std::size_t padding = std::min(rest_.find_first_not_of(" \t"), rest_.size());
  if (padding > kMaxHeadBytes) return Fail("the line of a boundary is too long");
  if (rest_.size() < padding + 2) return Step::kNeedMore;
  const std::string_view end = rest_.substr(padding, 2);
  if (padding == 0 && end == "--") {
    state_ = State::kEnd;
    return Step::kNeedMore;
  }
  if (end != kLineEnd) return Fail("something follows a boundary on its line");
  if (++parts_ > kMaxParts) return Fail("there are more than 1000 parts");
  rest_.remove_prefix(padding);  // the line end stays: a head without lines ends at once
  state_ = State::kHead;
  return Step::kNeedMore;
}

MultipartParser::Step MultipartParser::ReadHead() {
  constexpr std::string_view kHeadEnd = "\r\n\r\n";
  const std::size_t end = rest_.find(kHeadEnd);
  const std::size_t size = end != rest_.npos ? end : rest_.size() - PartialMatch(rest_, kHeadEnd);
  if (size > kMaxHeadBytes) return Fail("the head of a part is too long");
  if (end == rest_.npos) return Step::kNeedMore;
  if (!ParseHead(rest_.substr(0, end))) return Step::kError;
  rest_.remove_prefix(end + kHeadEnd.size());
  state_ = State::kData;
  return Step::kPart;
}

MultipartParser::Step MultipartParser::ReadData(std::string_view& data) {
  const std::size_t found = rest_.find(delimiter_);
  if (found != rest_.npos) {
    data = rest_.substr(0, found);
    rest_.remove_prefix(found + delimiter_.size());
    state_ = State::kBoundary;
    return data.empty() ? Step::kNeedMore : Step::kData;
  }
  data = rest_.substr(0, rest_.size() - PartialMatch(rest_, delimiter_));
  rest_.remove_prefix(data.size());
  return data.empty() ? Step::kNeedMore : Step::kData;
}

// The lines of a head, a line break before each.
bool MultipartParser::ParseHead(std::string_view head) {
  part_ = {};
  bool is_named = false;
  while (!head.empty()) {
    head.remove_prefix(kLineEnd.size());
    const std::string_view line = head.substr(0, head.find(kLineEnd));
    head.remove_prefix(line.size());
    const std::string_view name = line.substr(0, line.find(':'));
    if (name.size() == line.size()) {
      Fail("a line in the head of a part has no colon");
      return false;
    }
    const std::string_view value = Trim(line.substr(name.size() + 1));
    if (EqualsIgnoreCase(name, "content-type")) {
      part_.content_type = value;
    } else if (EqualsIgnoreCase(name, "content-disposition")) {
      if (auto found = FindParameter(value, "name"); found && !is_named) {
        part_.name = *std::move(found);
        is_named = true;
      }
      part_.is_file |= FindParameter(value, "filename").has_value();
    }
  }
  if (!is_named) Fail("a part has no name in its Content-Disposition");
  return is_named;
}

MultipartParser::Step MultipartParser::Fail(const std::string& what) {
  status_ = BadRequest("multipart: " + what);
  state_ = State::kFailed;
  return Step::kError;
}

}  // namespace protorest::transcode
