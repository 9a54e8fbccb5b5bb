// The well-known types against what others know of them: libprotobuf's utilities where they are
// right, nlohmann's JSON, the C library.
#pragma once

#include "json_fuzz_input.h"

namespace protorest::json::fuzz {

// Each takes an input as JSON and as binary; of more than one type: as each of them.
void CheckTimestamp(const Input& input);
void CheckDuration(const Input& input);
void CheckFieldMask(const Input& input);
void CheckStruct(const Input& input);  // and Value, ListValue
void CheckAny(const Input& input);
void CheckWrappers(const Input& input);

}  // namespace protorest::json::fuzz
