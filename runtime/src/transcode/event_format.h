// EventFormat: how Server-Sent Events are spelled (rules E10, E24).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protorest/context.h"
#include "protorest/errors.h"
#include "protorest/status.h"

namespace protorest::transcode {

// The events of one stream: their ids, and the text around their data.
class EventFormat {
 public:
  // What keeps an idle stream open: a comment.
  static constexpr std::string_view kHeartbeat = ":\n\n";

  // `last_event_id`: what the client has seen of an earlier stream; numbering goes on from there.
  void Begin(std::optional<std::string_view> last_event_id);

  // The client has come back to see what it missed.
  bool resumed() const { return resumed_; }

  // Appends what stands before and behind the data of the next message.
  void OpenEvent(Context& context, std::string& out);
  static void CloseEvent(std::string& out) { out += "\n\n"; }

  // Appends an event "error" with the error body as its data.
  static void AppendError(ErrorFormat format, const Status& status, std::string& out);

 private:
  bool resumed_ = false;
  bool own_ids_ = false;  // the handler gives them
  std::uint64_t number_ = 0;
};

}  // namespace protorest::transcode
