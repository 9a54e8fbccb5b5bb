// What a generated .json.pb.cc says of the .proto that it was made from.
#pragma once

#include <google/protobuf/message.h>

#include <span>

#include "protorest/schema.h"

namespace protorest::json {

template <class T>
struct Mapping;

struct Codec;

struct GeneratedMessage {
  const google::protobuf::Message& (*default_instance)();
  const Codec* codec;
};

struct GeneratedFile {
  SchemaInfo schema;
  std::span<const GeneratedMessage> messages;
  // Of the imports whose messages it uses; null where no code was generated for one.
  std::span<const GeneratedFile* const> imports = {};
};

// Lets Anys, which hold messages of any type, find the code of a file's messages: one with static
// storage for each file. What is loaded after the first Any is served by reflection there.
class KnownToAny {
 public:
  explicit KnownToAny(const GeneratedFile& file);
  KnownToAny(const KnownToAny&) = delete;
  KnownToAny& operator=(const KnownToAny&) = delete;

  const GeneratedFile& file() const { return file_; }
  const KnownToAny* next() const { return next_; }

 private:
  const GeneratedFile& file_;
  const KnownToAny* next_ = nullptr;
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
