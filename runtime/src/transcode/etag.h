// Entity tags: conditional GETs (RFC 9110, 8.8.3 and 13.1.2).
#pragma once

#include <string>
#include <string_view>

namespace protorest::transcode {

// The weak tag of a body: equal bodies have equal tags, on every server and after every restart.
std::string WeakTag(std::string_view body);

// Whether the value of an If-None-Match header has `tag`, weak or not, or is "*".
bool NamesTag(std::string_view if_none_match, std::string_view tag);

}  // namespace protorest::transcode
