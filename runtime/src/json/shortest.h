// The shortest decimal that reads back as a binary floating-point number.
#pragma once

#include <cstdint>

namespace protorest::json::detail {

// digits × 10^exponent. The digits may end in zeros.
struct Decimal {
  std::uint64_t digits;
  int exponent;
};

// Of numbers above zero: fewest digits, and of those the nearest to the number.
Decimal Shortest(double value);
Decimal Shortest(float value);

}  // namespace protorest::json::detail
