// google.api options as they stand in a request: read by number from the encoded options, so that
// neither protoc nor this plugin has to know the extension, and any copy of its .proto will do.
#pragma once

#include <string>
#include <vector>

#include "plugin/model/model.h"

namespace google::protobuf {
class Message;
}

namespace protorest::plugin {

// google.api.http on MethodOptions, google.api.field_behavior on FieldOptions.
inline constexpr int kHttpExtension = 72295728;
inline constexpr int kFieldBehaviorExtension = 1052;

// google.api.HttpRule as written.
struct HttpRule {
  Location location;  // where it stands, if not in the options of its method
  std::string verb;   // "GET" …, or the custom kind; "" when the rule has no pattern
  std::string path;
  std::string body;
  std::string response_body;
  std::vector<HttpRule> additional;
};

// The rule in a method's options; false when they have none.
bool ReadHttpRule(const google::protobuf::Message& method_options, HttpRule& rule);

FieldBehavior ReadFieldBehavior(const google::protobuf::Message& field_options);

}  // namespace protorest::plugin
