// The well-known types against what others know of them: libprotobuf's utilities where they are
// right, nlohmann's JSON, the C library.
#pragma once

#include "json_oracle.h"

namespace protorest::json::fuzz {

// Each takes an input as JSON and as binary; of more than one type: as each of them.
void CheckTimestamp(std::string_view input, const Options& options);
void CheckDuration(std::string_view input, const Options& options);
void CheckFieldMask(std::string_view input, const Options& options);
void CheckStruct(std::string_view input, const Options& options);  // and Value, ListValue
void CheckAny(std::string_view input, const Options& options);
void CheckWrappers(std::string_view input, const Options& options);

}  // namespace protorest::json::fuzz
