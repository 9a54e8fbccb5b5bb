// The properties of the JSON mapping over random messages of a type T, and over broken texts of
// them.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/support/json/message_filler.h"
#include "tests/support/json/mutation.h"
#include "tests/support/json/oracle.h"

namespace protorest::json {

// Every combination of the options for writing.
inline Options OptionsOf(unsigned combination) {
  return {.proto_field_names = (combination & 1) != 0,
          .enums_as_numbers = (combination & 2) != 0,
          .int64_as_numbers = (combination & 4) != 0,
          .write_defaults = (combination & 8) != 0,
          .indent = (combination & 16) != 0 ? 2 : 0};
}
inline constexpr unsigned kCombinations = 32;

// As many different messages as there are seeds, the same in each run.
template <class T>
T RandomMessage(unsigned seed, int depth = 3) {
  std::mt19937 random(seed);
  T message;
  Fill(message, random, depth);
  return message;
}

// Binary to JSON and back is the identity; generated code and reflection write the same bytes.
template <class T>
void ExpectRoundTrips(const T& message) {
  for (unsigned combination = 0; combination < kCombinations; ++combination) {
    const Options options = OptionsOf(combination);
    std::string text;
    ASSERT_TRUE(Write(message, CodecOf<T>(), options, text)) << message.ShortDebugString();
    const TextCheck check = CheckText(text, options, Generated<T>(), Reflected<T>());
    ASSERT_EQ(check.broken, "") << text;
    ASSERT_NE(check.message, nullptr) << text;
    ASSERT_EQ(Bytes(*check.message), Bytes(message)) << text;
  }
}

// A text that is no longer right gets the same verdict from both, and where it is still read, the
// same message.
template <class T>
void ExpectSameOfMutations(const T& message, unsigned seed, int count) {
  std::mt19937 random(seed);
  for (int i = 0; i < count; ++i) {
    Options options = OptionsOf(static_cast<unsigned>(random() % kCombinations));
    std::string text;
    ASSERT_TRUE(Write(message, CodecOf<T>(), options, text)) << message.ShortDebugString();
    text = Mutated(std::move(text), random);
    options.ignore_unknown_fields = random() % 2 == 0;
    ASSERT_EQ(CheckText(text, options, Generated<T>(), Reflected<T>()).broken, "") << text;
  }
}

}  // namespace protorest::json
