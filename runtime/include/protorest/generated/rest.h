// What generated .rest.pb.h files include: the handlers' bases and the types in their signatures.
// Its contract is with the generator of the same API version, not with users.
#pragma once

#include "protorest/generated/version.h"
#include "protorest/handler.h"

namespace protorest {

namespace json {

// Specialised for the messages of each .json.pb.h; generated/json.h says with what.
template <class T>
struct Mapping;

// The codec made of T's mapping; defined in generated/json.h.
template <class T>
constexpr const Codec& CodecOf();

}  // namespace json

// The generated JSON code of T; null if none is in sight: the reflection codec serves the type.
// What is in sight is part of the function's name, as files may differ in it.
template <class T, bool kHasMapping = requires { sizeof(json::Mapping<T>); }
> constexpr const json::Codec* JsonCodecOf() {
  if constexpr (kHasMapping) {
    return &json::CodecOf<T>();
  } else {
    return nullptr;
  }
}

// T's entry in a service table.
template <class T, bool kHasMapping = requires { sizeof(json::Mapping<T>); }
> constexpr MessageType MessageTypeOf() {
  MessageType type;
  type.default_instance = []() -> const google::protobuf::Message& {
    return T::default_instance();
  };
  type.codec = JsonCodecOf<T, kHasMapping>();
  return type;
}

}  // namespace protorest
