// google.api.http rules resolved: templates parsed, variables and body names bound to fields.
#pragma once

#include <span>

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"

namespace protorest::plugin {

// Fills what HttpBinding has beyond the rule's own text, for the methods of generated files, and
// reports every rule that cannot be served.
void ResolveBindings(Api& api, Diagnostics& diagnostics);

// Whether a field of this type can stand in a URL: scalars, enums, and messages that are a string
// or a number in JSON (Timestamp, Duration, FieldMask, the wrappers); rule P17.
bool IsScalarLike(const Field& field);

// The oneof of which two paths of fields, which begin in `message`, have different members; null if
// there is none.
const Oneof* SharedOneof(const Message& message, std::span<const Field* const> a,
                         std::span<const Field* const> b);

}  // namespace protorest::plugin
