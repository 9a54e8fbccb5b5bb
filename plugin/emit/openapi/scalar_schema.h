// Schemas of scalars, map keys and the well-known types whose JSON is special.
#pragma once

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Neither message nor enum.
Schema ScalarSchema(FieldType type);

// What the names of a map's properties look like; without a type where any string will do.
Schema MapKeySchema(FieldType type);

// Of any but kNone and kAny, which are components.
Schema WellKnownSchema(WellKnown type);

}  // namespace protorest::plugin::openapi
