// Updates that name the fields they change: a PATCH with a FieldMask. Their bodies have the fields
// that change, whatever field_behavior requires of the whole resource.
#pragma once

#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Whether the binding is one.
bool IsUpdate(const Method& method, const HttpBinding& binding);

// The mask that the server fills with the keys of the body where the client names none (rule E18);
// null where there is none such.
const Field* FilledMask(const Method& method, const HttpBinding& binding);

// Whether something is required of a valid `message`, or of a message in it, that an update may
// leave out: all but what the language itself requires.
bool AsksForFields(const Message& message);

}  // namespace protorest::plugin::openapi
