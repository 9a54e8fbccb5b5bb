// Grpc-Timeout and X-Request-Timeout.
#include "transcode/timeout.h"

#include <algorithm>
#include <cstdint>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

using detail::WithinReason;

constexpr int kMaxDigits = 8;

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

// So many of a gRPC unit; nullopt if there is no such unit.
std::optional<Clock::duration> InUnit(std::int64_t count, char unit) {
  switch (unit) {
    case 'H':
      return WithinReason(std::chrono::hours(count));
    case 'M':
      return WithinReason(std::chrono::minutes(count));
    case 'S':
      return WithinReason(std::chrono::seconds(count));
    case 'm':
      return WithinReason(std::chrono::milliseconds(count));
    case 'u':
      return WithinReason(std::chrono::microseconds(count));
    case 'n':
      return WithinReason(std::chrono::nanoseconds(count));
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Clock::duration> ParseGrpcTimeout(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::optional<std::int64_t> count =
      ParseDigits(text.substr(0, text.size() - 1), kMaxDigits);
  return count ? InUnit(*count, text.back()) : std::nullopt;
}

std::optional<Clock::duration> ParseRequestTimeout(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::optional<std::int64_t> seconds = ParseDigits(text.substr(0, point), kMaxDigits);
  if (!seconds) return std::nullopt;
  const Clock::duration whole = WithinReason(std::chrono::seconds(*seconds));
  if (point == text.size()) return whole;
  const std::string_view digits = text.substr(point + 1);
  std::optional<std::int64_t> fraction = ParseDigits(digits, 9);
  if (!fraction) return std::nullopt;
  for (std::size_t i = digits.size(); i < 9; ++i) *fraction *= 10;
  return whole + std::chrono::nanoseconds(*fraction);
}

}  // namespace protorest::transcode
