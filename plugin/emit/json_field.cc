#include "plugin/emit/json_field.h"

#include <string_view>

namespace protorest::plugin {
namespace {

// What a field's values are to the reader and the writer.
enum class Sort { kNumber, kText, kEnum, kNull, kMessage, kHidden };

// The field whose values are written: of a map the entry's second.
const Field& ValueField(const Field& field) { return field.map ? field.message->fields[1] : field; }

bool IsNullValue(const Field& field) {
  return field.type == FieldType::kEnum &&
         field.enumeration->full_name == "google.protobuf.NullValue";
}

Sort SortOf(const Field& field) {
  if (field.hidden) return Sort::kHidden;
  switch (field.type) {
    case FieldType::kString:
    case FieldType::kBytes:
      return Sort::kText;
    case FieldType::kEnum:
      return IsNullValue(field) ? Sort::kNull : Sort::kEnum;
    case FieldType::kMessage:
    case FieldType::kGroup:
      return Sort::kMessage;
    default:
      return Sort::kNumber;
  }
}

// The reader's function for a number or a text.
std::string_view ReadFunction(FieldType type) {
  switch (type) {
    case FieldType::kDouble:
      return "Double";
    case FieldType::kFloat:
      return "Float";
    case FieldType::kInt32:
    case FieldType::kSint32:
    case FieldType::kSfixed32:
      return "Int32";
    case FieldType::kInt64:
    case FieldType::kSint64:
    case FieldType::kSfixed64:
      return "Int64";
    case FieldType::kUint32:
    case FieldType::kFixed32:
      return "Uint32";
    case FieldType::kUint64:
    case FieldType::kFixed64:
      return "Uint64";
    case FieldType::kBool:
      return "Bool";
    case FieldType::kBytes:
      return "Bytes";
    default:
      return "String";
  }
}

// The C++ type of a map's keys.
std::string KeyType(FieldType type) {
  if (type == FieldType::kBool) return "bool";
  const std::string_view function = ReadFunction(type);
  if (function == "Int32") return "::std::int32_t";
  if (function == "Int64") return "::std::int64_t";
  if (function == "Uint32") return "::std::uint32_t";
  return function == "Uint64" ? "::std::uint64_t" : "::std::string";
}

// What tells the writer's functions for these values from those for plain scalars.
std::string_view Suffix(const Field& value) {
  if (value.type == FieldType::kBytes) return "Bytes";
  if (SortOf(value) == Sort::kEnum) return "Enum";
  return SortOf(value) == Sort::kNull ? "Null" : "";
}

bool TakesNull(const Field& value) {
  return IsNullValue(value) ||
         (value.message != nullptr && value.message->well_known == WellKnown::kValue);
}

// What keeps a singular field from being set: null, or a oneof that is set already. Enums see for
// themselves whether null comes.
void AddGuard(const Message& message, const Field& field, View& view) {
  const Sort sort = SortOf(field);
  const bool takes_null = TakesNull(ValueField(field));
  const bool member = field.oneof >= 0;
  const bool refuses_null = field.has_presence && !member && sort != Sort::kEnum && !takes_null;
  view.Show("ONEOF_MEMBER", member);
  view.Set("ONEOF", member ? message.oneofs[static_cast<std::size_t>(field.oneof)].cpp_name : "");
  view.Show("NULL_IS_NOTHING", refuses_null);
  view.Show("NULL_IS_VALUE", takes_null);
  view.Show("GUARDED", member || refuses_null);
  view.Show("UNGUARDED", !member && !refuses_null);
}

void AddWrite(const Field& field, View& view) {
  const Sort sort = SortOf(ValueField(field));
  const bool message = sort == Sort::kMessage;
  const bool scalar = !message && sort != Sort::kHidden;
  const bool list = field.repeated && !field.map;
  view.Show("WRITE_MAP", field.map);
  view.Show("WRITE_MESSAGE_LIST", list && message);
  view.Show("WRITE_LIST", list && scalar);
  view.Show("WRITE_MESSAGE", !field.repeated && message);
  view.Show("WRITE_EXPLICIT", !field.repeated && scalar && field.has_presence);
  view.Show("WRITE_IMPLICIT", !field.repeated && scalar && !field.has_presence);
  view.Show("WRITE_HIDDEN", sort == Sort::kHidden);
}

void AddRead(const Field& field, View& view) {
  const Sort sort = SortOf(ValueField(field));
  const bool list = field.repeated && !field.map;
  view.Show("READ_MAP", field.map);
  view.Show("READ_MESSAGE_LIST", list && sort == Sort::kMessage);
  view.Show("READ_LIST", list && sort != Sort::kMessage && sort != Sort::kHidden);
  view.Show("READ_SCALAR", !field.repeated && sort == Sort::kNumber);
  view.Show("READ_TEXT", !field.repeated && sort == Sort::kText);
  view.Show("READ_ENUM", !field.repeated && sort == Sort::kEnum);
  view.Show("READ_NULL", !field.repeated && sort == Sort::kNull);
  view.Show("READ_MESSAGE", !field.repeated && sort == Sort::kMessage);
  view.Show("READ_HIDDEN", sort == Sort::kHidden);
  view.Show("REUSED", field.oneof < 0);  // the members of a oneof take each other's place
  view.Show("VALUE_IS_NUMBER", sort == Sort::kNumber);
  view.Show("VALUE_IS_TEXT", sort == Sort::kText);
  view.Show("VALUE_IS_ENUM", sort == Sort::kEnum);
  view.Show("VALUE_IS_NULL", sort == Sort::kNull);
  view.Show("VALUE_IS_MESSAGE", sort == Sort::kMessage);
  view.Show("VALUE_IS_SCALAR", sort != Sort::kMessage);
}

}  // namespace

const Message* ValueMessage(const Field& field) {
  const Field& value = ValueField(field);
  return SortOf(value) == Sort::kMessage ? value.message : nullptr;
}

const Enum* ValueEnum(const Field& field) {
  const Field& value = ValueField(field);
  return SortOf(value) == Sort::kEnum ? value.enumeration : nullptr;
}

void AddJsonField(const Message& message, const Field& field, const JsonNames& names, View& view) {
  const Field& value = ValueField(field);
  view.Set("NAME", field.cpp_name);
  view.Set("SORT", std::string(Suffix(value)));
  view.Set("READ", std::string(ReadFunction(value.type)));
  AddGuard(message, field, view);
  view.Set("NUMBER", std::to_string(field.number));
  view.Set("KEY_TYPE", field.map ? KeyType(field.message->fields[0].type) : "");
  view.Set("MAPPING", "");
  view.Set("VALUE_TYPE", "");
  if (const Message* const type = ValueMessage(field)) {
    view.Set("MAPPING", names.MappingOf(*type));
    view.Set("VALUE_TYPE", type->cpp_name);
  } else if (value.type == FieldType::kEnum) {
    view.Set("VALUE_TYPE", value.enumeration->cpp_name);
  }
  const Enum* const type = ValueEnum(field);
  view.Show("HAS_TABLE", type != nullptr);
  view.Set("ENUM_TABLE", type == nullptr ? "" : names.TableOf(*type));
  AddWrite(field, view);
  AddRead(field, view);
}

}  // namespace protorest::plugin
