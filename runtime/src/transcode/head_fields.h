// HeadFields: the header fields that decide how a request is handled, found in one pass.
#pragma once

#include <optional>
#include <string_view>

#include "http/exchange.h"

namespace protorest::transcode {

struct HeadFields {
  std::optional<std::string_view> content_type;
  std::optional<std::string_view> content_encoding;
  std::optional<std::string_view> accept;
  bool several_accepts = false;                   // they are one list
  std::optional<std::string_view> last_event_id;  // Last-Event-ID
  std::optional<std::string_view> grpc_timeout;
  std::optional<std::string_view> request_timeout;  // X-Request-Timeout
  bool te_trailers = false;                         // TE: trailers
  bool has_binary = false;                          // some name ends with "-bin"
};

// Of a field that comes twice, the first counts.
HeadFields ReadHeadFields(const http::RequestHead& head);

}  // namespace protorest::transcode
