// Writes the lines of an event.
#include "transcode/event_format.h"

#include <charconv>
#include <limits>

#include "transcode/error_body.h"

namespace protorest::transcode {

void EventFormat::Begin(std::optional<std::string_view> last_event_id) {
  resumed_ = last_event_id && !last_event_id->empty();  // who has seen no id has an empty one
  if (!resumed_) return;
  const char* const end = last_event_id->data() + last_event_id->size();
  const auto [stop, error] = std::from_chars(last_event_id->data(), end, number_);
  const bool last = number_ == std::numeric_limits<std::uint64_t>::max();  // none is left to give
  if (error != std::errc() || stop != end || last) number_ = 0;
}

void EventFormat::OpenEvent(Context& context, std::string& out) {
  ++number_;
  if (const std::optional<std::string> id = context.TakeEventId()) {
    own_ids_ = true;
    out.append("id: ").append(*id).push_back('\n');
  } else if (!own_ids_) {
    char digits[20];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number_);
    out.append("id: ").append(digits, end).push_back('\n');
  }
  out += "data: ";
}

void EventFormat::AppendError(ErrorFormat format, const Status& status, std::string& out) {
  out += "event: error\ndata: ";
  WriteErrorBody(format, status, HttpStatus(status.code()), out);
  CloseEvent(out);
}

}  // namespace protorest::transcode
