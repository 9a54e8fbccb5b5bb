// Whether the limits of connections make sense.
#pragma once

#include "protorest/http_limits.h"
#include "protorest/status.h"

namespace protorest::server {

// INVALID_ARGUMENT, naming the first that is out of its bounds.
Status CheckLimits(const HttpLimits& limits);

}  // namespace protorest::server
