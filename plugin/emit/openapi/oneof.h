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

}  // namespace protorest::plugin::openapi
