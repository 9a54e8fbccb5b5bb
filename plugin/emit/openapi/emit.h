// Emits the OpenAPI document of the run, as JSON and as YAML.
#pragma once

#include "plugin/emit/output.h"

namespace protorest::plugin {

Emit EmitOpenApi;

}  // namespace protorest::plugin
