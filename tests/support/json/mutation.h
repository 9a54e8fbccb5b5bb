// Breaks JSON texts at random, in the ways that people and programs do.
#pragma once

#include <random>
#include <string>

namespace protorest::json {

// `text` with one to three changes: bytes flipped, deleted or inserted, tokens swapped, doubled or
// replaced, the end cut off. The same `random` makes the same changes.
std::string Mutated(std::string text, std::mt19937& random);

}  // namespace protorest::json
