// Reading by descriptor.
#include <google/protobuf/descriptor.h>

#include <set>
#include <string>

#include "json/reflection.h"
#include "json/tables.h"
#include "protorest/generated/json_extension.h"

namespace protorest::json {
namespace detail {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsNullValue(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
         field.enum_type()->full_name() == "google.protobuf.NullValue";
}

// Types for which null is a value (rules J8, J9).
bool TakesNull(const FieldDescriptor& field) {
  if (IsNullValue(field)) return true;
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->well_known_type() ==
             google::protobuf::Descriptor::WELLKNOWNTYPE_VALUE;
}

// False where there is no value to set.
bool ReadEnum(Reader& reader, const FieldDescriptor& field, int* number) {
  if (IsNullValue(field)) {
    *number = 0;
    return reader.NullValue();
  }
  return reader.Enum(EnumOf(*field.enum_type()), number);
}

// One value into a singular field. False where the field stays unset.
bool ReadSingular(Reader& reader, const FieldDescriptor& field, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      reflection.SetInt32(&message, &field, reader.Int32());
      return true;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection.SetInt64(&message, &field, reader.Int64());
      return true;
    case FieldDescriptor::CPPTYPE_UINT32:
      reflection.SetUInt32(&message, &field, reader.Uint32());
      return true;
    case FieldDescriptor::CPPTYPE_UINT64:
      reflection.SetUInt64(&message, &field, reader.Uint64());
      return true;
    case FieldDescriptor::CPPTYPE_FLOAT:
      reflection.SetFloat(&message, &field, reader.Float());
      return true;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      reflection.SetDouble(&message, &field, reader.Double());
      return true;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&message, &field, reader.Bool());
      return true;
    case FieldDescriptor::CPPTYPE_ENUM: {
      int number = 0;
      if (!ReadEnum(reader, field, &number)) return false;
      reflection.SetEnumValue(&message, &field, number);
      return true;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value;
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        reader.Bytes(&value);
      } else {
        reader.String(&value);
      }
      reflection.SetString(&message, &field, std::move(value));
      return true;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      ReadMessage(reader, *reflection.MutableMessage(&message, &field));
      return true;
  }
  return false;
}

void ReadElement(Reader& reader, const FieldDescriptor& field, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.AddInt32(&message, &field, reader.Int32());
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.AddInt64(&message, &field, reader.Int64());
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.AddUInt32(&message, &field, reader.Uint32());
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.AddUInt64(&message, &field, reader.Uint64());
    case FieldDescriptor::CPPTYPE_FLOAT:
      return reflection.AddFloat(&message, &field, reader.Float());
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.AddDouble(&message, &field, reader.Double());
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.AddBool(&message, &field, reader.Bool());
    case FieldDescriptor::CPPTYPE_ENUM: {
      int number = 0;
      if (ReadEnum(reader, field, &number)) reflection.AddEnumValue(&message, &field, number);
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value;
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        reader.Bytes(&value);
      } else {
        reader.String(&value);
      }
      return reflection.AddString(&message, &field, std::move(value));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      ReadMessage(reader, *reflection.AddMessage(&message, &field));
  }
}

// The key of a map's entry as text that is the same for equal keys.
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

void ReadKey(Entries& entries, const FieldDescriptor& field, Message& entry) {
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

void ReadMap(Reader& reader, const FieldDescriptor& field, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  // There are keys already where the field itself comes twice.
  std::set<std::string> keys;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    keys.insert(KeyText(reflection.GetRepeatedMessage(message, &field, i), key));
  }
  for (Entries entries(reader, TakesNull(value)); entries.Next();) {
    Message& entry = *reflection.AddMessage(&message, &field);
    ReadKey(entries, key, entry);
    // An enum's unknown name drops the entry (rule J22), and the key with it.
    const bool may_drop = value.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    if (may_drop && !ReadSingular(reader, value, entry)) {
      reflection.RemoveLast(&message, &field);
      continue;
    }
    if (!keys.insert(KeyText(entry, key)).second) entries.Duplicate();
    if (!may_drop) ReadSingular(reader, value, entry);
  }
}

// A member of an object whose key was just read.
void ReadMember(Reader& reader, ObjectBase& object, const FieldDescriptor& field,
                Message& message) {
  const auto* const oneof = field.real_containing_oneof();
  if (oneof != nullptr) {
    const bool none_set = !message.GetReflection()->HasOneof(message, oneof);
    if (!object.Member(none_set, TakesNull(field))) return;
  }
  ReadField(reader, field, message);
}

}  // namespace

void ReadField(Reader& reader, const FieldDescriptor& field, Message& message) {
  if (field.is_map()) {
    ReadMap(reader, field, message);
  } else if (field.is_repeated()) {
    for (Array array(reader, TakesNull(field)); array.Next();) ReadElement(reader, field, message);
  } else if (TakesNull(field) || !reader.Null()) {
    ReadSingular(reader, field, message);
  }
}

bool ReadMessage(Reader& reader, Message& message) {
  const auto& descriptor = *message.GetDescriptor();
  if (const Codec* const codec = WellKnownCodec(descriptor)) return codec->read(reader, message);
  const MessageTable& table = reader.tables().Of(descriptor);
  std::vector<std::uint64_t> seen((table.fields.size() + 63) / 64);
  DynamicObject object(reader, table.fields, &table.lookup, seen.data());
  for (int index = object.Next(); index != ObjectBase::kEnd; index = object.Next()) {
    if (index == ObjectBase::kExtension) {
      ReadExtension(reader, object, message);
    } else {
      ReadMember(reader, object, *descriptor.field(index), message);
    }
  }
  if (reader.failed()) return false;
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (field.is_required() && !message.GetReflection()->HasField(message, &field)) {
      object.Missing(i);
    }
  }
  return reader.ok();
}

}  // namespace detail

void ReadExtension(Reader& reader, ObjectBase& object, google::protobuf::Message& message) {
  std::string_view name = object.key();
  const auto& descriptor = *message.GetDescriptor();
  const google::protobuf::FieldDescriptor* field = nullptr;
  if (name.size() > 2 && name.back() == ']') {
    const std::string full_name(name.substr(1, name.size() - 2));
    field = message.GetReflection()->FindKnownExtensionByName(full_name);
    if (field == nullptr) {
      field = descriptor.file()->pool()->FindExtensionByPrintableName(&descriptor, full_name);
    }
  }
  if (field == nullptr || field->containing_type() != &descriptor) return object.Unknown();
  const auto& reflection = *message.GetReflection();
  const bool set = field->is_repeated() ? reflection.FieldSize(message, field) > 0
                                        : reflection.HasField(message, field);
  if (set) object.Duplicate();
  detail::ReadField(reader, *field, message);
}

void ReadHiddenField(Reader& reader, int number, google::protobuf::Message& message) {
  detail::ReadField(reader, *message.GetDescriptor()->FindFieldByNumber(number), message);
}

}  // namespace protorest::json
