// The types of Anys: where in a JSON text they stand, and what they are.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <unordered_map>

#include "protorest/generated/json_reader.h"

namespace protorest::json::detail {

inline constexpr char kTypeMember[] = "@type";

// A type that an Any may hold.
struct AnyType {
  const google::protobuf::Message* prototype;
  // What reads and writes its messages: that of a well-known type, generated code, or reflection.
  const Codec* codec;
  bool under_value;      // as the JSON of well-known types stands
  bool has_type_member;  // a field of its own is called "@type"
};

// The types that URLs name. The last one is kept, as finding one takes locks, and Anys in a list
// are mostly of one type.
class AnyTypeFinder {
 public:
  // Null if the program has none of this name. Until the next call.
  const AnyType* Find(std::string_view url);

 private:
  std::string url_;
  AnyType type_ = {};
};

// "@type" may be the last member of an Any, and the others may hold Anys again. What a search
// passes is kept, so that each part of a text is searched once, not once for each Any around it.
class AnyTypes {
 public:
  // Where the value of "@type" begins in the object that comes next, which is not consumed; null if
  // it has none, or after a failure.
  const char* Find(Reader& reader);

  AnyTypeFinder& finder() { return finder_; }

 private:
  void Pass(Reader& reader);

  std::unordered_map<const char*, const char*> types_;  // by where the object begins
  const char* passed_ = nullptr;                        // all objects before this are in types_
  AnyTypeFinder finder_;
};

}  // namespace protorest::json::detail
