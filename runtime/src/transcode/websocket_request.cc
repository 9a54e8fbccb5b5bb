// Reads Sec-WebSocket-Protocol and Origin.
#include "transcode/websocket_request.h"

#include <algorithm>

#include "transcode/ascii.h"

namespace protorest::transcode {

std::string_view ChooseSubprotocol(const http::RequestHead& head, bool binary) {
  for (const http::Header& header : head.headers) {
    if (!EqualsIgnoreCase(header.name, "sec-websocket-protocol")) continue;
    for (std::string_view rest = header.value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view offer = Trim(rest.substr(0, comma));
      if (offer == kJsonSubprotocol) return kJsonSubprotocol;
      if (offer == kProtoSubprotocol && binary) return kProtoSubprotocol;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return {};
}

bool OriginAllowed(const http::RequestHead& head, std::string_view host,
                   std::span<const std::string> allowed) {
  const auto origin = head.Find("origin");
  if (!origin) return true;
  // The server's own: the scheme is not compared, for TLS may end in front of it. Browsers leave
  // out the scheme's port, proxies may put it into Host.
  if (const std::size_t scheme = origin->find("://"); scheme != origin->npos) {
    const std::string_view own = origin->substr(scheme + 3);
    if (EqualsIgnoreCase(own, host)) return true;
    const std::string_view port = origin->starts_with("https") ? ":443" : ":80";
    if (host.ends_with(port)) host.remove_suffix(port.size());
    if (EqualsIgnoreCase(own, host)) return true;
  }
  return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& each) {
    return each == "*" || EqualsIgnoreCase(*origin, each);
  });
}

}  // namespace protorest::transcode
