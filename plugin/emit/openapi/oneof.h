// Oneofs as schemas: at most one member is there.
#pragma once

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// What is not valid of `message`: two members of one oneof. Null where it has no oneof of several
// members. It grows as n log n for n members.
std::shared_ptr<const Schema> TwoOfAOneof(const Message& message);

// The same for readers: "At most one of `a`, `b` is set.", a paragraph for each oneof.
std::string OneofNote(const Message& message);

// Whether every object of `message` must have the member. Of several members of a oneof none must,
// even where field_behavior says REQUIRED of each of them: it means that one is there.
bool IsRequired(const Field& field, const Message& message);

}  // namespace protorest::plugin::openapi
