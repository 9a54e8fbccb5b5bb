// Numbers: grammar, exact integers, shortest decimals.
#include "json/number.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace protorest::json::detail {
namespace {

bool IsNumber(const std::string& text) {
  return NumberEnd(text.data(), text.data() + text.size()) == text.data() + text.size();
}

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
}

TEST(Number, J11_J12_IntegersInAnyForm) {
  const auto value = [](const char* text) {
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
}

TEST(Number, J13_NoIntegers) {
  for (const char* text : {"1.5", "1e-1", "18446744073709551616", "1e20", "1e99999999999999999999",
                           "1e-99999999999999999999", "99999999999999999999"}) {
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
  EXPECT_EQ(Written(0.1F), "0.1");
  EXPECT_EQ(Written(100000.0F), "100000");
  EXPECT_EQ(Written(3.4028235e38F), "3.4028235e+38");
}

// The short path must agree with to_chars in what the digits are, not only in what they read as.
TEST(Number, J41_ShortPathWritesNoDigitTooMany) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    const auto scale = static_cast<double>(random() % 7);
    const double value = static_cast<double>(static_cast<std::int64_t>(random() % 2000000000000)) /
                         std::pow(10.0, scale) * (i % 2 == 0 ? 1 : -1);
    const std::string text = Written(value);
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(back, value) << text;
    char fixed[400];
    const std::string shortest(
        fixed, std::to_chars(fixed, fixed + sizeof fixed, value, std::chars_format::fixed).ptr);
    if (text.find('e') == text.npos) {
      ASSERT_EQ(text, shortest);
    }
  }
}

}  // namespace
}  // namespace protorest::json::detail
