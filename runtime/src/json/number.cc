#include "json/number.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "json/digits.h"

namespace protorest::json::detail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

const char* DigitsEnd(const char* p, const char* end) {
  while (end - p >= 8) {  // without a branch for each: numbers differ in length
    const int count = CountDigits(LoadDigits(p));
    p += count;
    if (count < 8) return p;
  }
  while (p != end && IsDigit(*p)) ++p;
  return p;
}

// An exponent, kept within what decides: no number of digits in a text makes up for more.
std::int64_t Exponent(std::string_view text) {
  constexpr std::int64_t kEnough = std::int64_t{1} << 40;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  for (const char c : text) value = std::min(value * 10 + (c - '0'), kEnough);
  return negative ? -value : value;
}

// The part before the exponent.
std::string_view Mantissa(std::string_view number) {
  const auto e = std::ranges::find_if(number, [](char c) { return (c | 0x20) == 'e'; });
  return number.substr(0, static_cast<std::size_t>(e - number.begin()));
}

std::int64_t ExponentAfter(std::string_view mantissa, std::string_view number) {
  return mantissa.size() == number.size() ? 0 : Exponent(number.substr(mantissa.size() + 1));
}

// Multiplies by a power of ten; false if that is too much.
bool Scale(std::int64_t power, std::uint64_t* value) {
  static constexpr auto kPowers = [] {
    std::array<std::uint64_t, 20> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  if (*value == 0) return true;
  return power < std::ssize(kPowers) &&
         !__builtin_mul_overflow(*value, kPowers[static_cast<std::size_t>(power)], value);
}

}  // namespace

const char* NumberEnd(const char* p, const char* end) {
  if (p != end && *p == '-') ++p;
  if (p == end || !IsDigit(*p)) return nullptr;
  p = *p == '0' ? p + 1 : DigitsEnd(p, end);
  if (p != end && *p == '.') {
    const char* const fraction = p + 1;
    p = DigitsEnd(fraction, end);
    if (p == fraction) return nullptr;
  }
  if (p != end && (*p == 'e' || *p == 'E')) {
    ++p;
    if (p != end && (*p == '+' || *p == '-')) ++p;
    const char* const exponent = p;
    p = DigitsEnd(exponent, end);
    if (p == exponent) return nullptr;
  }
  return p;
}

bool IsNumber(std::string_view text) {
  const char* const end = text.data() + text.size();
  return !text.empty() && NumberEnd(text.data(), end) == end;
}

std::optional<Integer> ExactInteger(std::string_view number) {
  Integer result{number.front() == '-', 0};
  if (result.negative) number.remove_prefix(1);
  const std::string_view mantissa = Mantissa(number);
  // The magnitude takes zeros only once another digit follows them: whatever comes, the value is
  // magnitude × 10^exponent, and the magnitude ends with no zero.
  std::int64_t zeros = 0;
  std::int64_t exponent = 0;
  bool in_fraction = false;
  for (const char c : mantissa) {
    if (c == '.') {
      in_fraction = true;
      continue;
    }
    exponent -= in_fraction ? 1 : 0;
    ++zeros;
    if (c == '0') continue;
    if (!Scale(zeros, &result.magnitude)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (__builtin_add_overflow(result.magnitude, digit, &result.magnitude)) return std::nullopt;
    zeros = 0;
  }
  if (result.magnitude == 0) return result;
  exponent += zeros + ExponentAfter(mantissa, number);
  if (exponent < 0 || !Scale(exponent, &result.magnitude)) return std::nullopt;
  return result;
}

bool IsBelowOne(std::string_view number) {
  if (number.front() == '-') number.remove_prefix(1);
  const std::string_view mantissa = Mantissa(number);
  const auto counts = [](char c) { return c >= '1' && c <= '9'; };
  const auto first = std::ranges::find_if(mantissa, counts) - mantissa.begin();
  const auto point = std::ranges::find(mantissa, '.') - mantissa.begin();
  // How many places the first digit that counts stands before the point.
  const std::int64_t place = first < point ? point - first : point - first + 1;
  return place + ExponentAfter(mantissa, number) <= 0;
}

}  // namespace protorest::json::detail
