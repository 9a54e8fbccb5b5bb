// Extensions of proto2 messages, by their descriptors: the message's own code does not know them.
#pragma once

#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {

// Reads the member "[pkg.ext]" that `object` has come to.
void ReadExtension(Reader& reader, ObjectBase& object, google::protobuf::Message& message);

// Writes the extensions that are set, by number.
void WriteExtensions(const google::protobuf::Message& message, Writer& writer);

}  // namespace protorest::json
