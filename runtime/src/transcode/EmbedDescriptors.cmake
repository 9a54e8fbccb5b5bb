# Makes a header of a serialized FileDescriptorSet: cmake -DINPUT=… -DOUTPUT=… -P EmbedDescriptors.cmake
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
       "\\1\n    " bytes "${bytes}")
file(WRITE "${OUTPUT}"
"// Generated: a FileDescriptorSet of google/rpc/error_details.proto and what it imports.
#pragma once

namespace protorest::transcode {

inline constexpr unsigned char kErrorDetailsDescriptors[] = {
    ${bytes}};

}  // namespace protorest::transcode
")
