// Proto2 defaults as JSON.
#pragma once

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Gives the schema of a field's value the field's default, where it has one.
void AddDefault(const Field& field, Schema* schema);

}  // namespace protorest::plugin::openapi
