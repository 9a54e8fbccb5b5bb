// What a request to become a WebSocket says: where its page comes from, and which subprotocols it
// offers.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"

namespace protorest::transcode {

// The subprotocols (rule E25). Without any, messages are text.
inline constexpr std::string_view kJsonSubprotocol = "protorest.json";
inline constexpr std::string_view kProtoSubprotocol = "protorest.proto";

// The first of ours that the client offers; "" for none. `binary`: that of binary messages, too.
std::string_view ChooseSubprotocol(const http::RequestHead& head, bool binary);

// Whether a page may open a WebSocket here. Browsers let any page open one anywhere, with the
// user's cookies, and leave it to the server to look at Origin; who sends none is no browser. Taken
// are pages of `host`, the server's own name, and of `allowed` ("https://example.com", "*" for
// all).
bool OriginAllowed(const http::RequestHead& head, std::string_view host,
                   std::span<const std::string> allowed);

}  // namespace protorest::transcode
