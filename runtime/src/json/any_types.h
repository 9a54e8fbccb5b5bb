// Where in a JSON text the types of Anys stand.
#pragma once

#include <unordered_map>

#include "protorest/generated/json_reader.h"

namespace protorest::json::detail {

inline constexpr char kTypeMember[] = "@type";

// "@type" may be the last member of an Any, and the others may hold Anys again. What a search
// passes is kept, so that each part of a text is searched once, not once for each Any around it.
class AnyTypes {
 public:
  // Where the value of "@type" begins in the object that comes next, which is not consumed; null if
  // it has none, or after a failure.
  const char* Find(Reader& reader);

 private:
  void Pass(Reader& reader);

  std::unordered_map<const char*, const char*> types_;  // by where the object begins
  const char* passed_ = nullptr;                        // all objects before this are in types_
};

}  // namespace protorest::json::detail
