// The required fields of proto2 that a request lacks, once body, path and query have had their say.
#pragma once

#include <google/protobuf/message.h>

#include "transcode/violations.h"

namespace protorest::transcode {

// Notes each, by its JSON path, in `message` and in all messages within it.
void AddMissing(const google::protobuf::Message& message, Violations& violations);

}  // namespace protorest::transcode
