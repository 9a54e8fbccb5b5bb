// The reader's numbers, bools and enums.
#include <charconv>
#include <cmath>
#include <limits>
#include <type_traits>

#include "json/number.h"
#include "json/search.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

template <class T>
constexpr std::string_view kExpectedInteger = "";
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

bool IsDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

}  // namespace

// Plain digits, quoted or not; all else goes the long way.
template <class T>
T Reader::Integer() {
  constexpr int kSafeDigits = 19;  // cannot overflow 64 bits
  const char* p = pos_;
  if (p == end_) return IntegerSlow<T>(kExpectedInteger<T>);
  const bool quoted = *p == '"';
  if (quoted) ++p;
  bool negative = false;
  if (std::is_signed_v<T> && p != end_ && *p == '-') {
    negative = true;
    ++p;
  }
  const char* const digits = p;
  std::uint64_t magnitude = 0;
  while (p != end_ && IsDigit(*p)) magnitude = magnitude * 10 + static_cast<unsigned>(*p++ - '0');
  const auto count = p - digits;
  const bool plain = count > 0 && count <= kSafeDigits && (*digits != '0' || count == 1) &&
                     p != end_ && (quoted ? *p == '"' : (*p != '.' && (*p | 0x20) != 'e'));
  T value;
  if (!plain || !Fits(negative, magnitude, &value)) {
    return IntegerSlow<T>(kExpectedInteger<T>);
  }
  pos_ = quoted ? p + 1 : p;
  return value;
}

template <class T>
T Reader::IntegerSlow(std::string_view expected) {
  if (Null()) return 0;
  const char* const start = (Peek(), pos_);
  std::string_view number;
  if (pos_ != end_ && *pos_ == '"') {
    if (!RawString(&number)) return 0;
    const char* const end = number.data() + number.size();
    if (detail::NumberEnd(number.data(), end) != end) number = {};
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

std::int32_t Reader::Int32() { return Integer<std::int32_t>(); }
std::int64_t Reader::Int64() { return Integer<std::int64_t>(); }
std::uint32_t Reader::Uint32() { return Integer<std::uint32_t>(); }
std::uint64_t Reader::Uint64() { return Integer<std::uint64_t>(); }

template <class T>
T Reader::Floating(std::string_view expected) {
  const char* start = pos_;
  if (start == end_ || !(IsDigit(*start) || *start == '-')) {
    if (Null()) return 0;
    start = (Peek(), pos_);
  }
  std::string_view number;
  if (pos_ != end_ && *pos_ == '"') {
    if (!RawString(&number)) return 0;
    if (number == "NaN") return std::numeric_limits<T>::quiet_NaN();
    if (number == "Infinity") return std::numeric_limits<T>::infinity();
    if (number == "-Infinity") return -std::numeric_limits<T>::infinity();
    const char* const end = number.data() + number.size();
    if (detail::NumberEnd(number.data(), end) != end) number = {};
  } else if (SkipNumber()) {
    number = std::string_view(start, static_cast<std::size_t>(pos_ - start));
  } else {
    Mismatch(expected);
    return 0;
  }
  T value = 0;
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

float Reader::Float() {
  return Floating<float>(
      "a number within the range of float, \"NaN\", \"Infinity\" or \"-Infinity\"");
}
double Reader::Double() {
  return Floating<double>(
      "a number within the range of double, \"NaN\", \"Infinity\" or \"-Infinity\"");
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
  if (pos_ != end_ && *pos_ == '"') {
    std::string_view name;
    if (!RawString(&name)) return false;
    if (const auto found = detail::NumberOf(table, name)) {
      *number = *found;
      return true;
    }
    if (!options_.ignore_unknown_fields) MismatchAt(start, detail::ExpectedNames(table));
    return false;
  }
  if (Null()) return false;
  const std::size_t errors = errors_.size();
  const std::int32_t value = IntegerSlow<std::int32_t>("the name of an enum value or its number");
  if (errors_.size() != errors) return false;
  if (table.closed && detail::NameOf(table, value).empty()) {
    if (!options_.ignore_unknown_fields) MismatchAt(start, detail::ExpectedNames(table));
    return false;
  }
  *number = value;
  return true;
}

bool Reader::NullValue() {
  static constexpr EnumValue kValues[] = {{"NULL_VALUE", 0}};
  static constexpr EnumTable kTable = {kValues, {}, true};
  int number = 0;
  const std::size_t errors = errors_.size();
  if (Null()) return true;
  return Enum(kTable, &number) && errors_.size() == errors;
}

template std::int32_t Reader::IntegerSlow<std::int32_t>(std::string_view);

}  // namespace protorest::json
