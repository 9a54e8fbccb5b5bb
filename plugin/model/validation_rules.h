// The standard rules of protovalidate (buf.validate) as they stand in a request: read by number, so
// that any copy of buf/validate/validate.proto will do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/model/model.h"

namespace google::protobuf {
class DescriptorPool;
class Message;
}  // namespace google::protobuf

namespace protorest::plugin {

// buf.validate.field, .message and .oneof all have this number, each in the options of its kind.
inline constexpr int kValidateExtension = 1159;

// The rules of a field, those of its items, keys and values included; `pool` has the types of its
// options where they are to be had. What is always ignored is left out, and so are examples. Beside
// "cel" stands "cel_text", what to tell readers of the same expressions: the message, or the
// expression itself in backquotes. So it does of rules that users have declared (predefined ones),
// and of those of a newer protovalidate.
std::vector<ValidationRule> ReadFieldRules(const google::protobuf::Message& field_options,
                                           const google::protobuf::DescriptorPool& pool);

// "cel", "cel_text" and "oneof", whose values are lists of fields: "a, b" or "a, b: one required".
std::vector<ValidationRule> ReadMessageRules(const google::protobuf::Message& message_options);

// A rule "oneof" of a message: fields, by their names, of which at most one is set.
struct MessageOneof {
  std::vector<std::string> fields;
  bool required = false;  // exactly one
};
std::vector<MessageOneof> MessageOneofs(const std::vector<ValidationRule>& message_rules);

// Null where there is none of that name.
const ValidationRule* FindRule(const std::vector<ValidationRule>& rules, std::string_view name);

// Whether one member of the oneof must be set.
bool ReadOneofRequired(const google::protobuf::Message& oneof_options);

}  // namespace protorest::plugin
