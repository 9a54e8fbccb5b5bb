// How often this program has asked for memory.
#pragma once

#include <cstdint>

namespace protorest::bench {

std::int64_t Allocations();

}  // namespace protorest::bench
