// What holds of every JSON text and every message, whatever their type: tests with random messages
// and fuzz targets assert it.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>

#include "protorest/generated/json.h"

namespace protorest::json {

// One message type and one way to read and write it.
struct Side {
  const google::protobuf::Message& prototype;
  const Codec& codec;
};

// Generated code, or the library's for a well-known type; and reflection.
template <class T>
Side Generated() {
  return {T::default_instance(), CodecOf<T>()};
}
template <class T>
Side Reflected() {
  return {T::default_instance(), ReflectionCodec()};
}

// The same for equal messages, whatever the order in their maps; NaN equals itself.
std::string Bytes(const google::protobuf::Message& message);

// Two sides agree on a text: on the verdict, on every violation, on the message and on the bytes
// that it is written as, which read back as the same message. What a message held before makes no
// difference.
struct TextCheck {
  std::string broken;                                  // the property that does not hold; or ""
  std::unique_ptr<google::protobuf::Message> message;  // null where the text is refused
};
TextCheck CheckText(std::string_view text, const Options& options, const Side& one,
                    const Side& other);

// Two sides agree on a message that is valid as binary: they write the same bytes, or fail alike;
// what is written reads back and is written the same again. Returns the property that does not
// hold, or ""; also where `binary` is no message.
std::string CheckBinary(std::string_view binary, const Options& options, const Side& one,
                        const Side& other);

}  // namespace protorest::json
