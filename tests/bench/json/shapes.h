// The benchmark's messages, the same in every run.
#pragma once

#include <string>
#include <vector>

#include "shapes.pb.h"

namespace protorest::bench {

// Many different ones: a single message read again and again flatters what predicts branches.
inline constexpr int kUsers = 4096;

std::vector<User> Users();
std::vector<Mixed> MixedOrders();  // about 1 KB of JSON each
std::vector<ProfileList> Lists();  // one, with 2,000 profiles: about 1 MB
std::vector<Texts> TextHeavy();    // escapes and characters that are not ASCII

}  // namespace protorest::bench
