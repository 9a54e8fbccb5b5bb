// What a generated .json.pb.cc says of the .proto that it was made from.
#pragma once

#include <google/protobuf/message.h>

#include <span>

#include "protorest/schema.h"

namespace protorest::json {

template <class T>
struct Mapping;

struct GeneratedFile {
  SchemaInfo schema;
  // Of one of its messages, by which the linked descriptors are found.
  const google::protobuf::Message& (*default_instance)() = nullptr;
  // Of the imports whose messages it uses; null where no code was generated for one.
  std::span<const GeneratedFile* const> imports = {};
};

template <class T>
const google::protobuf::Message& DefaultInstanceOf() {
  return T::default_instance();
}

// The file that T's mapping stands in; null for types without one and for those that are built in.
// What is in sight is part of the function's name, as files may differ in it.
template <class T, bool kHasMapping = requires { sizeof(Mapping<T>); }
> constexpr const GeneratedFile* FileOf() {
  if constexpr (requires { Mapping<T>::file; }) {
    return &Mapping<T>::file;
  } else {
    return nullptr;
  }
}

}  // namespace protorest::json
