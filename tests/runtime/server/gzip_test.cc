// gzip, there and back.
#include "server/gzip.h"

#include <gtest/gtest.h>

#include <string>

namespace protorest::server {
namespace {

TEST(Gzip, ComesBackAsItWas) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "line " + std::to_string(i) + '\n';
  const std::string gzip = Gzip(text);
  EXPECT_LT(gzip.size(), text.size() / 3);
  EXPECT_TRUE(gzip.starts_with("\x1f\x8b"));
  EXPECT_EQ(Gunzip(gzip, text.size()), text);
  EXPECT_EQ(Gunzip(Gzip(""), 0), "");
}

TEST(Gzip, WhatIsNotOfThatSizeOrNoGzipIsNothing) {
  const std::string gzip = Gzip("hello hello hello");
  EXPECT_EQ(Gunzip(gzip, 17), "hello hello hello");
  EXPECT_EQ(Gunzip(gzip, 16), "");
  EXPECT_EQ(Gunzip(gzip, 18), "");
  EXPECT_EQ(Gunzip(gzip.substr(0, 20), 17), "");
  EXPECT_EQ(Gunzip("hello", 5), "");
}

}  // namespace
}  // namespace protorest::server
