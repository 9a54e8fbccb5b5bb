// Entity tags: conditional GETs (RFC 9110, 8.8.3 and 13.1.2).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"

namespace protorest::transcode {

// What tells one version of a resource from another: 16 hexadecimal digits. Equal bodies have equal
// ones, on every server and after every restart.
std::string Fingerprint(std::string_view body);

// The weak tag of a body: equal bodies have equal tags, on every server and after every restart.
std::string WeakTag(std::string_view body);

// Whether the value of an If-None-Match header has `tag`, weak or not, or is "*".
bool NamesTag(std::string_view if_none_match, std::string_view tag);

// Whether the client has what `tag` names. Several If-None-Match fields are one list.
bool HasTagged(std::span<const http::Header> headers, std::string_view tag);

}  // namespace protorest::transcode
