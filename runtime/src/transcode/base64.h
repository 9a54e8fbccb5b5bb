// Base64 of binary metadata: header values whose names end with "-bin".
#pragma once

#include <string>
#include <string_view>

namespace protorest::transcode {

// Appends the standard alphabet, unpadded as gRPC sends it.
void EncodeBase64(std::string_view bytes, std::string& out);

// Appends the bytes; takes both alphabets, padded or not. False on anything else.
[[nodiscard]] bool DecodeBase64(std::string_view text, std::string& out);

}  // namespace protorest::transcode
