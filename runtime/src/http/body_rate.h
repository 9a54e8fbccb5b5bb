// Whether a request body comes fast enough.
#pragma once

#include <cstdint>

#include "protorest/http_limits.h"

namespace protorest::http {

// Of a body that is wanted as a whole, or dropped, `come` bytes came in the `seconds` since it was
// first waited for.
inline bool ComesTooSlowly(const HttpLimits& limits, std::uint64_t come, std::uint32_t seconds) {
  return seconds > static_cast<std::uint32_t>(limits.body_rate_grace.count()) &&
         come / seconds < limits.min_body_rate;
}

}  // namespace protorest::http
