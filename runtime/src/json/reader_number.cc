// The reader's numbers, bools and enums.
#include <charconv>
#include <cmath>
#include <limits>
#include <type_traits>

#include "json/digits.h"
#include "json/number.h"
#include "json/search.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

template <class T>
constexpr std::string_view kExpectedInteger;
template <>
constexpr std::string_view kExpectedInteger<std::int32_t> =
    "an integer from -2147483648 to 2147483647";
template <>
constexpr std::string_view kExpectedInteger<std::uint32_t> = "an integer from 0 to 4294967295";
template <>
constexpr std::string_view kExpectedInteger<std::int64_t> =
    "an integer from -9223372036854775808 to 9223372036854775807";
template <>
constexpr std::string_view kExpectedInteger<std::uint64_t> =
    "an integer from 0 to 18446744073709551615";

template <class T>
constexpr std::string_view kExpectedDecimal;
template <>
constexpr std::string_view kExpectedDecimal<float> =
    "a number within the range of float, \"NaN\", \"Infinity\" or \"-Infinity\"";
template <>
constexpr std::string_view kExpectedDecimal<double> =
    "a number within the range of double, \"NaN\", \"Infinity\" or \"-Infinity\"";

template <class T>
bool Fits(bool negative, std::uint64_t magnitude, T* value) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
  if (!negative) {
    if (magnitude > kMax) return false;
    *value = static_cast<T>(magnitude);
    return true;
  }
  if constexpr (std::is_unsigned_v<T>) {
    if (magnitude != 0) return false;
  } else if (magnitude > kMax + 1) {
    return false;
  }
  *value = static_cast<T>(0 - magnitude);
  return true;
}

// Eight digits, a byte each, to pairs, to fours, to the number.
std::uint64_t JoinDigits(std::uint64_t digits) {
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  return (digits * 10000 + (digits >> 32)) & 0xffffffff;
}

struct Digits {
  const char* end;
  std::uint64_t value;
};

// Appends the digits at `p` to `value`. Eight are taken at a time, without a branch for each:
// numbers differ in length, and every wrong guess of it costs more than all the rest.
Digits TakeDigits(const char* p, const char* end, std::uint64_t value) {
  static constexpr std::uint64_t kPowers[] = {1,      10,      100,      1000,     10000,
                                              100000, 1000000, 10000000, 100000000};
  while (end - p >= 8) {
    const std::uint64_t digits = detail::LoadDigits(p);
    const int count = detail::CountDigits(digits);
    if (count == 0) return {p, value};
    value = value * kPowers[count] + JoinDigits(digits << (64 - 8 * count));
    p += count;
    if (count < 8) return {p, value};
  }
  for (; p != end; ++p) {
    const unsigned digit = static_cast<unsigned char>(*p) - unsigned{'0'};
    if (digit > 9) break;
    value = value * 10 + digit;
  }
  return {p, value};
}

// Powers of ten that the type holds exactly, and how many digits it does.
template <class T>
struct Exact;
template <>
struct Exact<double> {
  static constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  static constexpr int kDigits = 15;
};
template <>
struct Exact<float> {
  static constexpr float kPowers[] = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F,
                                      1e6F, 1e7F, 1e8F, 1e9F, 1e10F};
  static constexpr int kDigits = 7;
};

// A number of few digits without an exponent: both the digits and the power of ten are exact, so
// that one division rounds right. Returns its end; null for any other number, which may be valid.
template <class T>
const char* ShortDecimal(const char* p, const char* end, T* value) {
  const bool negative = p != end && *p == '-';
  if (negative) ++p;
  const char* const whole = p;
  Digits digits = TakeDigits(p, end, 0);
  p = digits.end;
  auto count = p - whole;
  if (count == 0 || (*whole == '0' && count > 1)) return nullptr;
  std::ptrdiff_t decimals = 0;
  if (p != end && *p == '.') {
    const char* const fraction = ++p;
    digits = TakeDigits(p, end, digits.value);
    p = digits.end;
    decimals = p - fraction;
    count += decimals;
    if (decimals == 0) return nullptr;
  }
  if (count > Exact<T>::kDigits || p == end || (*p | 0x20) == 'e') return nullptr;
  const T magnitude =
      static_cast<T>(static_cast<std::int64_t>(digits.value)) / Exact<T>::kPowers[decimals];
  *value = negative ? -magnitude : magnitude;
  return p;
}

}  // namespace

// Plain digits, quoted or not; all else goes the long way.
template <class T>
Reader::Taken<T> Reader::IntegerAt(const char* p) {
  constexpr std::ptrdiff_t kSafeDigits = 19;  // cannot overflow 64 bits
  pos_ = p;
  const bool quoted = Peek() == '"';
  const char* const end = end_;
  p = pos_ + (quoted ? 1 : 0);
  const bool negative = std::is_signed_v<T> && p != end && *p == '-';
  if (negative) ++p;
  const char* const digits = p;
  const auto [digits_end, magnitude] = TakeDigits(p, end, 0);
  p = digits_end;
  const auto count = p - digits;
  const bool plain = count > 0 && count <= kSafeDigits && (*digits != '0' || count == 1) &&
                     p != end && (quoted ? *p == '"' : (*p != '.' && (*p | 0x20) != 'e'));
  T value;
  if (!plain || !Fits(negative, magnitude, &value)) [[unlikely]] {
    value = IntegerSlow<T>(kExpectedInteger<T>);
    return {pos_, value};
  }
  return {p + (quoted ? 1 : 0), value};
}

template <class T>
T Reader::IntegerSlow(std::string_view expected) {
  if (Null()) return 0;
  const char* const start = (Peek(), pos_);
  std::string_view number;
  if (pos_ != end_ && *pos_ == '"') {
    if (!RawString(&number)) return 0;
    if (!detail::IsNumber(number)) number = {};
  } else if (SkipNumber()) {
    number = std::string_view(start, static_cast<std::size_t>(pos_ - start));
  } else {
    Mismatch(expected);
    return 0;
  }
  T value = 0;
  if (!number.empty()) {
    const auto integer = detail::ExactInteger(number);
    if (integer && Fits(integer->negative, integer->magnitude, &value)) return value;
  }
  MismatchAt(start, expected);
  return 0;
}

template <class T>
Reader::Taken<T> Reader::FloatingAt(const char* p) {
  pos_ = p;
  Peek();
  Taken<T> taken{nullptr, 0};
  taken.pos = ShortDecimal(pos_, end_, &taken.value);
  if (taken.pos != nullptr) [[likely]]
    return taken;
  taken.value = FloatingSlow<T>(kExpectedDecimal<T>);
  return {pos_, taken.value};
}

template <class T>
T Reader::FloatingSlow(std::string_view expected) {
  const char* const start = pos_;
  T value = 0;
  if (Null()) return 0;
  std::string_view number;
  if (pos_ != end_ && *pos_ == '"') {
    if (!RawString(&number)) return 0;
    if (number == "NaN") return std::numeric_limits<T>::quiet_NaN();
    if (number == "Infinity") return std::numeric_limits<T>::infinity();
    if (number == "-Infinity") return -std::numeric_limits<T>::infinity();
    if (!detail::IsNumber(number)) number = {};
  } else if (SkipNumber()) {
    number = std::string_view(start, static_cast<std::size_t>(pos_ - start));
  } else {
    Mismatch(expected);
    return 0;
  }
  if (number.empty()) {
    MismatchAt(start, expected);
    return 0;
  }
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc()) return value;
  // Out of range either way: too large is an error (rule J16), too small is zero.
  if (detail::IsBelowOne(number)) return number.front() == '-' ? -T{0} : T{0};
  MismatchAt(start, expected);
  return 0;
}

bool Reader::Bool() {
  Peek();
  if (Keyword("true")) return true;
  if (Keyword("false") || Null()) return false;
  Mismatch("true or false");
  return false;
}

bool Reader::Enum(const EnumTable& table, int* number) {
  const char* const start = (Peek(), pos_);
  // What is wrong reads as some value, so that a required field counts as there.
  const auto wrong = [&](std::string_view name) {
    *number = detail::FirstOf(table);
    if (options_.ignore_unknown_fields) return false;
    UnknownName(start, table, name);
    return true;
  };
  if (pos_ != end_ && *pos_ == '"') {
    std::string_view name;
    if (!RawString(&name)) return false;
    const auto found = detail::NumberOf(table, name);
    if (!found) return wrong(name);
    *number = *found;
    return true;
  }
  if (Null()) return false;
  const std::size_t errors = errors_.size();
  const std::int32_t value = IntegerSlow<std::int32_t>("the name of an enum value or its number");
  const bool no_number = errors_.size() != errors;
  if (!no_number && table.closed && detail::NameOf(table, value).empty()) return wrong({});
  *number = no_number ? detail::FirstOf(table) : value;
  return true;
}

void Reader::UnknownName(const char* start, const EnumTable& table, std::string_view name) {
  if (failed_) return;
  const std::string_view near = detail::NearValueName(table, name);
  MismatchAt(start, detail::ExpectedNames(table));
  if (near.empty()) return;
  errors_.back().description.append("; did you mean \"").append(near).append("\"?");
}

bool Reader::NullValue() {
  static constexpr EnumValue kValues[] = {{"NULL_VALUE", 0}};
  static constexpr EnumTable kTable = {kValues, {}, true};
  int number = 0;
  const std::size_t errors = errors_.size();
  if (Null()) return true;
  return Enum(kTable, &number) && errors_.size() == errors;
}

template Reader::Taken<std::int32_t> Reader::IntegerAt(const char*);
template Reader::Taken<std::int64_t> Reader::IntegerAt(const char*);
template Reader::Taken<std::uint32_t> Reader::IntegerAt(const char*);
template Reader::Taken<std::uint64_t> Reader::IntegerAt(const char*);
template Reader::Taken<float> Reader::FloatingAt(const char*);
template Reader::Taken<double> Reader::FloatingAt(const char*);

}  // namespace protorest::json
