#include "server/limits.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

namespace protorest::server {
namespace {

constexpr std::uint64_t kMost32 = std::numeric_limits<std::int32_t>::max();

// From 1 to `most`.
struct Bound {
  const char* name;
  std::uint64_t value;
  std::uint64_t most;
  const char* unit = "";
};

// In seconds: the connections' clock has 32 bits.
Bound Time(const char* name, std::chrono::seconds time) {
  constexpr std::chrono::seconds kYear = std::chrono::hours(365 * 24);
  const std::chrono::seconds::rep count = time.count();
  return {name, count > 0 ? static_cast<std::uint64_t>(count) : 0,
          static_cast<std::uint64_t>(kYear.count()), " s"};
}

}  // namespace

Status CheckLimits(const HttpLimits& limits) {
  const Bound bounds[] = {
      {"max_connections", limits.max_connections, std::numeric_limits<std::size_t>::max()},
      {"max_header_bytes", limits.max_header_bytes, kMost32},
      {"max_headers", limits.max_headers, std::numeric_limits<std::size_t>::max()},
      Time("head_timeout", limits.head_timeout),
      Time("idle_timeout", limits.idle_timeout),
      Time("body_timeout", limits.body_timeout),
      Time("body_rate_grace", limits.body_rate_grace),
      Time("write_timeout", limits.write_timeout),
      {"write_high_water", limits.write_high_water, std::numeric_limits<std::size_t>::max()},
      {"write_low_water", limits.write_low_water, limits.write_high_water},
      {"max_concurrent_streams", limits.max_concurrent_streams, kMost32},
      {"stream_window", limits.stream_window, kMost32},
      {"max_resets_per_second", limits.max_resets_per_second, kMost32},
  };
  for (const Bound& bound : bounds) {
    if (bound.value >= 1 && bound.value <= bound.most) continue;
    return Status::InvalidArgument(std::string("ServerOptions::http.") + bound.name +
                                   " has to be from 1 to " + std::to_string(bound.most) +
                                   bound.unit);
  }
  return {};
}

}  // namespace protorest::server
