// Raffaello Giulietti's Schubfach: of the numbers with so many digits that at least one reads back,
// and at most one with a digit less, it looks at those two next to the value on either side.
#include "json/shortest.h"

#include <array>
#include <bit>
#include <cstddef>
#include <limits>

namespace protorest::json::detail {
namespace {

using Wide = unsigned __int128;

// What doubles need: 10^-292 to 10^324.
constexpr int kMinPower = -292;
constexpr int kMaxPower = 324;

// A power of ten without its exponent of two: 128 bits from the first one on, rounded up.
struct Power {
  std::uint64_t high, low;
};

// The same to 256 bits, from which a few are lost at each step; lowest word first.
class LongPower {
 public:
  constexpr void TimesTen() {
    std::uint64_t carry = 0;
    for (std::uint64_t& word : words_) {
      const Wide product = Wide{word} * 10 + carry;
      word = static_cast<std::uint64_t>(product);
      carry = static_cast<std::uint64_t>(product >> 64);
    }
    const auto shift = static_cast<int>(std::bit_width(carry));
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::uint64_t above = i + 1 < words_.size() ? words_[i + 1] : carry;
      words_[i] = words_[i] >> shift | above << (64 - shift);
    }
  }
  constexpr void ByTen() {
    std::uint64_t rest = 0;
    for (std::size_t i = words_.size(); i-- > 0;) {
      const Wide dividend = Wide{rest} << 64 | words_[i];
      words_[i] = static_cast<std::uint64_t>(dividend / 10);
      rest = static_cast<std::uint64_t>(dividend % 10);
    }
    const int shift = std::countl_zero(words_.back());
    for (std::size_t i = words_.size(); i-- > 0;) {
      const std::uint64_t below =
          i > 0 ? words_[i - 1] : static_cast<std::uint64_t>((Wide{rest} << 64) / 10);
      words_[i] = words_[i] << shift | below >> (64 - shift);
    }
  }
  constexpr Power Rounded() const {
    Wide top = Wide{words_[3]} << 64 | words_[2];
    if ((words_[1] | words_[0]) != 0) ++top;
    return {static_cast<std::uint64_t>(top >> 64), static_cast<std::uint64_t>(top)};
  }

 private:
  std::array<std::uint64_t, 4> words_ = {0, 0, 0, std::uint64_t{1} << 63};
};

constexpr auto kPowers = [] {
  std::array<Power, kMaxPower - kMinPower + 1> powers{};
  LongPower power;
  for (int i = 0; i <= kMaxPower; ++i, power.TimesTen()) powers[i - kMinPower] = power.Rounded();
  power = LongPower();
  for (int i = 0; i >= kMinPower; --i, power.ByTen()) powers[i - kMinPower] = power.Rounded();
  return powers;
}();

// floor(log2(10^e)), floor(log10(2^e)) and floor(log10(3/4 × 2^e)) for the exponents there are.
int Log2OfPower10(int e) { return (e * 1741647) >> 19; }
int Log10OfPower2(int e) { return (e * 1262611) >> 22; }
int Log10OfThreeQuarters(int e) { return (e * 1262611 - 524031) >> 22; }

// The product's top 64 bits of 192. Where any were cut off the last bit is set, so that the result
// compares with multiples of two as the exact product does.
std::uint64_t RoundToOdd(Power power, std::uint64_t factor) {
  const auto low = static_cast<std::uint64_t>((Wide{power.low} * factor) >> 64);
  const Wide product = Wide{power.high} * factor + low;
  const auto cut = static_cast<std::uint64_t>(product);
  return static_cast<std::uint64_t>(product >> 64) | (cut > 1 ? 1 : 0);
}

// Of significand × 2^exponent. `uneven`: the number below is only half as far as the one above.
Decimal Shortest(std::uint64_t significand, int exponent, bool uneven) {
  const int k = uneven ? Log10OfThreeQuarters(exponent) : Log10OfPower2(exponent);
  const int shift = exponent + Log2OfPower10(-k) + 1;
  const Power power = kPowers[static_cast<std::size_t>(-k - kMinPower)];
  // In quarters of 10^k: the value, and the ends of what reads back as it. They do so themselves if
  // the significand is even.
  const std::uint64_t value = RoundToOdd(power, 4 * significand << shift);
  const std::uint64_t outside = significand % 2;
  const std::uint64_t lower =
      RoundToOdd(power, (4 * significand - (uneven ? 1 : 2)) << shift) + outside;
  const std::uint64_t upper = RoundToOdd(power, (4 * significand + 2) << shift) - outside;

  const std::uint64_t digits = value / 4;
  if (digits >= 10) {
    const std::uint64_t fewer = digits / 10;
    const bool below = lower <= 40 * fewer;
    const bool above = 40 * fewer + 40 <= upper;
    if (below != above) return {fewer + (above ? 1 : 0), k + 1};
  }
  const bool below = lower <= 4 * digits;
  const bool above = 4 * digits + 4 <= upper;
  const std::uint64_t middle = 4 * digits + 2;
  const bool nearer_above = value > middle || (value == middle && digits % 2 != 0);
  return {digits + ((below != above ? above : nearer_above) ? 1 : 0), k};
}

template <class T, class Bits>
Decimal ShortestOf(T number) {
  constexpr int kDigits = std::numeric_limits<T>::digits - 1;  // stored ones
  constexpr int kMinExponent = std::numeric_limits<T>::min_exponent - 1 - kDigits;
  const auto bits = std::bit_cast<Bits>(number);
  const std::uint64_t fraction = bits & ((Bits{1} << kDigits) - 1);
  const int biased = static_cast<int>(bits >> kDigits);
  if (biased == 0) return Shortest(fraction, kMinExponent, false);
  return Shortest(fraction | std::uint64_t{1} << kDigits, kMinExponent + biased - 1,
                  fraction == 0 && biased > 1);
}

}  // namespace

Decimal Shortest(double value) { return ShortestOf<double, std::uint64_t>(value); }
Decimal Shortest(float value) { return ShortestOf<float, std::uint32_t>(value); }

}  // namespace protorest::json::detail
