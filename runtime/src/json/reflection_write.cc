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

void WriteMessage(const Message& message, MessageTable& table, Writer& writer);

// A message with its reflection, which is costly to ask for.
struct Source {
  explicit Source(const Message& of) : message(of), reflection(*of.GetReflection()) {}

  const Message& message;
  const Reflection& reflection;
};

// Where a value comes from: a singular field, or an element of a repeated one.
struct Singular {
  const Source& from;
  const FieldDescriptor* field;

  std::int32_t Int32() const { return from.reflection.GetInt32(from.message, field); }
  std::int64_t Int64() const { return from.reflection.GetInt64(from.message, field); }
  std::uint32_t Uint32() const { return from.reflection.GetUInt32(from.message, field); }
  std::uint64_t Uint64() const { return from.reflection.GetUInt64(from.message, field); }
  float Float() const { return from.reflection.GetFloat(from.message, field); }
  double Double() const { return from.reflection.GetDouble(from.message, field); }
  bool Bool() const { return from.reflection.GetBool(from.message, field); }
  int Enum() const { return from.reflection.GetEnumValue(from.message, field); }
  const std::string& Text(std::string* scratch) const {
    return from.reflection.GetStringReference(from.message, field, scratch);
  }
  const Message& Submessage() const { return from.reflection.GetMessage(from.message, field); }
};

struct Element {
  const Source& from;
  const FieldDescriptor* field;
  int i;

  std::int32_t Int32() const { return from.reflection.GetRepeatedInt32(from.message, field, i); }
  std::int64_t Int64() const { return from.reflection.GetRepeatedInt64(from.message, field, i); }
  std::uint32_t Uint32() const { return from.reflection.GetRepeatedUInt32(from.message, field, i); }
  std::uint64_t Uint64() const { return from.reflection.GetRepeatedUInt64(from.message, field, i); }
  float Float() const { return from.reflection.GetRepeatedFloat(from.message, field, i); }
  double Double() const { return from.reflection.GetRepeatedDouble(from.message, field, i); }
  bool Bool() const { return from.reflection.GetRepeatedBool(from.message, field, i); }
  int Enum() const { return from.reflection.GetRepeatedEnumValue(from.message, field, i); }
  const std::string& Text(std::string* scratch) const {
    return from.reflection.GetRepeatedStringReference(from.message, field, i, scratch);
  }
  const Message& Submessage() const {
    return from.reflection.GetRepeatedMessage(from.message, field, i);
  }
};

// Where it goes: a value alone, or a member that is left out where it holds its default.
struct Value {
  Writer& writer;

  template <class T>
  void Put(const T& value) const {
    writer.Value(value);
  }
  void PutBytes(std::string_view value) const { writer.BytesValue(value); }
  void PutEnum(const EnumTable& table, int value) const { writer.EnumValue(table, value); }
  void PutNull() const { writer.NullValue(0); }
};

struct Implicit {
  Writer& writer;
  const Field& name;

  template <class T>
  void Put(const T& value) const {
    writer.Implicit(name, value);
  }
  void PutBytes(std::string_view value) const { writer.ImplicitBytes(name, value); }
  void PutEnum(const EnumTable& table, int value) const { writer.ImplicitEnum(name, table, value); }
  void PutNull() const { writer.ImplicitNull(name, 0); }
};

// One value of any type but a message.
template <class From, class To>
void Write(const From& from, const To& to, const FieldTable& field) {
  std::string scratch;
  switch (field.type) {
    case FieldDescriptor::CPPTYPE_INT32:
      return to.Put(from.Int32());
    case FieldDescriptor::CPPTYPE_INT64:
      return to.Put(from.Int64());
    case FieldDescriptor::CPPTYPE_UINT32:
      return to.Put(from.Uint32());
    case FieldDescriptor::CPPTYPE_UINT64:
      return to.Put(from.Uint64());
    case FieldDescriptor::CPPTYPE_FLOAT:
      return to.Put(from.Float());
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return to.Put(from.Double());
    case FieldDescriptor::CPPTYPE_BOOL:
      return to.Put(from.Bool());
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.null_value ? to.PutNull() : to.PutEnum(field.values, from.Enum());
    case FieldDescriptor::CPPTYPE_STRING:
      return field.bytes ? to.PutBytes(from.Text(&scratch)) : to.Put(from.Text(&scratch));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return;
  }
}

// One value without its key.
template <class From>
void WriteValue(const From& from, FieldTable& field, Writer& writer) {
  if (field.type != FieldDescriptor::CPPTYPE_MESSAGE) return Write(from, Value{writer}, field);
  WriteMessage(from.Submessage(), writer.tables().Of(field), writer);
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

void WriteMap(const Source& source, FieldTable& field, int size, Writer& writer) {
  MessageTable& entry_table = writer.tables().Of(field);
  const FieldDescriptor& key = *entry_table.fields[0].field;
  FieldTable& value = entry_table.fields[1];
  std::vector<std::pair<MapKey, const Message*>> entries;
  entries.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    const Message& entry = source.reflection.GetRepeatedMessage(source.message, field.field, i);
    entries.emplace_back(KeyOf(entry, key), &entry);
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  writer.BeginMap();
  for (auto at = entries.begin(); at != entries.end(); ++at) {
    // A dynamic message keeps all entries of a binary that has one key twice; the last one counts.
    if (at + 1 != entries.end() && at[1].first == at->first) continue;
    WriteKey(at->first, key, writer);
    const Source from(*at->second);
    WriteValue(Singular{from, value.field}, value, writer);
    writer.Comma();
  }
  writer.EndMap();
}

// A list or a map of `size` elements.
void WriteRepeated(const Source& source, FieldTable& field, int size, Writer& writer) {
  if (field.map) return WriteMap(source, field, size, writer);
  writer.BeginArray();
  for (int i = 0; i < size; ++i) {
    WriteValue(Element{source, field.field, i}, field, writer);
    writer.Comma();
  }
  writer.EndArray();
}

// The member, where it is to be written (rules J44, J51).
void WriteMember(const Source& source, FieldTable& field, const Field& name, Writer& writer) {
  const Singular from{source, field.field};
  if (field.implicit) return Write(from, Implicit{writer, name}, field);
  if (field.repeated) {
    const int size = source.reflection.FieldSize(source.message, field.field);
    if (size == 0 && !writer.options().write_defaults) return;
    writer.Key(name);
    return WriteRepeated(source, field, size, writer);
  }
  if (!source.reflection.HasField(source.message, field.field)) return;
  writer.Key(name);
  WriteValue(from, field, writer);
}

void WriteMembers(const Message& message, MessageTable& table, Writer& writer) {
  const Source source(message);
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    WriteMember(source, table.fields[i], table.names[i], writer);
  }
  if (table.lookup.extendable) WriteExtensions(message, writer);
}

void WriteMessage(const Message& message, MessageTable& table, Writer& writer) {
  if (table.codec != nullptr) return table.codec->write(message, writer);
  const std::size_t begin = writer.Begin();
  WriteMembers(message, table, writer);
  writer.End(begin);
}

}  // namespace

void WriteFieldValue(const Message& message, const FieldDescriptor& descriptor, Writer& writer,
                     const Codec* codec) {
  const Source source(message);
  FieldTable field(descriptor);
  const CodedMessages coded(codec, field, writer.tables());
  // A Value that is unset has no kind, and no default but null.
  if (field.takes_null && !field.repeated && !source.reflection.HasField(message, &descriptor)) {
    return writer.Raw("null");
  }
  if (!field.repeated) return WriteValue(Singular{source, &descriptor}, field, writer);
  WriteRepeated(source, field, source.reflection.FieldSize(message, &descriptor), writer);
}

void WriteMessage(const Message& message, Writer& writer) {
  WriteMessage(message, writer.tables().Of(*message.GetDescriptor()), writer);
}

}  // namespace detail

void WriteExtensions(const google::protobuf::Message& message, Writer& writer) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* const field : fields) {
    if (!field->is_extension()) continue;
    writer.Member("[" + std::string(field->full_name()) + "]");
    detail::WriteFieldValue(message, *field, writer);
  }
}

void WriteHiddenField(const Field& name, int number, const google::protobuf::Message& message,
                      Writer& writer) {
  detail::FieldTable field(*message.GetDescriptor()->FindFieldByNumber(number));
  detail::WriteMember(detail::Source(message), field, name, writer);
}

}  // namespace protorest::json
