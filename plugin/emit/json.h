// Emits .json.pb.h and .json.pb.cc: the JSON mapping of each message.
#pragma once

#include "plugin/emit/output.h"

namespace protorest::plugin {

Emit EmitJson;

}  // namespace protorest::plugin
