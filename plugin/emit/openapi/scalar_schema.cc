// The ProtoJSON mapping of scalars, rules J40 to J47.
#include "plugin/emit/openapi/scalar_schema.h"

#include <memory>
#include <string>
#include <utility>

#include "openapi/settle.h"

namespace protorest::plugin::openapi {
namespace {

// As long as the longest 32-bit or 64-bit integer; the format says which of them there are.
constexpr char kSigned32[] = "^(0|-?[1-9][0-9]{0,9})$";
constexpr char kUnsigned32[] = "^(0|[1-9][0-9]{0,9})$";
constexpr char kSigned64[] = "^(0|-?[1-9][0-9]{0,18})$";
constexpr char kUnsigned64[] = "^(0|[1-9][0-9]{0,19})$";

Schema Unsigned(std::string format) {
  Schema schema = TypeSchema("integer", std::move(format));
  schema.minimum = 0;
  return schema;
}

// 64-bit integers travel as strings: a JSON number of JavaScript would round them.
Schema Quoted(Schema number, std::string pattern) {
  Schema schema = TypeSchema("string", number.format);
  schema.pattern = std::move(pattern);
  schema.other = std::make_shared<OtherForm>(
      OtherForm{std::string(protorest::openapi::kInt64Numbers), std::move(number)});
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

Schema Duration() {
  Schema schema = TypeSchema("string");
  // Up to 315576000000 seconds, which are 10,000 years.
  schema.pattern = R"(^-?([0-9]{1,11}|[12][0-9]{11}|3(0[0-9]{10}|1([0-4][0-9]{9}|5([0-4][0-9]{8}|)"
                   R"(5([0-6][0-9]{7}|7([0-5][0-9]{6}|6000000))))))(\.[0-9]{1,9})?s$)";
  schema.description = "Seconds, with up to nine digits after the point: `1.5s`.";
  return schema;
}

Schema FieldMask() {
  Schema schema = TypeSchema("string", "field-mask");
  // A path may be more than names of fields: `*`, or a key of a map.
  schema.pattern = "^([^_,]+(,[^_,]+)*)?$";
  schema.description = "Paths of fields, separated by commas: `name,address.city`.";
  return schema;
}

// A schema without a type; a description makes it more than `{}` for the reader.
Schema AnyValue() {
  Schema schema;
  schema.description = "Any JSON value.";
  return schema;
}

// The object of no fields.
Schema Nothing() {
  Schema schema = TypeSchema("object");
  schema.max_properties = 0;
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
      return Unsigned("uint32");
    case FieldType::kInt64:
    case FieldType::kSint64:
    case FieldType::kSfixed64:
      return Quoted(TypeSchema("integer", "int64"), kSigned64);
    case FieldType::kUint64:
    case FieldType::kFixed64:
      return Quoted(Unsigned("uint64"), kUnsigned64);
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
  Schema keys;
  switch (type) {
    case FieldType::kString:
      return TypeSchema("string");
    case FieldType::kBool:
      keys.enum_values = {"true", "false"};
      break;
    case FieldType::kInt32:
    case FieldType::kSint32:
    case FieldType::kSfixed32:
      keys.pattern = kSigned32;
      keys.format = "int32";
      break;
    case FieldType::kUint32:
    case FieldType::kFixed32:
      keys.pattern = kUnsigned32;
      keys.format = "uint32";
      break;
    case FieldType::kUint64:
    case FieldType::kFixed64:
      keys.pattern = kUnsigned64;
      keys.format = "uint64";
      break;
    default:
      keys.pattern = kSigned64;
      keys.format = "int64";
      break;
  }
  return keys;
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
      return Nothing();
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
