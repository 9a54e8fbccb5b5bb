// Fills messages of any type with values that JSON can carry there and back.
#pragma once

#include <google/protobuf/message.h>

#include <random>

namespace protorest {

// Sets about two of three fields, extensions too, of `message` and, down to `depth` levels, of the
// messages in it; what is required (by google.api.field_behavior too) always. The same `random`
// makes the same message.
void Fill(google::protobuf::Message& message, std::mt19937& random, int depth = 3);

}  // namespace protorest
