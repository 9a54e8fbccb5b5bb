// Compares the model of an older version of the .proto files with that of this run.
#pragma once

#include <string_view>

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"

namespace protorest::plugin::breaking {

// Reports each change that breaks a client of `old_api`: the binary form, the JSON, or the routes.
// `old_set` is what the old files came from, for the messages; `warn` makes warnings of them.
// Bindings of both sides have been resolved.
void FindBreakingChanges(const Api& old_api, const Api& new_api, std::string_view old_set,
                         bool warn, Diagnostics& diagnostics);

}  // namespace protorest::plugin::breaking
