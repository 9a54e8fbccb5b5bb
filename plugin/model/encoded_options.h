// Options taken apart as they are encoded, whether or not their types are known here.
#pragma once

#include <google/protobuf/unknown_field_set.h>

#include <string>
#include <vector>

namespace google::protobuf {
class Message;
}

namespace protorest::plugin {

using EncodedField = google::protobuf::UnknownField;

// The fields of an encoded message.
struct EncodedFields : google::protobuf::UnknownFieldSet {
  explicit EncodedFields(const std::string& encoded) { ParseFromString(encoded); }
};

// A string or message; "" for a field of another kind.
std::string TextOf(const EncodedField& field);

// All texts of the field `number`, in order.
std::vector<std::string> TextsAt(const EncodedFields& fields, int number);

// The encoded message that `options` have under `number`; false when they have none.
bool FindMessageOption(const google::protobuf::Message& options, int number, std::string& encoded);

}  // namespace protorest::plugin
