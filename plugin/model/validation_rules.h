// The standard rules of protovalidate (buf.validate) as they stand in a request: read by number, so
// that any copy of buf/validate/validate.proto will do.
#pragma once

#include <vector>

#include "plugin/model/model.h"

namespace google::protobuf {
class Message;
}

namespace protorest::plugin {

// buf.validate.field, .message and .oneof all have this number, each in the options of its kind.
inline constexpr int kValidateExtension = 1159;

// The rules of a field, those of its items, keys and values included. What is always ignored is
// left out, and so are examples.
std::vector<ValidationRule> ReadFieldRules(const google::protobuf::Message& field_options);

// "cel" and "oneof", whose values are lists of fields: "a, b" or "a, b: one required".
std::vector<ValidationRule> ReadMessageRules(const google::protobuf::Message& message_options);

// Whether one member of the oneof must be set.
bool ReadOneofRequired(const google::protobuf::Message& oneof_options);

}  // namespace protorest::plugin
