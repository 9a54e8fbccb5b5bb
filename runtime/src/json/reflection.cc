// The reflection codec, and single fields.
#include "json/reflection.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include "json/indent.h"
#include "protorest/generated/json.h"

namespace protorest::json {
namespace detail {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// A dynamic message is of no class of the program, even where it has a class's descriptor.
template <class T>
bool IsOf(const Message& message) {
  return message.GetReflection() == T::default_instance().GetReflection();
}

// A dynamic message of a well-known type goes through one that is of the type's class.
template <class T>
constexpr Codec kWellKnown = {[](const Message& message, Writer& writer) {
                                if (IsOf<T>(message)) return kCodec<T>.write(message, writer);
                                T typed;
                                typed.ParsePartialFromString(message.SerializePartialAsString());
                                kCodec<T>.write(typed, writer);
                              },
                              [](Reader& reader, Message& message) {
                                if (IsOf<T>(message)) return kCodec<T>.read(reader, message);
                                T typed;
                                const bool ok = kCodec<T>.read(reader, typed);
                                message.ParsePartialFromString(typed.SerializePartialAsString());
                                return ok;
                              }};

}  // namespace

const Codec* WellKnownCodec(const Descriptor& descriptor) {
  switch (descriptor.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return nullptr;
    case Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
      return &kWellKnown<google::protobuf::DoubleValue>;
    case Descriptor::WELLKNOWNTYPE_FLOATVALUE:
      return &kWellKnown<google::protobuf::FloatValue>;
    case Descriptor::WELLKNOWNTYPE_INT64VALUE:
      return &kWellKnown<google::protobuf::Int64Value>;
    case Descriptor::WELLKNOWNTYPE_UINT64VALUE:
      return &kWellKnown<google::protobuf::UInt64Value>;
    case Descriptor::WELLKNOWNTYPE_INT32VALUE:
      return &kWellKnown<google::protobuf::Int32Value>;
    case Descriptor::WELLKNOWNTYPE_UINT32VALUE:
      return &kWellKnown<google::protobuf::UInt32Value>;
    case Descriptor::WELLKNOWNTYPE_STRINGVALUE:
      return &kWellKnown<google::protobuf::StringValue>;
    case Descriptor::WELLKNOWNTYPE_BYTESVALUE:
      return &kWellKnown<google::protobuf::BytesValue>;
    case Descriptor::WELLKNOWNTYPE_BOOLVALUE:
      return &kWellKnown<google::protobuf::BoolValue>;
    case Descriptor::WELLKNOWNTYPE_ANY:
      return &kWellKnown<google::protobuf::Any>;
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return &kWellKnown<google::protobuf::FieldMask>;
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return &kWellKnown<google::protobuf::Duration>;
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return &kWellKnown<google::protobuf::Timestamp>;
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return &kWellKnown<google::protobuf::Value>;
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return &kWellKnown<google::protobuf::ListValue>;
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return &kWellKnown<google::protobuf::Struct>;
    default:
      return nullptr;
  }
}

}  // namespace detail

const Codec& ReflectionCodec() {
  static constexpr Codec kReflection = {detail::WriteMessage,
                                        [](Reader& reader, google::protobuf::Message& message) {
                                          if (reader.TakeUsed()) message.Clear();
                                          return detail::ReadMessage(reader, message);
                                        }};
  return kReflection;
}

Result WriteField(const google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor& field, const Options& options,
                  std::string& out, const Codec* codec) {
  const std::size_t start = out.size();
  Writer writer(out, options);
  detail::WriteFieldValue(message, field, writer, codec);
  Result result = writer.Finish();
  if (result && options.indent > 0) detail::Indent(options.indent, start, out);
  return result;
}

Result ReadField(std::string_view text, const google::protobuf::FieldDescriptor& field,
                 const Options& options, google::protobuf::Message& message, const Codec* codec) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  Reader reader(text, options);
  const bool message_alone = field.message_type() != nullptr && !field.is_repeated();
  if (codec != nullptr && message_alone && reader.Peek() != 'n') {
    codec->read(reader, *reflection.MutableMessage(&message, &field));  // keeps its memory
  } else {
    reflection.ClearField(&message, &field);
    detail::ReadField(reader, field, message, codec);
  }
  return reader.Finish();
}

}  // namespace protorest::json
