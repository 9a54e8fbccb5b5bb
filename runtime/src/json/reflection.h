// Reading and writing by descriptor, with the results of generated code.
#pragma once

#include <google/protobuf/message.h>

#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json::detail {

// The mapping of a well-known type whose JSON is not an object of its fields; null for all others.
const Codec* WellKnownCodec(const google::protobuf::Descriptor& descriptor);

// Into a message in which nothing is set.
bool ReadMessage(Reader& reader, google::protobuf::Message& message);
void WriteMessage(const google::protobuf::Message& message, Writer& writer);

// The value that comes next, null included, into a field or extension that is not set yet. The
// codec, where there is one, is of the messages in the field.
void ReadField(Reader& reader, const google::protobuf::FieldDescriptor& field,
               google::protobuf::Message& message, const Codec* codec = nullptr);

// The key of a map's entry as text that is the same for equal keys. `field` is the key's.
std::string KeyText(const google::protobuf::Message& entry,
                    const google::protobuf::FieldDescriptor& field);

// The value of a field, without its key.
void WriteFieldValue(const google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor& field, Writer& writer,
                     const Codec* codec = nullptr);

}  // namespace protorest::json::detail
