// Words for what is wrong with a request.
#include "transcode/violations.h"

#include "transcode/utf8_text.h"

namespace protorest::transcode {
namespace {

constexpr std::size_t kShown = 64;

}  // namespace

std::string QuoteCut(std::string_view text) {
  if (text.empty()) return "nothing";
  std::string quoted = "\"";
  if (text.size() <= kShown) {
    quoted += ToUtf8(text);
  } else {
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    quoted += ToUtf8(text.substr(0, cut)) + "…";
  }
  return quoted + "\"";
}

void Violations::AddText(std::string field, std::string_view expected, std::string_view found) {
  Add(std::move(field), "expected " + std::string(expected) + ", found " + QuoteCut(found));
}

Status Violations::ToStatus() const {
  if (list_.empty()) return Status::Ok();
  const json::Violation& first = list_.front();
  std::string message = first.field + ": " + first.description;
  if (list_.size() > 1) message += " (and " + std::to_string(list_.size() - 1) + " more)";
  Status status = Status::InvalidArgument(std::move(message));
  for (const json::Violation& violation : list_) {
    status.AddFieldViolation(violation.field, violation.description);
  }
  return status;
}

}  // namespace protorest::transcode
