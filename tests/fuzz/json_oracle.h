// What holds of every JSON text and every message, whatever their type: the fuzz targets of the
// JSON mapping assert it.
#pragma once

#include <google/protobuf/message.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "protorest/generated/json.h"

namespace protorest::json::fuzz {

inline void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "Broken: %s\n", what);
  std::abort();
}

// A copy that ends where its memory does: a sanitizer sees any read beyond it.
class ExactText {
 public:
  explicit ExactText(std::string_view text) : size_(text.size()), bytes_(new char[size_]) {
    std::copy(text.begin(), text.end(), bytes_.get());
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> bytes_;
};

// The same for equal messages, whatever the order in their maps; NaN equals itself.
std::string Bytes(const google::protobuf::Message& message);

// What the first byte of an input chooses; the rest is the text.
inline Options OptionsOf(std::uint8_t choice) {
  return {.proto_field_names = (choice & 4) != 0,
          .enums_as_numbers = (choice & 8) != 0,
          .int64_as_numbers = (choice & 16) != 0,
          .write_defaults = (choice & 64) == 0,
          .indent = (choice & 32) != 0 ? 2 : 0,
          .ignore_unknown_fields = (choice & 2) != 0};
}

// One message type and one way to read and write it.
struct Side {
  const google::protobuf::Message& prototype;
  const Codec& codec;
};

// The message that `text` is; null if it is refused. Both sides agree on that, on the errors, on
// the message and on the bytes that it is written as; those read back as the same message.
std::unique_ptr<google::protobuf::Message> CheckText(std::string_view text, const Options& options,
                                                     const Side& one, const Side& other);

// A message that is valid as binary: both sides write the same bytes, or fail alike; what is
// written reads back and is written the same again. Returns whether `binary` was a message.
bool CheckBinary(std::string_view binary, const Options& options, const Side& one,
                 const Side& other);

// Generated code, or the library's for a well-known type, against reflection.
template <class T>
Side Generated() {
  return {T::default_instance(), CodecOf<T>()};
}
template <class T>
Side Reflected() {
  return {T::default_instance(), ReflectionCodec()};
}

// The input's rest as text, then as binary. Null if the text is refused.
template <class T>
std::unique_ptr<google::protobuf::Message> CheckInput(std::string_view input,
                                                      const Options& options) {
  CheckBinary(input, options, Generated<T>(), Reflected<T>());
  return CheckText(input, options, Generated<T>(), Reflected<T>());
}

}  // namespace protorest::json::fuzz
