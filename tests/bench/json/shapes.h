// The benchmark's messages, the same in every run.
#pragma once

#include <string>
#include <vector>

#include "shapes.pb.h"

namespace protorest::bench {

// Many different ones: a single message read again and again flatters what predicts branches.
std::vector<User> Users();         // 4,096 of about 105 bytes of JSON
std::vector<Mixed> MixedOrders();  // about 1 KB of JSON each
std::vector<ProfileList> Lists();  // one, with 2,000 profiles: about 1 MB
std::vector<Texts> TextHeavy();    // about 1.4 KB of JSON each, escapes and non-ASCII

std::vector<Numbers> FewDecimals();    // prices: two decimals
std::vector<Numbers> Coordinates();    // six decimals
std::vector<Numbers> RandomDoubles();  // any finite bits: mostly 17 digits and an exponent
std::vector<Numbers> Integrals();      // whole numbers

}  // namespace protorest::bench
