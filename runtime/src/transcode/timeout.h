// The timeouts that a client asks for: Grpc-Timeout and X-Request-Timeout (rule E11).
#pragma once

#include <optional>
#include <string_view>

#include "protorest/context.h"

namespace protorest::transcode {

// "5S": at most 8 digits and one of H M S m u n. Nullopt: not that (400). Longer than a hundred
// years is a hundred years, so that a deadline can be computed of it.
std::optional<Clock::duration> ParseGrpcTimeout(std::string_view text);

// Seconds, "30" or "0.25": at most 8 digits before the point and 9 behind it.
std::optional<Clock::duration> ParseRequestTimeout(std::string_view text);

}  // namespace protorest::transcode
