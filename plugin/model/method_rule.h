// The option protorest.method as it stands in a request.
#pragma once

#include "plugin/model/model.h"

namespace google::protobuf {
class Message;
}

namespace protorest::plugin {

// protorest.method on MethodOptions, and its fields: proto/protorest/options.proto.
inline constexpr int kMethodExtension = 57600;
inline constexpr int kSuccessStatusField = 1;
inline constexpr int kLenientField = 2;
inline constexpr int kEtagField = 3;

// All defaults where the method has no such option. Without the locations.
MethodRule ReadMethodRule(const google::protobuf::Message& method_options);

}  // namespace protorest::plugin
