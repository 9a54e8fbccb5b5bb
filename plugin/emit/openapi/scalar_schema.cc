// The ProtoJSON mapping of scalars, rules J40 to J47.
#include "plugin/emit/openapi/scalar_schema.h"

#include <memory>
#include <utility>

#include "plugin/emit/openapi/schema.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kSigned[] = "^-?[0-9]+$";
constexpr char kUnsigned[] = "^[0-9]+$";

// 64-bit integers travel as strings: a JSON number of JavaScript would round them.
Schema QuotedInteger(std::string format, std::string pattern) {
  Schema schema = TypeSchema("string", std::move(format));
  schema.pattern = std::move(pattern);
  return schema;
}

Schema Floating(std::string format) {
  Schema words = TypeSchema("string");
  words.enum_values = {"NaN", "Infinity", "-Infinity"};
  Schema schema;
  schema.any_of = {TypeSchema("number", std::move(format)), std::move(words)};
  return schema;
}

Schema Bytes() {
  Schema schema = TypeSchema("string", "byte");
  schema.content_encoding = "base64";
  return schema;
}

Schema Uint32() {
  Schema schema = TypeSchema("integer", "uint32");
  schema.minimum = 0;
  return schema;
}

Schema Duration() {
  Schema schema = TypeSchema("string");
  schema.pattern = R"(^-?[0-9]+(\.[0-9]{1,9})?s$)";
  schema.description = "Seconds, with up to nine digits after the point: `1.5s`.";
  return schema;
}

Schema FieldMask() {
  Schema schema = TypeSchema("string", "field-mask");
  schema.description = "Paths of fields, separated by commas: `name,address.city`.";
  return schema;
}

// A schema without a type; a description makes it more than `{}` for the reader.
Schema AnyValue() {
  Schema schema;
  schema.description = "Any JSON value.";
  return schema;
}

Schema AnyObject() {
  Schema schema = TypeSchema("object");
  schema.additional_properties = std::make_shared<Schema>();
  return schema;
}

}  // namespace

Schema ScalarSchema(FieldType type) {
  switch (type) {
    case FieldType::kDouble:
      return Floating("double");
    case FieldType::kFloat:
      return Floating("float");
    case FieldType::kInt32:
    case FieldType::kSint32:
    case FieldType::kSfixed32:
      return TypeSchema("integer", "int32");
    case FieldType::kUint32:
    case FieldType::kFixed32:
      return Uint32();
    case FieldType::kInt64:
    case FieldType::kSint64:
    case FieldType::kSfixed64:
      return QuotedInteger("int64", kSigned);
    case FieldType::kUint64:
    case FieldType::kFixed64:
      return QuotedInteger("uint64", kUnsigned);
    case FieldType::kBool:
      return TypeSchema("boolean");
    case FieldType::kBytes:
      return Bytes();
    case FieldType::kString:
    case FieldType::kEnum:     // a component, see SchemaBuilder
    case FieldType::kMessage:  // a component, see SchemaBuilder
    case FieldType::kGroup:    // a component, see SchemaBuilder
      break;
  }
  return TypeSchema("string");
}

Schema MapKeySchema(FieldType type) {
  Schema keys = ScalarSchema(type);
  if (keys.types == std::vector<std::string>{"boolean"}) {
    Schema words;
    words.enum_values = {"true", "false"};
    return words;
  }
  if (type == FieldType::kString) return keys;
  Schema digits;
  digits.pattern = keys.minimum || keys.pattern == kUnsigned ? kUnsigned : kSigned;
  return digits;
}

Schema WellKnownSchema(WellKnown type) {
  switch (type) {
    case WellKnown::kTimestamp:
      return TypeSchema("string", "date-time");
    case WellKnown::kDuration:
      return Duration();
    case WellKnown::kFieldMask:
      return FieldMask();
    case WellKnown::kStruct:
      return AnyObject();
    case WellKnown::kListValue:
      return ArrayOf(Schema());
    case WellKnown::kEmpty:
      return TypeSchema("object");
    case WellKnown::kDoubleValue:
      return ScalarSchema(FieldType::kDouble);
    case WellKnown::kFloatValue:
      return ScalarSchema(FieldType::kFloat);
    case WellKnown::kInt64Value:
      return ScalarSchema(FieldType::kInt64);
    case WellKnown::kUint64Value:
      return ScalarSchema(FieldType::kUint64);
    case WellKnown::kInt32Value:
      return ScalarSchema(FieldType::kInt32);
    case WellKnown::kUint32Value:
      return ScalarSchema(FieldType::kUint32);
    case WellKnown::kBoolValue:
      return ScalarSchema(FieldType::kBool);
    case WellKnown::kStringValue:
      return ScalarSchema(FieldType::kString);
    case WellKnown::kBytesValue:
      return ScalarSchema(FieldType::kBytes);
    case WellKnown::kValue:
    case WellKnown::kAny:   // a component, see SchemaBuilder
    case WellKnown::kNone:  // a component, see SchemaBuilder
      break;
  }
  return AnyValue();
}

}  // namespace protorest::plugin::openapi
