// From the text in a URL to a field's value.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace protorest::transcode {

// Sets `field` of `message` from `text`, or adds to it if it is repeated (not for maps). What a
// field takes: rules P19, P20, Q10 to Q17, Q23, Q25. Message fields: those that IsTextField names.
// False: `expected` says what the field takes, "an integer from 0 to 4294967295"; `message` is
// valid, the field unspecified.
[[nodiscard]] bool SetFieldFromText(std::string_view text,
                                    const google::protobuf::FieldDescriptor& field,
                                    google::protobuf::Message& message, std::string& expected);

// Whether the singular field has the value that `text` spells: "07" is 7. A text that is no value
// of it spells none.
bool HoldsText(const google::protobuf::Message& message,
               const google::protobuf::FieldDescriptor& field, std::string_view text);

// Message types with a text form: Timestamp, Duration, FieldMask and the wrappers (rule P17).
bool IsScalarLike(const google::protobuf::Descriptor& type);

// Whether a query parameter can set the field: scalars, scalar-like messages, and Value, ListValue
// and Struct, whose text is JSON. Any other message is no leaf (rule Q21).
bool IsTextField(const google::protobuf::FieldDescriptor& field);

}  // namespace protorest::transcode
