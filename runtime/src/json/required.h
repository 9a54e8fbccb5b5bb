// The required fields of proto2 that a message lacks: asked once a text was read with allow_partial
// and others, such as a request's path, have set what they know.
#pragma once

#include <google/protobuf/message.h>

#include "protorest/json.h"

namespace protorest::json::detail {

// Each of them, also in the messages within it, by the path that the reader gives it; up to
// kMaxProblems.
Result CheckRequired(const google::protobuf::Message& message);

}  // namespace protorest::json::detail
