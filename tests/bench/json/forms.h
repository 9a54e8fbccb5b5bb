// The same JSON as other writers would have written it.
#pragma once

#include <string>

namespace protorest::bench {

std::string AsItIs(const std::string& json);
std::string SortedKeys(const std::string& json);     // by name: Python's sort_keys, Go's maps
std::string ShuffledKeys(const std::string& json);   // each object in an order of its own
std::string EscapedMarkup(const std::string& json);  // < > & as \u003c …: Go, libprotobuf
std::string OnlyAscii(const std::string& json);      // all else as \uXXXX: Python's default
// `json` as the value of a field that no message has.
std::string Unknown(const std::string& json);

}  // namespace protorest::bench
