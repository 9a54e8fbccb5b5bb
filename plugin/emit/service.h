// Emits .rest.pb.h and .rest.pb.cc: the handlers, the service tables and the proxies.
#pragma once

#include "plugin/emit/output.h"

namespace protorest::plugin {

Emit EmitServices;

}  // namespace protorest::plugin
