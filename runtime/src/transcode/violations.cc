// Words for what is wrong with a request.
#include "transcode/violations.h"

#include "json/utf8_text.h"

namespace protorest::transcode {
namespace {

constexpr std::size_t kShown = 64;

}  // namespace

std::string QuoteCut(std::string_view text) {
  if (text.empty()) return "nothing";
  std::string quoted = "\"";
  if (text.size() <= kShown) {
    quoted += json::detail::ToUtf8(text);
  } else {
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    quoted += json::detail::ToUtf8(text.substr(0, cut)) + "…";
  }
  return quoted + "\"";
}

void Violations::AddText(std::string field, std::string_view expected, std::string_view found) {
  Add(std::move(field), "expected " + std::string(expected) + ", got " + QuoteCut(found));
}

void Violations::Add(const json::Result& result) {
  list_.insert(list_.end(), result.violations().begin(), result.violations().end());
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
  if (list_.size() > 1) message += " (and " + std::to_string(list_.size() - 1) + " more)";
  Status status = Status::InvalidArgument(std::move(message));
  for (const json::Violation& violation : list_) {
    status.AddFieldViolation(violation.field, violation.description);
  }
  return status;
}

}  // namespace protorest::transcode
