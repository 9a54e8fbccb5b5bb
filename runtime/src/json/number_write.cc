// Numbers written as JSON.
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "json/number.h"
#include "json/shortest.h"

namespace protorest::json::detail {
namespace {

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

// The eight digits of a number below 10^8 as their values, the first in the lowest byte: halves are
// split into pairs, and pairs into digits, all side by side.
std::uint64_t EightDigits(std::uint32_t value) {
  const std::uint64_t halves = value / 10000 | std::uint64_t{value % 10000} << 32;
  // 10486 / 2^20 is just above a hundredth, 103 / 2^10 just above a tenth.
  const std::uint64_t hundreds = (halves * 10486 >> 20) & 0x0000007f0000007f;
  const std::uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
  const std::uint64_t tens = (pairs * 103 >> 10) & 0x000f000f000f000f;
  return tens | (pairs - 10 * tens) << 8;
}

// What EightDigits gave, without the first `skip` of them; takes eight bytes all the same.
char* StoreDigits(std::uint64_t digits, int skip, char* p) {
  std::uint64_t text = (digits | 0x3030303030303030) >> 8 * skip;
  if constexpr (std::endian::native == std::endian::big) text = __builtin_bswap64(text);
  std::memcpy(p, &text, sizeof text);
  return p + 8 - skip;
}

char* WriteEight(std::uint32_t value, char* p) { return StoreDigits(EightDigits(value), 0, p); }

// A number below 10^8, without zeros before it.
char* WriteUpToEight(std::uint32_t value, char* p) {
  if (value < 100) {  // as most are
    if (value < 10) {
      *p = static_cast<char>('0' + value);
      return p + 1;
    }
    WritePair(value, p);
    return p + 2;
  }
  const std::uint64_t digits = EightDigits(value);
  return StoreDigits(digits, std::countr_zero(digits) / 8, p);
}

// The six digits of a number below 10^6.
void WriteSix(std::uint32_t value, char* p) {
  WritePair(value / 10000, p);
  WritePair(value / 100 % 100, p + 2);
  WritePair(value % 100, p + 4);
}

// The digits of a decimal laid out as JavaScript does it: with an exponent from 10^21 up and below
// 10^-6.
char* WriteLaidOut(Decimal decimal, char* p) {
  char digits[kMaxDecimal];  // at most 17; copies of a fixed size take what stands after them
  char* end = WriteUnsigned(decimal.digits, digits);
  while (end[-1] == '0') --end, ++decimal.exponent;
  const int count = static_cast<int>(end - digits);
  const int point = count + decimal.exponent;  // digits before it
  if (point > 21 || point < -5) {
    *p = digits[0];
    p[1] = '.';
    std::memcpy(p + 2, digits + 1, 16);
    p += count == 1 ? 1 : count + 1;
    *p++ = 'e';
    *p++ = point > 0 ? '+' : '-';
    return WriteUnsigned(static_cast<std::uint64_t>(std::abs(point - 1)), p);
  }
  if (point <= 0) {
    std::memset(p, '0', 8);
    p[1] = '.';
    std::memcpy(p + 2 - point, digits, 24);
    return p + 2 - point + count;
  }
  std::memcpy(p, digits, 24);
  if (count <= point) {
    std::memset(p + count, '0', static_cast<std::size_t>(point - count));
    return p + point;
  }
  p[point] = '.';
  std::memcpy(p + point + 1, digits + point, 16);
  return p + count + 1;
}

}  // namespace

char* WriteUnsigned(std::uint64_t value, char* p) {
  if (value < kEight) return WriteUpToEight(static_cast<std::uint32_t>(value), p);
  const std::uint64_t rest = value / kEight;
  if (rest < kEight) {
    p = WriteUpToEight(static_cast<std::uint32_t>(rest), p);
  } else {
    p = WriteUpToEight(static_cast<std::uint32_t>(rest / kEight), p);
    p = WriteEight(static_cast<std::uint32_t>(rest % kEight), p);
  }
  return WriteEight(static_cast<std::uint32_t>(value % kEight), p);
}

char* WriteDecimal(double value, char* p) {
  // Most numbers that people write have at most six decimals. If value is the double nearest to n /
  // 10^6 and n has at most 15 digits, no shorter text reads back as it but this one without its
  // zeros.
  constexpr double kScale = 1e6;
  if (std::signbit(value)) *p++ = '-';
  const double magnitude = std::fabs(value);
  if (magnitude < 1e9 && magnitude >= 1e-6) {
    // Rounded to nearest but at ties, where the test below fails either way.
    // NOLINTNEXTLINE(bugprone-incorrect-roundings)
    const auto scaled = static_cast<std::uint64_t>(magnitude * kScale + 0.5);
    if (static_cast<double>(scaled) / kScale == magnitude) {
      p = WriteUnsigned(scaled / 1000000, p);
      const auto fraction = static_cast<std::uint32_t>(scaled % 1000000);
      if (fraction == 0) return p;
      *p++ = '.';
      WriteSix(fraction, p);
      p += 6;
      while (p[-1] == '0') --p;
      return p;
    }
  } else if (magnitude < 0x1p53) {
    const auto whole = static_cast<std::uint64_t>(magnitude);
    if (static_cast<double>(whole) == magnitude) return WriteUnsigned(whole, p);
  }
  return WriteLaidOut(Shortest(magnitude), p);
}

char* WriteDecimal(float value, char* p) {
  if (std::signbit(value)) *p++ = '-';
  const float magnitude = std::fabs(value);
  if (magnitude < 0x1p24F) {
    const auto whole = static_cast<std::uint32_t>(magnitude);
    if (static_cast<float>(whole) == magnitude) return WriteUnsigned(whole, p);
  }
  return WriteLaidOut(Shortest(magnitude), p);
}

}  // namespace protorest::json::detail
