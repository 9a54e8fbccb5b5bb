// The ProtoJSON of the default: what the writer writes of a field that holds it.
#include "plugin/emit/openapi/default_value.h"

#include <algorithm>
#include <memory>
#include <string>

#include "plugin/emit/openapi/json_text.h"

namespace protorest::plugin::openapi {
namespace {

Json Floating(const std::string& text) {
  if (text == "inf") return "Infinity";
  if (text == "-inf") return "-Infinity";
  if (text == "nan") return "NaN";
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

Json NumberOf(const Enum& enumeration, const std::string& name) {
  const auto value = std::find_if(enumeration.values.begin(), enumeration.values.end(),
                                  [&](const EnumValue& each) { return each.name == name; });
  return value == enumeration.values.end() ? Json() : Json(value->number);
}

// The default where an option of the JSON mapping decides about it: as a number.
Json AsNumber(const Field& field) {
  return field.enumeration != nullptr
             ? NumberOf(*field.enumeration, *field.default_value)
             : Json::parse(*field.default_value, nullptr, /*allow_exceptions=*/false);
}

Json AsWritten(const Field& field) {
  const std::string& text = *field.default_value;
  switch (field.type) {
    case FieldType::kBool:
      return text == "true";
    case FieldType::kBytes:
      return Base64Text(text);
    case FieldType::kDouble:
    case FieldType::kFloat:
      return Floating(text);
    case FieldType::kInt32:
    case FieldType::kSint32:
    case FieldType::kSfixed32:
    case FieldType::kUint32:
    case FieldType::kFixed32:
      return Json::parse(text, nullptr, /*allow_exceptions=*/false);
    default:  // strings; names of enums; 64-bit integers, which are quoted
      return text;
  }
}

}  // namespace

void AddDefault(const Field& field, Schema* schema) {
  if (!field.default_value || schema->default_value) return;  // an option's goes before it
  schema->default_value = AsWritten(field);
  if (!schema->other) return;
  OtherForm other = *schema->other;
  other.schema.default_value = AsNumber(field);
  schema->other = std::make_shared<OtherForm>(std::move(other));
}

}  // namespace protorest::plugin::openapi
