// Reading by descriptor.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/reflection.h>
#include <google/protobuf/repeated_field.h>

#include <set>
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

bool ReadMessage(Reader& reader, Message& message, MessageTable& table);

// A message with its reflection, which is costly to ask for.
struct Target {
  explicit Target(Message& of) : message(&of), reflection(*of.GetReflection()) {}

  Message* message;
  const Reflection& reflection;
};

// False where there is no value to set.
bool ReadEnum(Reader& reader, const FieldTable& field, int* number) {
  if (!field.null_value) return reader.Enum(field.values, number);
  *number = 0;
  return reader.NullValue();
}

std::string ReadText(Reader& reader, const FieldTable& field) {
  std::string value;
  if (field.bytes) {
    reader.Bytes(&value);
  } else {
    reader.String(&value);
  }
  return value;
}

// One value into a singular field. False where the field stays unset.
bool ReadSingular(Reader& reader, FieldTable& field, const Target& target) {
  const auto& [message, reflection] = target;
  switch (field.type) {
    case FieldDescriptor::CPPTYPE_INT32:
      reflection.SetInt32(message, field.field, reader.Int32());
      return true;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection.SetInt64(message, field.field, reader.Int64());
      return true;
    case FieldDescriptor::CPPTYPE_UINT32:
      reflection.SetUInt32(message, field.field, reader.Uint32());
      return true;
    case FieldDescriptor::CPPTYPE_UINT64:
      reflection.SetUInt64(message, field.field, reader.Uint64());
      return true;
    case FieldDescriptor::CPPTYPE_FLOAT:
      reflection.SetFloat(message, field.field, reader.Float());
      return true;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      reflection.SetDouble(message, field.field, reader.Double());
      return true;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(message, field.field, reader.Bool());
      return true;
    case FieldDescriptor::CPPTYPE_ENUM: {
      int number = 0;
      if (!ReadEnum(reader, field, &number)) return false;
      reflection.SetEnumValue(message, field.field, number);
      return true;
    }
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(message, field.field, ReadText(reader, field));
      return true;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      // There is one already where the field comes twice.
      if (reflection.HasField(*message, field.field)) reflection.ClearField(message, field.field);
      ReadMessage(reader, *reflection.MutableMessage(message, field.field),
                  reader.tables().Of(field));
      return true;
  }
  return false;
}

// A list of scalars, read as generated code reads it. Asked of the reflection once, not for each.
template <class T, class ReadValues>
void AddAll(FieldTable& field, const Target& target, ReadValues read) {
  google::protobuf::RepeatedField<T> values;
  read(&values);
  const auto all = target.reflection.GetMutableRepeatedFieldRef<T>(target.message, field.field);
  for (const T value : values) all.Add(value);
}

template <class T>
void ReadScalars(Reader& reader, FieldTable& field, const Target& target) {
  AddAll<T>(field, target, [&](auto* values) { reader.List(values); });
}

void ReadEnums(Reader& reader, FieldTable& field, const Target& target) {
  AddAll<std::int32_t>(field, target, [&](auto* values) {
    field.null_value ? reader.NullList(values) : reader.EnumList(field.values, values);
  });
}

void ReadList(Reader& reader, FieldTable& field, const Target& target) {
  const auto& [message, reflection] = target;
  switch (field.type) {
    case FieldDescriptor::CPPTYPE_INT32:
      return ReadScalars<std::int32_t>(reader, field, target);
    case FieldDescriptor::CPPTYPE_INT64:
      return ReadScalars<std::int64_t>(reader, field, target);
    case FieldDescriptor::CPPTYPE_UINT32:
      return ReadScalars<std::uint32_t>(reader, field, target);
    case FieldDescriptor::CPPTYPE_UINT64:
      return ReadScalars<std::uint64_t>(reader, field, target);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ReadScalars<float>(reader, field, target);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ReadScalars<double>(reader, field, target);
    case FieldDescriptor::CPPTYPE_BOOL:
      return ReadScalars<bool>(reader, field, target);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ReadEnums(reader, field, target);
    case FieldDescriptor::CPPTYPE_STRING:
      for (Array array(reader); array.Next();) {
        reflection.AddString(message, field.field, ReadText(reader, field));
      }
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      for (Array array(reader, field.takes_null); array.Next();) {
        ReadMessage(reader, *reflection.AddMessage(message, field.field),
                    reader.tables().Of(field));
      }
  }
}

// The next entry with a key of the field's type.
bool NextEntry(Entries& entries, const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return entries.Next<std::int32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return entries.Next<std::int64_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return entries.Next<std::uint32_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return entries.Next<std::uint64_t>();
    case FieldDescriptor::CPPTYPE_BOOL:
      return entries.Next<bool>();
    default:
      return entries.Next();
  }
}

void SetKey(const Entries& entries, const FieldDescriptor& field, Message& entry) {
  const Reflection& reflection = *entry.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&entry, &field, entries.Key<std::int32_t>());
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&entry, &field, entries.Key<std::int64_t>());
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&entry, &field, entries.Key<std::uint32_t>());
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&entry, &field, entries.Key<std::uint64_t>());
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&entry, &field, entries.Key<bool>());
    default:
      return reflection.SetString(&entry, &field, entries.Key<std::string>());
  }
}

void ReadMap(Reader& reader, FieldTable& field, const Target& target) {
  const auto& [message, reflection] = target;
  MessageTable& entry_table = reader.tables().Of(field);
  const FieldDescriptor& key = *entry_table.fields[0].field;
  FieldTable& value = entry_table.fields[1];
  // There are keys already where the field itself comes twice.
  std::set<std::string> keys;
  for (int i = 0; i < reflection.FieldSize(*message, field.field); ++i) {
    keys.insert(KeyText(reflection.GetRepeatedMessage(*message, field.field, i), key));
  }
  for (Entries entries(reader, value.takes_null); NextEntry(entries, key);) {
    const Target entry(*reflection.AddMessage(message, field.field));
    SetKey(entries, key, *entry.message);
    // An enum's unknown name drops the entry (rule J22), and the key with it.
    const bool may_drop = value.type == FieldDescriptor::CPPTYPE_ENUM;
    if (may_drop && !ReadSingular(reader, value, entry)) {
      reflection.RemoveLast(message, field.field);
      continue;
    }
    if (!keys.insert(KeyText(*entry.message, key)).second) entries.Duplicate();
    if (!may_drop) ReadSingular(reader, value, entry);
  }
}

void ReadInto(Reader& reader, FieldTable& field, const Target& target) {
  if (field.map) {
    ReadMap(reader, field, target);
  } else if (field.repeated) {
    ReadList(reader, field, target);
  } else if (field.takes_null || !reader.Null()) {
    ReadSingular(reader, field, target);
  }
}

// A member of an object whose key was just read.
void ReadMember(Reader& reader, ObjectBase& object, FieldTable& field, const Target& target) {
  const auto* const oneof = field.field->real_containing_oneof();
  if (oneof != nullptr) {
    const auto* const set = target.reflection.GetOneofFieldDescriptor(*target.message, oneof);
    const int number = set == nullptr ? 0 : set->number();
    if (!object.Member(*target.message, number, field.takes_null)) return;
  }
  ReadInto(reader, field, target);
}

// A bit for each field of a message; on the stack for most.
class SeenFields {
 public:
  explicit SeenFields(std::size_t fields) {
    if (fields > kInline * 64) many_.resize((fields + 63) / 64);
  }
  std::uint64_t* bits() { return many_.empty() ? few_ : many_.data(); }

 private:
  static constexpr std::size_t kInline = 2;

  std::uint64_t few_[kInline] = {};
  std::vector<std::uint64_t> many_;
};

void ReadMembers(Reader& reader, Message& message, MessageTable& table) {
  const Target target(message);
  SeenFields seen(table.fields.size());
  DynamicObject object(reader, table.names, table.lookup, seen.bits());
  for (int next = object.First(reader); next != ObjectBase::kEnd; next = object.Next(reader)) {
    if (next == ObjectBase::kExtension) {
      ReadExtension(reader, object, message);
      continue;
    }
    auto index = static_cast<std::size_t>(next);
    do {
      ReadMember(reader, object, table.fields[index], target);
    } while (object.Follows(reader, ++index));
  }
  if (!table.has_required || reader.failed()) return;
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    const FieldDescriptor& field = *table.fields[i].field;
    if (field.is_required() && !target.reflection.HasField(message, &field)) {
      object.Missing(static_cast<int>(i));
    }
  }
}

bool ReadMessage(Reader& reader, Message& message, MessageTable& table) {
  if (table.codec != nullptr) return table.codec->read(reader, message);
  ReadMembers(reader, message, table);
  return reader.ok();
}

}  // namespace

std::string KeyText(const Message& entry, const FieldDescriptor& field) {
  const Reflection& reflection = *entry.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetInt32(entry, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetInt64(entry, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(reflection.GetUInt32(entry, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(reflection.GetUInt64(entry, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(entry, &field) ? "true" : "false";
    default:
      return reflection.GetString(entry, &field);
  }
}

void ReadField(Reader& reader, const FieldDescriptor& descriptor, Message& message,
               const Codec* codec) {
  FieldTable field(descriptor);
  const CodedMessages coded(codec, field, reader.tables());
  ReadInto(reader, field, Target(message));
}

bool ReadMessage(Reader& reader, Message& message) {
  return ReadMessage(reader, message, reader.tables().Of(*message.GetDescriptor()));
}

}  // namespace detail

void ReadExtension(Reader& reader, ObjectBase& object, google::protobuf::Message& message) {
  const std::string_view name = object.key();
  detail::FieldTable* field = nullptr;
  if (name.size() > 2 && name.back() == ']') {
    field = reader.tables().FindExtension(message, std::string(name.substr(1, name.size() - 2)));
  }
  if (field == nullptr) {
    if (reader.options().ignore_unknown_fields) return object.Unknown();
    return object.Unknown(reader.tables().ExtensionNames(message));
  }
  if (!reader.tables().Add(object.start(), *field->field)) object.Duplicate();
  detail::ReadInto(reader, *field, detail::Target(message));
}

void ReadHiddenField(Reader& reader, int number, google::protobuf::Message& message) {
  detail::ReadField(reader, *message.GetDescriptor()->FindFieldByNumber(number), message);
}

}  // namespace protorest::json
