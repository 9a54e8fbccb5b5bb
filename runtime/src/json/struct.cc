// The mappings of Struct, Value and ListValue: JSON as it is.
#include <google/protobuf/struct.pb.h>

#include <cmath>

#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_well_known.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

namespace {

// Into messages in which nothing is set.
void ReadStruct(Reader& reader, Struct& message);
void ReadList(Reader& reader, ListValue& message);

void ReadValue(Reader& reader, Value& message) {
  switch (reader.Peek()) {
    case '{':
      return ReadStruct(reader, *message.mutable_struct_value());
    case '[':
      return ReadList(reader, *message.mutable_list_value());
    case '"':
      return reader.String(message.mutable_string_value());
    case 't':
    case 'f':
      return message.set_bool_value(reader.Bool());
    case 'n':
      if (reader.NullValue()) message.set_null_value(google::protobuf::NULL_VALUE);
      return;
    default:
      return message.set_number_value(reader.Double());
  }
}

void ReadStruct(Reader& reader, Struct& message) {
  if (reader.Peek() == 'n') return reader.Mismatch("an object");
  for (Entries entries(reader, true); entries.Next();) {
    ReadValue(reader, entries.Insert(message.mutable_fields()));
  }
}

void ReadList(Reader& reader, ListValue& message) {
  if (reader.Peek() == 'n') return reader.Mismatch("an array");
  for (Array array(reader, true); array.Next();) ReadValue(reader, *message.add_values());
}

template <class T>
bool ReadAnew(Reader& reader, T& message, void (*read)(Reader&, T&)) {
  if (reader.TakeUsed()) message.Clear();
  read(reader, message);
  return reader.ok();
}

}  // namespace

bool Mapping<Value>::Read(Reader& reader, Value& message) {
  return ReadAnew(reader, message, ReadValue);
}

void Mapping<Value>::Write(const Value& message, Writer& writer) {
  switch (message.kind_case()) {
    case Value::kNullValue:
      return writer.Raw("null");
    case Value::kNumberValue:
      if (!std::isfinite(message.number_value())) {
        return writer.Fail("JSON has no number for NaN or an infinity");
      }
      return writer.Value(message.number_value());
    case Value::kStringValue:
      return writer.Value(message.string_value());
    case Value::kBoolValue:
      return writer.Value(message.bool_value());
    case Value::kStructValue:
      return Mapping<Struct>::Write(message.struct_value(), writer);
    case Value::kListValue:
      return Mapping<ListValue>::Write(message.list_value(), writer);
    case Value::KIND_NOT_SET:
      return writer.Fail("a google.protobuf.Value without a kind has no JSON");
  }
}

bool Mapping<Struct>::Read(Reader& reader, Struct& message) {
  return ReadAnew(reader, message, ReadStruct);
}

void Mapping<Struct>::Write(const Struct& message, Writer& writer) {
  writer.BeginMap();
  for (const auto& [key, value] : MapOrder(message.fields())) {
    writer.MapKey(key);
    Mapping<Value>::Write(value, writer);
    writer.Comma();
  }
  writer.EndMap();
}

bool Mapping<ListValue>::Read(Reader& reader, ListValue& message) {
  return ReadAnew(reader, message, ReadList);
}

void Mapping<ListValue>::Write(const ListValue& message, Writer& writer) {
  writer.BeginArray();
  for (const Value& value : message.values()) {
    Mapping<Value>::Write(value, writer);
    writer.Comma();
  }
  writer.EndArray();
}

}  // namespace protorest::json
