// What generated .rest.pb.h files include: the handlers' bases and the types in their signatures.
// Its contract is with the generator of the same API version, not with users.
#pragma once

#include "protorest/handler.h"

// The version of what generated code expects of the runtime; raised when old generated code no
// longer compiles or works. What the plugin writes into its files is kApiVersion of
// plugin/version.h.
#define PROTOREST_API_VERSION 1

#define PROTOREST_CHECK_API_VERSION(version)                                                    \
  static_assert((version) == PROTOREST_API_VERSION,                                             \
                "this file and the protorest headers are of different versions: regenerate it " \
                "with the protoc-gen-rest of this protorest")

namespace protorest {

namespace json {

// Specialised for the messages of each .json.pb.h; generated/json.h says with what.
template <class T>
struct Mapping;

// The codec made of T's mapping; defined in generated/json.h.
template <class T>
constexpr const Codec& CodecOf();

}  // namespace json

// T's entry in a service table. The codec is null for a type without generated JSON code: the
// reflection codec serves it.
template <class T>
constexpr MessageType MessageTypeOf() {
  MessageType type;
  type.default_instance = []() -> const google::protobuf::Message& {
    return T::default_instance();
  };
  if constexpr (requires { sizeof(json::Mapping<T>); }) type.codec = &json::CodecOf<T>();
  return type;
}

}  // namespace protorest
