// What generated .json.pb.h and .json.pb.cc files include: the typed API, the reader and the
// writer. Reader, Writer and the rest below the API are a contract with generated code of the same
// version.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protorest/generated/json_extension.h"
#include "protorest/generated/json_file.h"
#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_spare.h"
#include "protorest/generated/json_well_known.h"
#include "protorest/generated/json_writer.h"
#include "protorest/generated/version.h"
#include "protorest/json.h"

namespace protorest::json {

// The mapping of one message type: static void Write(const T&, Writer&), static bool Read(Reader&,
// T&), which clears a message that the reader says was used, and keeps its memory. An error that
// this is incomplete means: include the .json.pb.h of the message's .proto.
template <class T>
struct Mapping;

// The same for a type without generated code, through its descriptor.
template <class T>
struct ReflectionMapping {
  static void Write(const T& message, Writer& writer) { ReflectionCodec().write(message, writer); }
  static bool Read(Reader& reader, T& message) { return ReflectionCodec().read(reader, message); }
};

// What serves T where its .json.pb.h may not have been generated: its mapping if that is in sight,
// else reflection. What is in sight is part of the type, as files may differ in it.
template <class T, bool kHasMapping = requires { sizeof(Mapping<T>); }
> struct MappingOf : Mapping<T> {};
template <class T>
struct MappingOf<T, false> : ReflectionMapping<T> {};

// T's mapping without its C++ type.
template <class T>
inline constexpr Codec kCodec = {[](const google::protobuf::Message& message, Writer& writer) {
                                   Mapping<T>::Write(static_cast<const T&>(message), writer);
                                 },
                                 [](Reader& reader, google::protobuf::Message& message) {
                                   return Mapping<T>::Read(reader, static_cast<T&>(message));
                                 },
                                 FileOf<T>()};

template <class T>
constexpr const Codec& CodecOf() {
  return kCodec<T>;
}

// Appends `message` to `*out`; on failure `*out` is as it was (rules J47 to J50).
template <class T>
Result Write(const T& message, std::string* out, const Options& options = {}) {
  return Write(message, CodecOf<T>(), options, *out);
}

// The same as a value; "" on failure.
template <class T>
std::string Write(const T& message, const Options& options = {}) {
  std::string out;
  static_cast<void>(Write(message, CodecOf<T>(), options, out));
  return out;
}

// Clears `*message` and reads `text` into it. On failure it holds unspecified fields.
template <class T>
Result Read(std::string_view text, T* message, const Options& options = {}) {
  return Read(text, CodecOf<T>(), options, *message);
}

// The same as CheckGenerated(codec) of json.h, for the codec of T:
//   if (const auto fresh = protorest::json::CheckGenerated<users::v1::User>(); !fresh) …
template <class T>
Result CheckGenerated() {
  return CheckGenerated(CodecOf<T>());
}

}  // namespace protorest::json
