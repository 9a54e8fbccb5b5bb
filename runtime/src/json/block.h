// Looking at 16 bytes of a string at a time: SSE2, NEON, or plain C++ (PROTOREST_PLAIN forces it).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if !defined(PROTOREST_PLAIN) && defined(__SSE2__)
#define PROTOREST_SSE2 1
#include <emmintrin.h>
#elif !defined(PROTOREST_PLAIN) && defined(__aarch64__) && defined(__ARM_NEON)
#define PROTOREST_NEON 1
#include <arm_neon.h>
#endif

#if defined(PROTOREST_SSE2)
#define PROTOREST_BLOCK sse2
#elif defined(PROTOREST_NEON)
#define PROTOREST_BLOCK neon
#else
#define PROTOREST_BLOCK plain
#endif

// One namespace each, so that a test may link the plain one into a program that has another.
namespace protorest::json::detail {
inline namespace PROTOREST_BLOCK {

// What ends a run of plain characters in a string: a quote, a backslash, a control character.
inline bool IsSpecial(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

// A set of positions in a block, lowest first.
class Positions {
 public:
#ifdef PROTOREST_NEON
  static constexpr int kBits = 4;  // per byte of the block
#elif defined(PROTOREST_SSE2)
  static constexpr int kBits = 1;
#else
  static constexpr int kBits = 8;
#endif
  constexpr Positions() = default;
  explicit constexpr Positions(std::uint64_t bits) : bits_(bits) {}

  bool any() const { return bits_ != 0; }
  // Only where any().
  std::size_t first() const { return std::countr_zero(bits_) / kBits; }
  // Those before the first one of `others`, which has one.
  Positions Before(Positions others) const {
    return Positions(bits_ & ((others.bits_ & -others.bits_) - 1));
  }

 private:
  std::uint64_t bits_ = 0;
};

#if defined(PROTOREST_SSE2)

class Block {
 public:
  static constexpr std::size_t kSize = 16;

  explicit Block(const char* p) : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))) {}

  void Store(char* p) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes_); }
  Positions Special() const {
    const __m128i quote = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('\\'));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes_, _mm_set1_epi8(0x1f)), bytes_);
    return Mask(_mm_or_si128(_mm_or_si128(quote, backslash), control));
  }
  Positions NonAscii() const { return Mask(bytes_); }

 private:
  static Positions Mask(__m128i bytes) {
    return Positions(static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)));
  }

  __m128i bytes_;
};

#elif defined(PROTOREST_NEON)

class Block {
 public:
  static constexpr std::size_t kSize = 16;

  explicit Block(const char* p) : bytes_(vld1q_u8(reinterpret_cast<const std::uint8_t*>(p))) {}

  void Store(char* p) const { vst1q_u8(reinterpret_cast<std::uint8_t*>(p), bytes_); }
  Positions Special() const {
    const uint8x16_t quote = vceqq_u8(bytes_, vdupq_n_u8('"'));
    const uint8x16_t backslash = vceqq_u8(bytes_, vdupq_n_u8('\\'));
    const uint8x16_t control = vcltq_u8(bytes_, vdupq_n_u8(0x20));
    return Mask(vorrq_u8(vorrq_u8(quote, backslash), control));
  }
  Positions NonAscii() const { return Mask(vcgeq_u8(bytes_, vdupq_n_u8(0x80))); }

 private:
  // Four bits per byte: the narrowing shift is NEON's nearest to a mask of bits.
  static Positions Mask(uint8x16_t bytes) {
    const uint8x8_t nibbles = vshrn_n_u16(vreinterpretq_u16_u8(bytes), 4);
    return Positions(vget_lane_u64(vreinterpret_u64_u8(nibbles), 0));
  }

  uint8x16_t bytes_;
};

#else

// Eight bytes in a machine word; each test leaves the top bit of the bytes it is true for.
class Block {
 public:
  static constexpr std::size_t kSize = 8;

  explicit Block(const char* p) {
    std::memcpy(&bytes_, p, kSize);
    if constexpr (std::endian::native == std::endian::big) bytes_ = __builtin_bswap64(bytes_);
  }

  void Store(char* p) const {
    std::uint64_t bytes = bytes_;
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    std::memcpy(p, &bytes, kSize);
  }
  Positions Special() const {
    // A borrow may mark a byte above a true one, never below: the first position is exact, and more
    // is not asked of this set.
    const std::uint64_t ascii = ~bytes_ & kTops;
    const std::uint64_t control = bytes_ - kOnes * 0x20;
    return Positions((Zero(bytes_ ^ (kOnes * '"')) | Zero(bytes_ ^ (kOnes * '\\')) | control) &
                     ascii);
  }
  Positions NonAscii() const { return Positions(bytes_ & kTops); }

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101;
  static constexpr std::uint64_t kTops = 0x8080808080808080;

  static std::uint64_t Zero(std::uint64_t bytes) { return bytes - kOnes; }

  std::uint64_t bytes_;
};

#endif

// The first special character in [p, end), or `end`. Sets `non_ascii` if one was passed.
inline const char* FindSpecial(const char* p, const char* end, bool& non_ascii) {
  while (static_cast<std::size_t>(end - p) >= Block::kSize) {
    const Block block(p);
    const Positions special = block.Special();
    const Positions high = block.NonAscii();
    if (special.any()) {
      non_ascii |= high.Before(special).any();
      return p + special.first();
    }
    non_ascii |= high.any();
    p += Block::kSize;
  }
  for (; p != end; ++p) {
    const auto c = static_cast<unsigned char>(*p);
    if (IsSpecial(c)) break;
    non_ascii |= c >= 0x80;
  }
  return p;
}

}  // namespace PROTOREST_BLOCK
}  // namespace protorest::json::detail
