// What a message's own code gives no access to: extensions of proto2, and strings with a ctype,
// whose accessors are private. By descriptor.
#pragma once

#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {

// Reads the member "[pkg.ext]" that `object` has come to.
void ReadExtension(Reader& reader, ObjectBase& object, google::protobuf::Message& message);

// Writes the extensions that are set, by number.
void WriteExtensions(const google::protobuf::Message& message, Writer& writer);

// The value that comes next, null included, into the field of that number.
void ReadHiddenField(Reader& reader, int number, google::protobuf::Message& message);

// The field of that number, with its key, where it is to be written.
void WriteHiddenField(const Field& field, int number, const google::protobuf::Message& message,
                      Writer& writer);

}  // namespace protorest::json
