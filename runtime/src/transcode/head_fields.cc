// Finds header fields by length first: most fields of a request are passed over with one
// comparison.
#include "transcode/head_fields.h"

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

void Keep(std::optional<std::string_view>& field, std::string_view name,
          const http::Header& header) {
  if (!field && EqualsIgnoreCase(header.name, name)) field = header.value;
}

bool HasTrailers(std::string_view te) {
  while (!te.empty()) {
    const std::size_t comma = te.find(',');
    const std::string_view item = te.substr(0, comma);
    if (EqualsIgnoreCase(Trim(item.substr(0, item.find(';'))), "trailers")) return true;
    if (comma == te.npos) break;
    te.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

HeadFields ReadHeadFields(const http::RequestHead& head) {
  HeadFields fields;
  for (const http::Header& header : head.headers) {
    switch (header.name.size()) {
      case 2:
        if (EqualsIgnoreCase(header.name, "te")) fields.te_trailers |= HasTrailers(header.value);
        break;
      case 6:
        fields.several_accepts |= fields.accept && EqualsIgnoreCase(header.name, "accept");
        Keep(fields.accept, "accept", header);
        break;
      case 12:
        Keep(fields.content_type, "content-type", header);
        Keep(fields.grpc_timeout, "grpc-timeout", header);
        break;
      case 13:
        Keep(fields.last_event_id, "last-event-id", header);
        break;
      case 16:
        // Several are one list, in which "identity" says nothing.
        if (!header.value.empty() && !EqualsIgnoreCase(header.value, "identity")) {
          Keep(fields.content_encoding, "content-encoding", header);
        }
        break;
      case 17:
        Keep(fields.request_timeout, "x-request-timeout", header);
        break;
    }
    if (header.name.size() > 4 &&
        EqualsIgnoreCase(header.name.substr(header.name.size() - 4), "-bin")) {
      fields.has_binary = true;
    }
  }
  return fields;
}

}  // namespace protorest::transcode
