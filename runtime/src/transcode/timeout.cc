// Grpc-Timeout and X-Request-Timeout.
#include "transcode/timeout.h"

#include <algorithm>
#include <cstdint>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

using std::chrono::nanoseconds;

constexpr int kMaxDigits = 8;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLongest = std::int64_t{100} * 365 * 24 * 3600 * kSecond;

// Up to `max_digits` digits and nothing else.
std::optional<std::int64_t> ParseDigits(std::string_view text, std::size_t max_digits) {
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The nanoseconds of a gRPC unit; 0 if there is no such unit.
std::int64_t UnitOf(char c) {
  switch (c) {
    case 'H':
      return 3600 * kSecond;
    case 'M':
      return 60 * kSecond;
    case 'S':
      return kSecond;
    case 'm':
      return 1'000'000;
    case 'u':
      return 1'000;
    case 'n':
      return 1;
    default:
      return 0;
  }
}

Clock::duration Times(std::int64_t count, std::int64_t unit) {
  return nanoseconds(count > kLongest / unit ? kLongest : count * unit);
}

}  // namespace

std::optional<Clock::duration> ParseGrpcTimeout(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::optional<std::int64_t> count =
      ParseDigits(text.substr(0, text.size() - 1), kMaxDigits);
  const std::int64_t unit = UnitOf(text.back());
  if (!count || unit == 0) return std::nullopt;
  return Times(*count, unit);
}

std::optional<Clock::duration> ParseRequestTimeout(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::optional<std::int64_t> seconds = ParseDigits(text.substr(0, point), kMaxDigits);
  if (!seconds) return std::nullopt;
  if (point == text.size()) return Times(*seconds, kSecond);
  const std::string_view digits = text.substr(point + 1);
  std::optional<std::int64_t> fraction = ParseDigits(digits, 9);
  if (!fraction) return std::nullopt;
  for (std::size_t i = digits.size(); i < 9; ++i) *fraction *= 10;
  return Times(*seconds, kSecond) + nanoseconds(*fraction);
}

}  // namespace protorest::transcode
