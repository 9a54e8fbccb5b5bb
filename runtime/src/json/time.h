// The text of Timestamp and Duration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace protorest::json::detail {

struct Time {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
};

inline constexpr std::size_t kMaxTime = 40;

// Rule J28. False for anything else, with *time unspecified.
bool ParseTimestamp(std::string_view text, Time* time);
// Rule J27.
bool ParseDuration(std::string_view text, Time* time);

// Writes at most kMaxTime bytes and returns their end; null where the value is out of range (rule
// J47).
char* WriteTimestamp(const Time& time, char* p);
char* WriteDuration(const Time& time, char* p);

}  // namespace protorest::json::detail
