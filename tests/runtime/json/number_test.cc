// Numbers: grammar, exact integers, shortest decimals.
#include "json/number.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace protorest::json::detail {
namespace {

template <class T>
std::string Written(T value) {
  char text[kMaxDecimal];
  return {text, WriteDecimal(value, text)};
}

TEST(Number, J33_J34_J35_Grammar) {
  for (const char* good : {"0", "-0", "10", "1.5", "-1.05", "1e2", "1E+2", "1e-2", "0.0", "0e0"}) {
    EXPECT_TRUE(IsNumber(good)) << good;
  }
  for (const char* bad : {"", "-", "+1", "01", "-01", ".5", "1.", "1.e2", "1e", "1e+", "0x10",
                          "1_0", "NaN", "Infinity", "1 "}) {
    EXPECT_FALSE(IsNumber(bad)) << bad;
  }
  EXPECT_FALSE(IsNumber(std::string_view()));
}

TEST(Number, J11_J12_IntegersInAnyForm) {
  const auto value = [](std::string_view text) {
    const auto integer = ExactInteger(text);
    EXPECT_TRUE(integer) << text;
    return integer ? integer->magnitude : 0;
  };
  EXPECT_EQ(value("0"), 0U);
  EXPECT_EQ(value("0e999999999999999999999"), 0U);
  EXPECT_EQ(value("1.0"), 1U);
  EXPECT_EQ(value("1e2"), 100U);
  EXPECT_EQ(value("1.50e1"), 15U);
  EXPECT_EQ(value("1000e-3"), 1U);
  EXPECT_EQ(value("0.0000000000000000000000000001e28"), 1U);
  EXPECT_EQ(value("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(value("1844674407370955161500e-2"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(value("10000000000000000000000E-3"), 10'000'000'000'000'000'000U);
  EXPECT_EQ(value("1e19"), 10'000'000'000'000'000'000U);
  std::string far_right = "0.";
  far_right.append(100, '0').append("1200e+102");
  EXPECT_EQ(value(far_right), 12U);
  EXPECT_EQ(value("0.000e-5"), 0U);
}

TEST(Number, J13_NoIntegers) {
  for (const char* text : {"1.5", "1e-1", "18446744073709551616", "1e20", "1e99999999999999999999",
                           "1e-99999999999999999999", "99999999999999999999", "2e19",
                           "1000000000000000000000001e-1", "1.00000000000000000001e1"}) {
    EXPECT_FALSE(ExactInteger(text)) << text;
  }
}

TEST(Number, J16_TooLargeOrTooSmall) {
  for (const char* small : {"1e-400", "0.1e-400", "0.001", "100e-3", "999e-10000000000000000"}) {
    EXPECT_TRUE(IsBelowOne(small)) << small;
  }
  for (const char* large : {"1", "1e400", "0.001e400", "10e-1", "-5e1000000000000000000000"}) {
    EXPECT_FALSE(IsBelowOne(large)) << large;
  }
}

TEST(Number, IntegersOfEveryLength) {
  char text[kMaxInteger];
  std::uint64_t value = 1;
  for (int digits = 1; digits <= 20; ++digits, value *= 10) {
    for (const std::uint64_t near : {value - 1, value, value + 1}) {
      EXPECT_EQ(std::string(text, WriteUnsigned(near, text)), std::to_string(near));
    }
  }
  EXPECT_EQ(std::string(text, WriteSigned(INT64_MIN, text)), std::to_string(INT64_MIN));
  EXPECT_EQ(std::string(text, WriteSigned(INT64_MAX, text)), std::to_string(INT64_MAX));
  EXPECT_EQ(std::string(text, WriteSigned(-1, text)), "-1");
}

TEST(Number, J41_ShortestDecimals) {
  EXPECT_EQ(Written(0.1), "0.1");
  EXPECT_EQ(Written(-12.5), "-12.5");
  EXPECT_EQ(Written(100000.0), "100000");
  EXPECT_EQ(Written(0.000001), "0.000001");
  EXPECT_EQ(Written(999999999.999999), "999999999.999999");
  EXPECT_EQ(Written(-0.0), "-0");
  EXPECT_EQ(Written(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(Written(5e-324), "5e-324");
  EXPECT_EQ(Written(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(Written(1600000000123.0), "1600000000123");
  EXPECT_EQ(Written(9007199254740993.0), "9007199254740992");
  EXPECT_EQ(Written(1e23), "1e+23");
  EXPECT_EQ(Written(0.0F), "0");
  EXPECT_EQ(Written(-0.0F), "-0");
  EXPECT_EQ(Written(0.1F), "0.1");
  EXPECT_EQ(Written(100000.0F), "100000");
  EXPECT_EQ(Written(16777216.0F), "16777216");
  EXPECT_EQ(Written(1e-45F), "1e-45");
  EXPECT_EQ(Written(3.4028235e38F), "3.4028235e+38");
}

// Where JavaScript changes to an exponent, and its form.
TEST(Number, J41_LaidOutAsInJavaScript) {
  EXPECT_EQ(Written(1e20), "100000000000000000000");
  EXPECT_EQ(Written(-123456789012345680000.0), "-123456789012345680000");
  EXPECT_EQ(Written(1e21), "1e+21");
  EXPECT_EQ(Written(-1.25e21), "-1.25e+21");
  EXPECT_EQ(Written(-1.2345678901234567e-6), "-0.0000012345678901234567");
  EXPECT_EQ(Written(0.0009765625), "0.0009765625");
  EXPECT_EQ(Written(1e-7), "1e-7");
  EXPECT_EQ(Written(1.5e-10), "1.5e-10");
  EXPECT_EQ(Written(1e10F), "10000000000");
  EXPECT_EQ(Written(2e21F), "2e+21");
  EXPECT_EQ(Written(1.5e-7F), "1.5e-7");
}

// A number's digits without zeros at their ends, from any text of it.
std::string DigitsOf(std::string text) {
  text = text.substr(0, text.find('e'));
  std::erase_if(text, [](char c) { return c == '.' || c == '-'; });
  text.erase(0, text.find_first_not_of('0'));
  return text.substr(0, text.find_last_not_of('0') + 1);
}

template <class T>
void ExpectShortest(T value) {
  const std::string text = Written(value);
  T back = 0;
  std::from_chars(text.data(), text.data() + text.size(), back);
  ASSERT_EQ(back, value) << text;
  char other[40];
  const auto end =
      std::to_chars(other, other + sizeof other, value, std::chars_format::scientific).ptr;
  ASSERT_EQ(DigitsOf(text), DigitsOf(std::string(other, end)));
}

TEST(Number, J41_DigitsAreThoseOfTheStandardLibrary) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    const std::uint64_t bits = random();
    const auto value = std::bit_cast<double>(bits);
    if (std::isfinite(value)) ExpectShortest(value);
    const auto single = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (std::isfinite(single)) ExpectShortest(single);
    // Integers of any size with few or many decimals.
    ExpectShortest(static_cast<double>(static_cast<std::int64_t>(random() >> (bits % 64))) /
                   std::pow(10.0, static_cast<double>(bits % 12)));
  }
}

// Around the powers of two, where the distance to the next number changes, and of ten.
TEST(Number, J41_NextToPowers) {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    ExpectShortest(power);
    ExpectShortest(std::nextafter(power, 0.0));
    ExpectShortest(std::nextafter(power, 2 * power));
  }
  for (int exponent = -323; exponent < 309; ++exponent) {
    const double power = std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
    ExpectShortest(power);
    ExpectShortest(std::nextafter(power, 0.0));
    ExpectShortest(std::nextafter(power, std::numeric_limits<double>::max()));
  }
}

}  // namespace
}  // namespace protorest::json::detail
