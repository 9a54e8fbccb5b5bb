// The types of Anys: where in a JSON text they stand, and what they are.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <unordered_map>

#include "protorest/generated/json_reader.h"

namespace protorest::json::detail {

inline constexpr char kTypeMember[] = "@type";

// The type that a URL names; null if the program has none.
const google::protobuf::Message* PrototypeOf(std::string_view url);

// "@type" may be the last member of an Any, and the others may hold Anys again. What a search
// passes is kept, so that each part of a text is searched once, not once for each Any around it.
class AnyTypes {
 public:
  // Where the value of "@type" begins in the object that comes next, which is not consumed; null if
  // it has none, or after a failure.
  const char* Find(Reader& reader);

  // PrototypeOf(), which takes locks: the last one is kept, as Anys in a list are mostly of one
  // type.
  const google::protobuf::Message* Prototype(std::string_view url);

 private:
  void Pass(Reader& reader);

  std::unordered_map<const char*, const char*> types_;  // by where the object begins
  const char* passed_ = nullptr;                        // all objects before this are in types_
  std::string last_url_;
  const google::protobuf::Message* last_prototype_ = nullptr;
};

}  // namespace protorest::json::detail
