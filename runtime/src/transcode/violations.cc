// Words for what is wrong with a request.
#include "transcode/violations.h"

#include <utility>

#include "json/utf8_text.h"

namespace protorest::transcode {
namespace {

constexpr std::size_t kShown = 64;  // of a value
constexpr std::size_t kMaxName = 256;

// At most `most` bytes, whole characters, and a sign where there were more.
std::string Cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return json::detail::ToUtf8(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return json::detail::ToUtf8(text.substr(0, end)) + "…";
}

}  // namespace

std::string CutName(std::string_view name) { return Cut(name, kMaxName); }

std::string QuoteCut(std::string_view text) {
  return text.empty() ? "nothing" : "\"" + Cut(text, kShown) + "\"";
}

void Violations::Add(std::string field, std::string description) {
  if (list_.size() < kMaxTold) {
    list_.push_back({std::move(field), std::move(description)});
  } else {
    ++more_;
  }
}

void Violations::AddText(std::string field, std::string_view expected, std::string_view found) {
  Add(std::move(field), "expected " + std::string(expected) + ", got " + QuoteCut(found));
}

void Violations::Add(const json::Result& result, std::string_view below) {
  for (const json::Violation& violation : result.violations()) {
    std::string field(below);
    if (!below.empty() && !violation.field.empty() && violation.field[0] != '[') field += '.';
    Add(field + violation.field, violation.description);
  }
}

Status BadRequest(std::string description, std::string_view subject) {
  Violations violations;
  violations.Add("", std::move(description));
  return violations.ToStatus(subject);
}

Status Violations::ToStatus(std::string_view subject) const {
  if (list_.empty()) return Status::Ok();
  const json::Violation& first = list_.front();
  std::string message;
  const std::string_view where[] = {subject, first.field};
  for (const std::string_view part : where) {
    if (!part.empty()) message.append(part).append(": ");
  }
  message += first.description;
  const std::size_t others = list_.size() - 1 + more_;
  if (others > 0) message += " (and " + std::to_string(others) + " more)";
  Status status = Status::InvalidArgument(std::move(message));
  for (const json::Violation& violation : list_) {
    status.AddFieldViolation(violation.field, violation.description);
  }
  return status;
}

}  // namespace protorest::transcode
