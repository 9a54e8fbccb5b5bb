#include "json/number.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace protorest::json::detail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

const char* DigitsEnd(const char* p, const char* end) {
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

// "00", "01" … "99".
constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

constexpr std::uint64_t kEight = 100000000;

void WritePair(std::uint32_t pair, char* p) { std::memcpy(p, &kPairs[std::size_t{2} * pair], 2); }

int DigitCount(std::uint64_t value) {
  static constexpr auto kPowers = [] {
    std::array<std::uint64_t, 20> powers{};
    std::uint64_t power = 1;
    for (auto& p : powers) {
      p = power;
      power *= 10;
    }
    return powers;
  }();
  // log10 from log2: 1233/4096 is just above log10(2).
  const int guess = (static_cast<int>(std::bit_width(value | 1)) * 1233) >> 12;
  return guess + ((value | 1) >= kPowers[guess] ? 1 : 0);  // 0 has a digit, too
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

char* WriteUnsigned(std::uint64_t value, char* p) {
  char* const end = p + DigitCount(value);
  char* next = end;
  while (value >= kEight) {
    // Four pairs that do not wait for each other.
    const auto low = static_cast<std::uint32_t>(value % kEight);
    value /= kEight;
    next -= 8;
    WritePair(low / 1000000, next);
    WritePair(low / 10000 % 100, next + 2);
    WritePair(low / 100 % 100, next + 4);
    WritePair(low % 100, next + 6);
  }
  auto rest = static_cast<std::uint32_t>(value);
  while (rest >= 100) {
    next -= 2;
    WritePair(rest % 100, next);
    rest /= 100;
  }
  if (rest >= 10) {
    WritePair(rest, next - 2);
  } else {
    next[-1] = static_cast<char>('0' + rest);
  }
  return end;
}

char* WriteSigned(std::int64_t value, char* p) {
  auto magnitude = static_cast<std::uint64_t>(value);
  if (value < 0) {
    *p++ = '-';
    magnitude = 0 - magnitude;
  }
  return WriteUnsigned(magnitude, p);
}

char* WriteDecimal(double value, char* p) {
  // Most numbers that people write have at most six decimals. If value is the double nearest to n /
  // 10^6 and n has at most 15 digits, no shorter text reads back as it but this one without its
  // zeros.
  constexpr double kScale = 1e6;
  const double magnitude = std::fabs(value);
  if (magnitude < 1e9 && magnitude >= 1e-6) {
    // Rounded to nearest but at ties, where the test below fails either way.
    // NOLINTNEXTLINE(bugprone-incorrect-roundings)
    const auto scaled = static_cast<std::uint64_t>(magnitude * kScale + 0.5);
    if (static_cast<double>(scaled) / kScale == magnitude) {
      if (value < 0) *p++ = '-';
      p = WriteUnsigned(scaled / 1000000, p);
      auto fraction = static_cast<std::uint32_t>(scaled % 1000000);
      if (fraction == 0) return p;
      *p++ = '.';
      WritePair(fraction / 10000, p);
      WritePair(fraction / 100 % 100, p + 2);
      WritePair(fraction % 100, p + 4);
      p += 6;
      while (p[-1] == '0') --p;
      return p;
    }
  }
  return std::to_chars(p, p + kMaxDecimal, value).ptr;
}

char* WriteDecimal(float value, char* p) {
  // Whole numbers that a float holds exactly; to_chars would make 1e+05 of 100000.
  if (std::fabs(value) < 1e7F && std::trunc(value) == value && value != 0) {
    return WriteSigned(static_cast<std::int64_t>(value), p);
  }
  return std::to_chars(p, p + kMaxDecimal, value).ptr;
}

}  // namespace protorest::json::detail
