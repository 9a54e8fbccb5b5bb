// What must hold across the declarations of a run, beyond what each rule must hold by itself.
#pragma once

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"

namespace protorest::plugin {

// Reports, for generated files: two bindings of one verb and shape (rule P16), two fields of one
// JSON name (rule Q22), names that generated classes have already, statuses and entity tags that a
// method cannot have, and files without descriptors (lite). Warns of options for OpenAPI that have
// no place in a document. Bindings must have been resolved.
void Validate(const Api& api, Diagnostics& diagnostics);

}  // namespace protorest::plugin
