// What is told alike of texts that are read, messages that are written, and required fields.
#pragma once

#include <cstddef>

namespace protorest::json::detail {

// How many problems of one text or message are told.
inline constexpr std::size_t kMaxProblems = 16;

inline constexpr char kNotThere[] = "required, but not there";

}  // namespace protorest::json::detail
