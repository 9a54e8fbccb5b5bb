// Writing by descriptor.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <vector>

#include "json/reflection.h"
#include "json/tables.h"
#include "protorest/generated/json_extension.h"

namespace protorest::json {
namespace detail {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void WriteEnum(const FieldDescriptor& field, int value, Writer& writer) {
  if (field.enum_type()->full_name() == "google.protobuf.NullValue") return writer.Raw("null");
  writer.EnumValue(EnumOf(*field.enum_type()), value);
}

void WriteText(const FieldDescriptor& field, std::string_view value, Writer& writer) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) return writer.BytesValue(value);
  writer.Value(value);
}

void WriteSingular(const Message& message, const FieldDescriptor& field, Writer& writer) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return writer.Value(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return writer.Value(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return writer.Value(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return writer.Value(reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return writer.Value(reflection.GetFloat(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return writer.Value(reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return writer.Value(reflection.GetBool(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return WriteEnum(field, reflection.GetEnumValue(message, &field), writer);
    case FieldDescriptor::CPPTYPE_STRING:
      return WriteText(field, reflection.GetStringReference(message, &field, &scratch), writer);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WriteMessage(reflection.GetMessage(message, &field), writer);
  }
}

void WriteElement(const Message& message, const FieldDescriptor& field, int i, Writer& writer) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return writer.Value(reflection.GetRepeatedInt32(message, &field, i));
    case FieldDescriptor::CPPTYPE_INT64:
      return writer.Value(reflection.GetRepeatedInt64(message, &field, i));
    case FieldDescriptor::CPPTYPE_UINT32:
      return writer.Value(reflection.GetRepeatedUInt32(message, &field, i));
    case FieldDescriptor::CPPTYPE_UINT64:
      return writer.Value(reflection.GetRepeatedUInt64(message, &field, i));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return writer.Value(reflection.GetRepeatedFloat(message, &field, i));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return writer.Value(reflection.GetRepeatedDouble(message, &field, i));
    case FieldDescriptor::CPPTYPE_BOOL:
      return writer.Value(reflection.GetRepeatedBool(message, &field, i));
    case FieldDescriptor::CPPTYPE_ENUM:
      return WriteEnum(field, reflection.GetRepeatedEnumValue(message, &field, i), writer);
    case FieldDescriptor::CPPTYPE_STRING:
      return WriteText(field, reflection.GetRepeatedStringReference(message, &field, i, &scratch),
                       writer);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WriteMessage(reflection.GetRepeatedMessage(message, &field, i), writer);
  }
}

// The key of a map's entry, in an order of its own.
struct MapKey {
  std::string text;
  std::int64_t number = 0;    // of signed and bool keys
  std::uint64_t natural = 0;  // of unsigned ones

  auto operator<=>(const MapKey&) const = default;
};

MapKey KeyOf(const Message& entry, const FieldDescriptor& field) {
  const Reflection& reflection = *entry.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return {"", reflection.GetInt32(entry, &field), 0};
    case FieldDescriptor::CPPTYPE_INT64:
      return {"", reflection.GetInt64(entry, &field), 0};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {"", reflection.GetBool(entry, &field), 0};
    case FieldDescriptor::CPPTYPE_UINT32:
      return {"", 0, reflection.GetUInt32(entry, &field)};
    case FieldDescriptor::CPPTYPE_UINT64:
      return {"", 0, reflection.GetUInt64(entry, &field)};
    default:
      return {reflection.GetString(entry, &field), 0, 0};
  }
}

void WriteKey(const MapKey& key, const FieldDescriptor& field, Writer& writer) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return writer.MapKey(key.number != 0);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return writer.MapKey(key.number);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return writer.MapKey(key.natural);
    default:
      return writer.MapKey(key.text);
  }
}

void WriteMap(const Message& message, const FieldDescriptor& field, Writer& writer) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  std::vector<std::pair<MapKey, const Message*>> entries;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    entries.emplace_back(KeyOf(entry, key), &entry);
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  writer.BeginMap();
  for (const auto& [text, entry] : entries) {
    WriteKey(text, key, writer);
    WriteSingular(*entry, value, writer);
    writer.Comma();
  }
  writer.EndMap();
}

}  // namespace

// Rules J44 and J51.
bool IsWritten(const Message& message, const FieldDescriptor& field, bool defaults) {
  const Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) return defaults || reflection.FieldSize(message, &field) > 0;
  return reflection.HasField(message, &field) || (defaults && !field.has_presence());
}

void WriteFieldValue(const Message& message, const FieldDescriptor& field, Writer& writer) {
  if (field.is_map()) return WriteMap(message, field, writer);
  if (!field.is_repeated()) return WriteSingular(message, field, writer);
  writer.BeginArray();
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    WriteElement(message, field, i, writer);
    writer.Comma();
  }
  writer.EndArray();
}

void WriteMembers(const Message& message, Writer& writer) {
  const auto& descriptor = *message.GetDescriptor();
  const MessageTable& table = writer.tables().Of(descriptor);
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (!IsWritten(message, field, writer.options().write_defaults)) continue;
    writer.Key(table.fields[static_cast<std::size_t>(i)]);
    WriteFieldValue(message, field, writer);
  }
  if (table.lookup.extendable) WriteExtensions(message, writer);
}

void WriteMessage(const Message& message, Writer& writer) {
  if (const Codec* const codec = WellKnownCodec(*message.GetDescriptor())) {
    return codec->write(message, writer);
  }
  const std::size_t begin = writer.Begin();
  WriteMembers(message, writer);
  writer.End(begin);
}

}  // namespace detail

void WriteExtensions(const google::protobuf::Message& message, Writer& writer) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* const field : fields) {
    if (!field->is_extension()) continue;
    writer.Member("[" + field->full_name() + "]");
    detail::WriteFieldValue(message, *field, writer);
  }
}

void WriteHiddenField(const Field& field, int number, const google::protobuf::Message& message,
                      Writer& writer) {
  const auto& descriptor = *message.GetDescriptor()->FindFieldByNumber(number);
  if (!detail::IsWritten(message, descriptor, writer.options().write_defaults)) return;
  writer.Key(field);
  detail::WriteFieldValue(message, descriptor, writer);
}

}  // namespace protorest::json
