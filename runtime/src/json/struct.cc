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

bool Mapping<Value>::Read(Reader& reader, Value& message) {
  if (reader.TakeUsed()) message.Clear();
  switch (reader.Peek()) {
    case '{':
      return Mapping<Struct>::Read(reader, *message.mutable_struct_value());
    case '[':
      return Mapping<ListValue>::Read(reader, *message.mutable_list_value());
    case '"':
      reader.String(message.mutable_string_value());
      break;
    case 't':
    case 'f':
      message.set_bool_value(reader.Bool());
      break;
    case 'n':
      if (reader.NullValue()) message.set_null_value(google::protobuf::NULL_VALUE);
      break;
    default:
      message.set_number_value(reader.Double());
  }
  return reader.ok();
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
  if (reader.TakeUsed()) message.Clear();
  if (reader.Peek() == 'n') {
    reader.Mismatch("an object");
    return false;
  }
  for (Entries entries(reader, true); entries.Next();) {
    Mapping<Value>::Read(reader, entries.Insert(message.mutable_fields()));
  }
  return reader.ok();
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
  if (reader.TakeUsed()) message.Clear();
  if (reader.Peek() == 'n') {
    reader.Mismatch("an array");
    return false;
  }
  for (Array array(reader, true); array.Next();) {
    Mapping<Value>::Read(reader, *message.add_values());
  }
  return reader.ok();
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
