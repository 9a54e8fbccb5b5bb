// Text that may go into JSON and protobuf strings, whatever bytes came.
#pragma once

#include <string>
#include <string_view>

namespace protorest::transcode {

// `text` with U+FFFD in place of each byte that is no part of a UTF-8 character.
std::string ToUtf8(std::string_view text);

}  // namespace protorest::transcode
