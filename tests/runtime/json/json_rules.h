// The fixture of the J rules: each test runs through generated code and through reflection.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"
#include "protorest/json.h"

namespace protorest::json {

using test::Kinds;
using test::Kinds2;

enum class Through { kGenerated, kReflection };

inline std::string NameOfCodec(const testing::TestParamInfo<Through>& info) {
  return info.param == Through::kGenerated ? "Generated" : "Reflection";
}

class JsonRules : public testing::TestWithParam<Through> {
 protected:
  template <class T>
  const Codec& codec() const {
    return GetParam() == Through::kGenerated ? CodecOf<T>() : ReflectionCodec();
  }

  // What `text` reads as; a failure of the test if it is refused.
  template <class T = Kinds>
  T Accepted(std::string_view text, const Options& options = {}) {
    T message;
    const Result result = Read(text, codec<T>(), options, message);
    EXPECT_TRUE(result) << text << ": "
                        << (result ? ""
                                   : result.violations()[0].field + ": " +
                                         result.violations()[0].description);
    return message;
  }

  // The JSON path of the first violation of `text`; "accepted" if there is none.
  template <class T = Kinds>
  std::string Refused(std::string_view text, const Options& options = {}) {
    T message;
    const Result result = Read(text, codec<T>(), options, message);
    if (result) return "accepted";
    EXPECT_FALSE(result.violations()[0].description.empty()) << text;
    return result.violations()[0].field;
  }

  template <class T>
  std::string Written(const T& message, const Options& options = {}) {
    std::string out = "before ";
    const Result result = Write(message, codec<T>(), options, out);
    EXPECT_TRUE(result);
    return out.substr(7);
  }

  // Writing is refused, and leaves the output as it was (rules J47 to J50).
  template <class T>
  bool WriteRefused(const T& message) {
    std::string out = "before";
    const Result result = Write(message, codec<T>(), {}, out);
    EXPECT_EQ(out, "before");
    return !result;
  }

  // Read and written again.
  std::string Through2(std::string_view text) { return Written(Accepted(text)); }
};

}  // namespace protorest::json
