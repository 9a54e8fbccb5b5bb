// Oneofs as schemas: at most one member is there, and sometimes one must be. Those of the language,
// and what buf.validate's rules `oneof` of messages say of other fields.
#pragma once

#include <string>

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Adds to the schema of `message`, whose properties are there, what is not valid: two members of
// one oneof, which grows as n log n for n members.
void RefuseTwoOfAOneof(const Message& message, Schema* schema);

// Adds what is valid where a rule says that one is required.
void RequireOneofs(const Message& message, Schema* schema);

// Whether there is such a rule.
bool HasRequiredOneof(const Message& message);

// The same for readers: "At most one of `a`, `b` is set.", a paragraph for each oneof.
std::string OneofNote(const Message& message);

// Whether every object of `message` must have the member. Of several members of a oneof none must,
// even where field_behavior says REQUIRED of each of them: it means that one is there.
bool IsRequired(const Field& field, const Message& message);

}  // namespace protorest::plugin::openapi
