// Numbers as JSON text: their grammar, exact integers, shortest decimals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace protorest::json::detail {

// The end of the JSON number that begins at `p`; null if none does (rules J33 to J35).
const char* NumberEnd(const char* p, const char* end);

// Whether the whole text is one JSON number.
bool IsNumber(std::string_view text);

// The value of a JSON number that is an integer, however it is written (rules J11, J12: 1.0, 1e2);
// none if it is not, or not in 64 bits. `negative` tells the sign, also of -0.
struct Integer {
  bool negative;
  std::uint64_t magnitude;
};
std::optional<Integer> ExactInteger(std::string_view number);

// Whether a JSON number that is not zero is nearer to zero than one is.
bool IsBelowOne(std::string_view number);

// These take kMaxInteger or kMaxDecimal bytes, and return the end of those that count.
inline constexpr std::size_t kMaxInteger = 20;
inline constexpr std::size_t kMaxDecimal = 40;
char* WriteUnsigned(std::uint64_t value, char* p);
inline char* WriteSigned(std::int64_t value, char* p) {
  auto magnitude = static_cast<std::uint64_t>(value);
  if (value < 0) {
    *p++ = '-';
    magnitude = 0 - magnitude;
  }
  return WriteUnsigned(magnitude, p);
}
// The shortest text that reads back as the value, which is finite (rule J41).
char* WriteDecimal(double value, char* p);
char* WriteDecimal(float value, char* p);

}  // namespace protorest::json::detail
