// Looking at eight characters of a number at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace protorest::json::detail {

// Eight characters, the first in the lowest byte, from each of which '0' is taken: a digit is its
// value.
inline std::uint64_t LoadDigits(const char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word ^ 0x3030303030303030;
}

// How many of them are digits before the first one that is none.
inline int CountDigits(std::uint64_t digits) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const std::uint64_t others = (((digits & (kOnes * 0x7f)) + kOnes * (0x80 - 10)) | digits) &
                               (kOnes * 0x80);  // the top bits of what is no digit
  return std::countr_zero(others) / 8;
}

}  // namespace protorest::json::detail
