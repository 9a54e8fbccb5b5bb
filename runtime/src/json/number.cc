#include "json/number.h"

#include <algorithm>

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
  const std::size_t e = number.find_first_of("eE");
  std::int64_t exponent = e == number.npos ? 0 : Exponent(number.substr(e + 1));
  const std::string_view mantissa = number.substr(0, e);
  const std::size_t point = mantissa.find('.');
  const std::string_view whole = mantissa.substr(0, point);
  std::string_view fraction = point == mantissa.npos ? "" : mantissa.substr(point + 1);
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);

  // The digits, without zeros at either end: their value is digits × 10^exponent.
  const auto digit = [&](std::size_t i) {
    return i < whole.size() ? whole[i] : fraction[i - whole.size()];
  };
  std::size_t first = 0;
  std::size_t last = whole.size() + fraction.size();
  exponent -= static_cast<std::int64_t>(fraction.size());
  while (first != last && digit(first) == '0') ++first;
  while (first != last && digit(last - 1) == '0') --last, ++exponent;
  if (first == last) return result;
  if (exponent < 0) return std::nullopt;
  if (last - first + static_cast<std::uint64_t>(exponent) > 20) return std::nullopt;
  const auto append = [&](unsigned next) {
    return !__builtin_mul_overflow(result.magnitude, std::uint64_t{10}, &result.magnitude) &&
           !__builtin_add_overflow(result.magnitude, std::uint64_t{next}, &result.magnitude);
  };
  for (; first != last; ++first) {
    if (!append(static_cast<unsigned>(digit(first) - '0'))) return std::nullopt;
  }
  for (; exponent > 0; --exponent) {
    if (!append(0)) return std::nullopt;
  }
  return result;
}

bool IsBelowOne(std::string_view number) {
  if (number.front() == '-') number.remove_prefix(1);
  const std::size_t e = number.find_first_of("eE");
  const std::int64_t exponent = e == number.npos ? 0 : Exponent(number.substr(e + 1));
  const std::string_view mantissa = number.substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789");
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  // How many places the first digit that counts stands before the point.
  const std::int64_t place = first < point ? static_cast<std::int64_t>(point - first)
                                           : -static_cast<std::int64_t>(first - point - 1);
  return place + exponent <= 0;
}

}  // namespace protorest::json::detail
