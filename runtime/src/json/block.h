// Looking at 16 bytes of a string at a time: SSE2, NEON, or plain C++ (PROTOREST_PLAIN forces it).
// The three are one class; the first one says what its functions do.
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
// With this bit turned, quotes and control characters alone are less than kFirstOther.
inline constexpr char kTurn = 0x02;
inline constexpr char kFirstOther = ('"' ^ kTurn) + 1;

// `size` bytes, fewer than eight, as a number that begins with its lowest byte; zeros follow.
inline std::uint64_t PartialWord(const char* p, std::size_t size) {
  const auto byte = [&](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  };
  if (size == 0) return 0;
  if (size < 4) return byte(0) | byte(size / 2) | byte(size - 1);
  // Two halves, one over the other.
  std::uint32_t first, last;
  std::memcpy(&first, p, 4);
  std::memcpy(&last, p + size - 4, 4);
  if constexpr (std::endian::native == std::endian::big) {
    first = __builtin_bswap32(first);
    last = __builtin_bswap32(last);
  }
  return first | std::uint64_t{last} << (8 * (size - 4));
}

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

  friend Positions operator|(Positions a, Positions b) { return Positions(a.bits_ | b.bits_); }
  bool any() const { return bits_ != 0; }
  // Only where any().
  std::size_t first() const { return std::countr_zero(bits_) / kBits; }
  // The first one of two blocks, `size` bytes each, of which the second follows; 2 × size if none.
  static std::size_t FirstOf(Positions a, Positions b, std::size_t size) {
    if constexpr (kBits == 1) {  // both in one number, so that no branch need be guessed
      const std::uint64_t none = std::uint64_t{1} << 2 * size;
      return std::countr_zero(a.bits_ | b.bits_ << size | none);
    } else {
      return a.any() ? a.first() : size + (b.any() ? b.first() : size);
    }
  }
  // All but the first one.
  Positions Rest() const { return Positions(bits_ & (bits_ - 1)); }
  // Those at or behind `size`, which has room in the set.
  Positions From(std::size_t size) const {
    return Positions(bits_ & (~std::uint64_t{0} << (size * kBits)));
  }
  // All of them, `size` bytes behind.
  Positions Behind(std::size_t size) const { return Positions(bits_ << (size * kBits)); }
  // Those before `size`, which is less than a block's.
  Positions Before(std::size_t size) const {
    return Positions(bits_ & ((std::uint64_t{1} << (size * kBits)) - 1));
  }
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

  Block() = default;
  explicit Block(const char* p) : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))) {}
  // `size` bytes, fewer than a block's; zeros follow.
  Block(const char* p, std::size_t size) {
    if (size < 8) {
      bytes_ = _mm_set_epi64x(0, static_cast<long long>(PartialWord(p, size)));
    } else {
      std::uint64_t first, last;
      std::memcpy(&first, p, 8);
      std::memcpy(&last, p + size - 8, 8);
      bytes_ = _mm_set_epi64x(static_cast<long long>(last >> 8 >> (8 * (15 - size))),
                              static_cast<long long>(first));
    }
  }

  void Store(char* p) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes_); }
  Positions Special() const { return Mask(SpecialBytes()); }
  Positions NonAscii() const { return Mask(bytes_); }
  // Either of them.
  Positions Unusual() const {
    // Signed, what is not ASCII is less than these, too: the difference is negative.
    const __m128i from_others = _mm_subs_epi8(Turned(), _mm_set1_epi8(kFirstOther));
    return Mask(_mm_or_si128(Backslash(), from_others));
  }
  // Whether the first `size` bytes, fewer than a block's, are those of the other one.
  bool Begins(Block other, std::size_t size) const {
    const auto same = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes_, other.bytes_));
    return !Positions(~static_cast<std::uint32_t>(same)).Before(size).any();
  }

  // For each byte the one that stands kCount before it.
  template <int kCount>
  Block After(Block previous) const {
    const __m128i own = _mm_slli_si128(bytes_, kCount);
    return Block{_mm_or_si128(own, _mm_srli_si128(previous.bytes_, 16 - kCount))};
  }
  // Which bytes are above a limit, or are a byte, that is not ASCII. The top bits tell, the others
  // mean nothing; NonAscii makes positions of them.
  Block Above(unsigned char limit) const {  // what is left of them keeps the top bit
    return Block(_mm_subs_epu8(bytes_, _mm_set1_epi8(static_cast<char>(limit - 0x7f))));
  }
  Block Is(unsigned char byte) const {
    return Block(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(static_cast<char>(byte))));
  }
  // Of the bits that the mask has, the top one among them.
  Block Is(unsigned char byte, unsigned char mask) const {
    return Block(_mm_and_si128(bytes_, _mm_set1_epi8(static_cast<char>(mask)))).Is(byte);
  }
  // The same of the bytes that go on with a character, 10xxxxxx.
  Block IsTail() const { return Block(_mm_adds_epi8(bytes_, _mm_set1_epi8(0x40))); }
  friend Block operator&(Block a, Block b) { return Block(_mm_and_si128(a.bytes_, b.bytes_)); }
  friend Block operator|(Block a, Block b) { return Block(_mm_or_si128(a.bytes_, b.bytes_)); }
  friend Block operator^(Block a, Block b) { return Block(_mm_xor_si128(a.bytes_, b.bytes_)); }
  Block AndNot(Block other) const { return Block(_mm_andnot_si128(other.bytes_, bytes_)); }

 private:
  explicit Block(__m128i bytes) : bytes_(bytes) {}

  __m128i Turned() const { return _mm_xor_si128(bytes_, _mm_set1_epi8(kTurn)); }
  __m128i Backslash() const { return _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('\\')); }
  __m128i SpecialBytes() const {
    const __m128i turned = Turned();
    const __m128i last = _mm_set1_epi8(kFirstOther - 1);
    return _mm_or_si128(Backslash(), _mm_cmpeq_epi8(_mm_min_epu8(turned, last), turned));
  }

  static Positions Mask(__m128i bytes) {
    return Positions(static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)));
  }

  __m128i bytes_ = _mm_setzero_si128();
};

#elif defined(PROTOREST_NEON)

class Block {
 public:
  static constexpr std::size_t kSize = 16;

  Block() = default;
  explicit Block(const char* p) : bytes_(vld1q_u8(reinterpret_cast<const std::uint8_t*>(p))) {}
  Block(const char* p, std::size_t size) {
    if (size < 8) {
      bytes_ = vcombine_u8(vcreate_u8(PartialWord(p, size)), vcreate_u8(0));
    } else {
      std::uint64_t first, last;
      std::memcpy(&first, p, 8);
      std::memcpy(&last, p + size - 8, 8);
      bytes_ = vcombine_u8(vcreate_u8(first), vcreate_u8(last >> 8 >> (8 * (15 - size))));
    }
  }

  void Store(char* p) const { vst1q_u8(reinterpret_cast<std::uint8_t*>(p), bytes_); }
  Positions Special() const { return Mask(SpecialBytes()); }
  Positions NonAscii() const { return Mask(vcgeq_u8(bytes_, vdupq_n_u8(0x80))); }
  Positions Unusual() const {
    // Signed, what is not ASCII is less than these, too.
    const uint8x16_t below = vcltq_s8(vreinterpretq_s8_u8(Turned()), vdupq_n_s8(kFirstOther));
    return Mask(vorrq_u8(Backslash(), below));
  }
  bool Begins(Block other, std::size_t size) const {
    return !Mask(vmvnq_u8(vceqq_u8(bytes_, other.bytes_))).Before(size).any();
  }

  template <int kCount>
  Block After(Block previous) const {
    return Block{vextq_u8(previous.bytes_, bytes_, 16 - kCount)};
  }
  Block Above(unsigned char limit) const { return Block(vcgtq_u8(bytes_, vdupq_n_u8(limit))); }
  Block Is(unsigned char byte) const { return Block(vceqq_u8(bytes_, vdupq_n_u8(byte))); }
  Block Is(unsigned char byte, unsigned char mask) const {
    return Block(vandq_u8(bytes_, vdupq_n_u8(mask))).Is(byte);
  }
  Block IsTail() const { return Block(vcltq_s8(vreinterpretq_s8_u8(bytes_), vdupq_n_s8(-0x40))); }
  friend Block operator&(Block a, Block b) { return Block(vandq_u8(a.bytes_, b.bytes_)); }
  friend Block operator|(Block a, Block b) { return Block(vorrq_u8(a.bytes_, b.bytes_)); }
  friend Block operator^(Block a, Block b) { return Block(veorq_u8(a.bytes_, b.bytes_)); }
  Block AndNot(Block other) const { return Block(vbicq_u8(bytes_, other.bytes_)); }

 private:
  explicit Block(uint8x16_t bytes) : bytes_(bytes) {}

  uint8x16_t Turned() const { return veorq_u8(bytes_, vdupq_n_u8(kTurn)); }
  uint8x16_t Backslash() const { return vceqq_u8(bytes_, vdupq_n_u8('\\')); }
  uint8x16_t SpecialBytes() const {
    return vorrq_u8(Backslash(), vcltq_u8(Turned(), vdupq_n_u8(kFirstOther)));
  }

  // One bit of four per byte: the narrowing shift is NEON's nearest to a mask of bits.
  static Positions Mask(uint8x16_t bytes) {
    const uint8x8_t nibbles = vshrn_n_u16(vreinterpretq_u16_u8(bytes), 4);
    return Positions(vget_lane_u64(vreinterpret_u64_u8(nibbles), 0) & 0x8888888888888888);
  }

  uint8x16_t bytes_ = vdupq_n_u8(0);
};

#else

// Eight bytes in a machine word; each test leaves the top bit of the bytes it is true for.
class Block {
 public:
  static constexpr std::size_t kSize = 8;

  Block() = default;
  explicit Block(const char* p) {
    std::memcpy(&bytes_, p, kSize);
    if constexpr (std::endian::native == std::endian::big) bytes_ = __builtin_bswap64(bytes_);
  }

  Block(const char* p, std::size_t size) : bytes_(PartialWord(p, size)) {}

  void Store(char* p) const {
    std::uint64_t bytes = bytes_;
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    std::memcpy(p, &bytes, kSize);
  }
  Positions Special() const {
    // Sums of seven bits, whose carry says of each byte that it is not one of these.
    const std::uint64_t low = bytes_ & ~kTops;
    const std::uint64_t not_backslash = (low ^ (kOnes * '\\')) + kOnes * 0x7f;
    const std::uint64_t other = (low ^ (kOnes * kTurn)) + kOnes * (0x80 - kFirstOther);
    return Positions(~(not_backslash & other) & ~bytes_ & kTops);
  }
  Positions NonAscii() const { return Positions(bytes_ & kTops); }
  Positions Unusual() const { return Special() | NonAscii(); }
  bool Begins(Block other, std::size_t size) const {
    return !Positions(bytes_ ^ other.bytes_).Before(size).any();
  }

  template <int kCount>
  Block After(Block previous) const {
    return Block{bytes_ << (8 * kCount) | previous.bytes_ >> (8 * (8 - kCount))};
  }
  Block Above(unsigned char limit) const {
    return Block(((bytes_ & ~kTops) + kOnes * (0xff - limit)) & bytes_ & kTops);
  }
  Block Is(unsigned char byte) const {
    return Above(static_cast<unsigned char>(byte - 1)).AndNot(Above(byte));
  }
  Block Is(unsigned char byte, unsigned char mask) const {
    return Block(bytes_ & kOnes * mask).Is(byte);
  }
  Block IsTail() const { return Block(bytes_ & ~(bytes_ << 1) & kTops); }
  friend Block operator&(Block a, Block b) { return Block(a.bytes_ & b.bytes_); }
  friend Block operator|(Block a, Block b) { return Block(a.bytes_ | b.bytes_); }
  friend Block operator^(Block a, Block b) { return Block(a.bytes_ ^ b.bytes_); }
  Block AndNot(Block other) const { return Block(bytes_ & ~other.bytes_); }

 private:
  explicit Block(std::uint64_t bytes) : bytes_(bytes) {}

  static constexpr std::uint64_t kOnes = 0x0101010101010101;
  static constexpr std::uint64_t kTops = 0x8080808080808080;

  std::uint64_t bytes_ = 0;
};

#endif

// Two blocks, one after the other: most strings of messages end in one window.
class Window {
 public:
  static constexpr std::size_t kSize = 2 * Block::kSize;

  explicit Window(const char* p) : first_(p), second_(p + Block::kSize) {}

  void Store(char* p) const {
    first_.Store(p);
    second_.Store(p + Block::kSize);
  }
  // Where the first such byte is; kSize if there is none.
  std::size_t Special() const { return First(first_.Special(), second_.Special()); }
  std::size_t Unusual() const { return First(first_.Unusual(), second_.Unusual()); }
  bool HasNonAscii() const { return (first_ | second_).NonAscii().any(); }

 private:
  static std::size_t First(Positions a, Positions b) {
    return Positions::FirstOf(a, b, Block::kSize);
  }

  Block first_;
  Block second_;
};

// As many blocks as one set of positions has room for.
class Stretch {
 public:
  static constexpr std::size_t kSize = 64 / Positions::kBits;

  explicit Stretch(const char* p) {
    Block all;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < kSize; i += Block::kSize) {
      const Block block(p + i);
      special_ = special_ | block.Special().Behind(i);
      all = all | block;
    }
    non_ascii_ = all.NonAscii().any();
  }

  Positions special() const { return special_; }
  bool non_ascii() const { return non_ascii_; }

 private:
  Positions special_;
  bool non_ascii_;
};

// The unusual bytes among as many as a stretch has.
inline Positions UnusualInStretch(const char* p) {
  Positions unusual;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < Stretch::kSize; i += Block::kSize) {
    unusual = unusual | Block(p + i).Unusual().Behind(i);
  }
  return unusual;
}

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
