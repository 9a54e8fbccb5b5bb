// Messages, enums and fields; the scalars and well-known types stand in scalar_schema.cc.
#include "plugin/emit/openapi/schema.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>

#include "openapi/settle.h"
#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/default_value.h"
#include "plugin/emit/openapi/oneof.h"
#include "plugin/emit/openapi/scalar_schema.h"
#include "plugin/emit/openapi/update.h"
#include "plugin/emit/openapi/validation_keywords.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kAnySchema[] = "google.protobuf.Any";
constexpr char kPartial[] = "-partial";  // after the name of a message; no name has a hyphen

bool IsWrapper(const Field& field) {
  return field.message != nullptr && field.message->well_known >= WellKnown::kDoubleValue &&
         field.message->well_known <= WellKnown::kBytesValue;
}

bool IsNullValue(const Enum& enumeration) {
  return enumeration.full_name == "google.protobuf.NullValue";
}

// Null among others, or anything.
bool AllowsNull(const Schema& schema) {
  const std::vector<std::string>& types = schema.types;
  if (std::ranges::find(types, "null") != types.end()) return true;
  return types.empty() && schema.ref.empty() && schema.any_of.empty() && schema.enum_values.empty();
}

// A wrapper exists to tell "not set" from zero; its schema says so.
void AllowNull(Schema* schema) {
  if (AllowsNull(*schema)) return;
  if (!schema->ref.empty()) {  // beside which a type would be another condition
    Schema value;
    value.ref = std::move(schema->ref);
    schema->ref.clear();
    schema->any_of = {std::move(value)};
  }
  if (!schema->enum_values.empty()) schema->enum_values.emplace_back(nullptr);
  if (!schema->any_of.empty()) {
    schema->any_of.push_back(TypeSchema("null"));
  } else {
    schema->types.emplace_back("null");
  }
  if (!schema->other) return;
  OtherForm other = *schema->other;
  AllowNull(&other.schema);
  schema->other = std::make_shared<OtherForm>(std::move(other));
}

// By its own word, or that of what it is declared in.
bool IsDeprecated(const Message& message) {
  return message.deprecated || message.file->deprecated ||
         (message.parent != nullptr && IsDeprecated(*message.parent));
}
bool IsDeprecated(const Enum& enumeration) {
  return enumeration.deprecated || enumeration.file->deprecated ||
         (enumeration.parent != nullptr && IsDeprecated(*enumeration.parent));
}

std::string DescribeEnum(const Enum& enumeration) {
  std::string values;
  for (const EnumValue& value : enumeration.values) {
    if (IsHidden(value)) continue;
    std::string text = DescriptionOf(value.annotation.get(), value.comments);
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (value.deprecated) text.insert(0, text.empty() ? "Deprecated." : "Deprecated. ");
    if (text.empty()) continue;
    values += values.empty() ? "- `" : "\n- `";
    values.append(value.name).append("`: ").append(text);
  }
  return JoinParagraphs(DescriptionOf(enumeration.annotation.get(), enumeration.comments), values);
}

// Each number once, under its first name: an alias has no number of its own.
Schema EnumNumbers(const Enum& enumeration) {
  Schema schema = TypeSchema("integer");
  std::set<std::int32_t> seen;
  for (const EnumValue& value : enumeration.values) {
    if (IsHidden(value) || !seen.insert(value.number).second) continue;
    schema.enum_values.emplace_back(value.number);
    schema.enum_names.push_back(value.name);
  }
  return schema;
}

Schema EnumSchema(const Enum& enumeration) {
  Schema schema = TypeSchema("string");
  for (const EnumValue& value : enumeration.values) {
    if (!IsHidden(value)) schema.enum_values.emplace_back(value.name);
  }
  schema.description = DescribeEnum(enumeration);
  schema.deprecated = IsDeprecated(enumeration);
  schema.other = std::make_shared<OtherForm>(
      OtherForm{std::string(protorest::openapi::kEnumNumbers), EnumNumbers(enumeration)});
  AnnotateType(enumeration.annotation.get(), &schema);
  return schema;
}

Schema AnySchema() {
  Schema type = TypeSchema("string");
  type.description = "The type of the message, such as `type.googleapis.com/google.rpc.ErrorInfo`.";
  type.example = "type.googleapis.com/google.protobuf.Empty";  // which every server knows
  Schema schema = TypeSchema("object");
  schema.description =
      "A message of any type: its JSON with `@type` added, or in `value` where the JSON of the "
      "type is no plain object.";
  schema.properties = {{"@type", std::move(type), ""}};
  schema.additional_properties = std::make_shared<Schema>();
  return schema;
}

Schema StatusSchema(Schema any) {
  Schema code = TypeSchema("integer", "int32");
  code.description = "The gRPC code (google.rpc.Code): 3 INVALID_ARGUMENT, 5 NOT_FOUND, …";
  Schema message = TypeSchema("string");
  message.description = "What went wrong, for developers.";
  Schema details = ArrayOf(std::move(any));
  details.description = "More about it, such as google.rpc.BadRequest with the fields at fault.";
  Schema schema = TypeSchema("object");
  schema.description = "The body of an error.";
  schema.properties = {{"code", std::move(code), ""},
                       {"message", std::move(message), ""},
                       {"details", std::move(details), ""}};
  return schema;
}

// What field_behavior says that is no keyword.
std::string BehaviorNote(const FieldBehavior& behavior) {
  if (behavior.identifier) return "Identifies the resource.";
  return behavior.immutable ? "Cannot be changed once it is set." : "";
}

// Whether another place sets the field, or one that its oneof cannot have beside it.
bool IsSaidElsewhere(const Field& field, const std::vector<FieldPath>& without) {
  return std::ranges::any_of(without, [&](const FieldPath& path) {
    if (path[0] == &field) return path.size() == 1;
    return field.oneof >= 0 && field.oneof == path[0]->oneof;
  });
}

// The rest of those paths that begin with the field.
std::vector<FieldPath> Below(const Field& field, const std::vector<FieldPath>& without) {
  std::vector<FieldPath> below;
  for (const FieldPath& path : without) {
    if (path[0] == &field) below.emplace_back(path.begin() + 1, path.end());
  }
  return below;
}

}  // namespace

Schema SchemaBuilder::Reference(const std::string& name) {
  if (components_.try_emplace(name).second) pending_.push_back(name);
  Schema schema;
  schema.ref = name;
  return schema;
}

Schema SchemaBuilder::OfMessage(const Message& message, const Extent& extent) {
  if (message.well_known == WellKnown::kAny) return Reference(kAnySchema);
  if (message.well_known != WellKnown::kNone) return WellKnownSchema(message.well_known);
  if (!extent.without.empty()) return OfFields(message, extent);
  if (extent.partial && AsksForFields(message)) {
    const std::string name = message.full_name + kPartial;
    updates_.emplace(name, &message);
    return Reference(name);
  }
  messages_.emplace(message.full_name, &message);
  return Reference(message.full_name);
}

Schema SchemaBuilder::OfStatus() { return Reference(kStatusSchema); }

Schema SchemaBuilder::OfEnum(const Enum& enumeration) {
  if (IsNullValue(enumeration)) return TypeSchema("null");
  enums_.emplace(enumeration.full_name, &enumeration);
  Schema schema = Reference(enumeration.full_name);
  // The component takes the other form; what stands beside the reference may too.
  schema.other =
      std::make_shared<OtherForm>(OtherForm{std::string(protorest::openapi::kEnumNumbers), schema});
  return schema;
}

Schema SchemaBuilder::OfElement(const Field& field, const Extent& extent) {
  if (field.message != nullptr) return OfMessage(*field.message, extent);
  if (field.enumeration != nullptr) return OfEnum(*field.enumeration);
  return ScalarSchema(field.type);
}

Schema SchemaBuilder::OfValue(const Field& field, const Extent& extent) {
  Schema schema = OfType(field, extent);
  schema.description = JoinParagraphs(schema.description, AnnotateValue(field, &schema));
  return schema;
}

Schema SchemaBuilder::OfParameter(const Field& field) {
  if (field.map || field.enumeration == nullptr || !IsNullValue(*field.enumeration)) {
    return OfValue(field);
  }
  Schema name = TypeSchema("string");
  name.enum_values = {"NULL_VALUE"};
  return field.repeated ? ArrayOf(std::move(name)) : name;
}

// Masks name lists and maps as a whole, so updates have their elements whole too.
Schema SchemaBuilder::OfType(const Field& field, const Extent& extent) {
  if (field.map) {
    Schema schema = TypeSchema("object");
    Schema keys = MapKeySchema(field.message->fields[0].type);
    if (keys.types.empty()) schema.property_names = std::make_shared<Schema>(std::move(keys));
    schema.additional_properties = std::make_shared<Schema>(OfElement(field.message->fields[1]));
    return schema;
  }
  return field.repeated ? ArrayOf(OfElement(field)) : OfElement(field, extent);
}

Property SchemaBuilder::OfProperty(const Field& field, const Extent& extent) {
  Schema schema = OfType(field, extent);
  const std::string note = AnnotateValue(field, &schema);
  if ((!field.repeated && IsWrapper(field)) || IsNullable(field)) AllowNull(&schema);
  if (std::string text = DescriptionOf(field.annotation.get(), field.comments); !text.empty()) {
    schema.description = std::move(text);
  }
  schema.description =
      JoinParagraphs(schema.description, JoinParagraphs(BehaviorNote(field.behavior), note));
  AddDefault(field, &schema);
  schema.read_only = field.behavior.output_only;
  schema.write_only = field.behavior.input_only;
  schema.deprecated = field.deprecated;
  AnnotateProperty(field, &schema);
  return {field.json_name, std::move(schema), field.name == field.json_name ? "" : field.name};
}

Schema SchemaBuilder::OfFields(const Message& message, const Extent& extent) {
  Schema schema = TypeSchema("object");
  schema.description = JoinParagraphs(DescriptionOf(message.annotation.get(), message.comments),
                                      JoinParagraphs(OneofNote(message), NoteOfRules(message)));
  if (extent.partial) {
    schema.description = JoinParagraphs(
        schema.description, "Of an update: what is left out, and not named in its mask, stays.");
  }
  schema.deprecated = IsDeprecated(message);
  AnnotateType(message.annotation.get(), &schema);
  for (const Field& field : message.fields) {
    if (IsHidden(field) || IsSaidElsewhere(field, extent.without)) continue;
    const Extent inner = {extent.partial, Below(field, extent.without)};
    schema.properties.push_back(OfProperty(field, inner));
    const Schema& property = schema.properties.back().schema;
    const bool both_ways = !property.read_only && !property.write_only;
    const bool required =
        field.required || (!extent.partial && both_ways && IsRequired(field, message));
    // What has been taken from it may be all that it is there for.
    if (required && (inner.without.empty() || !property.required.empty())) {
      schema.required.push_back(field.json_name);
    }
  }
  RefuseTwoOfAOneof(message, &schema);
  if (!extent.partial) RequireOneofs(message, &schema);
  return schema;
}

void SchemaBuilder::Define(const std::string& name) {
  Schema schema;
  if (name == kStatusSchema) {
    schema = StatusSchema(Reference(kAnySchema));
  } else if (name == kAnySchema) {
    schema = AnySchema();
  } else if (const auto message = messages_.find(name); message != messages_.end()) {
    schema = OfFields(*message->second);
  } else if (const auto update = updates_.find(name); update != updates_.end()) {
    schema = OfFields(*update->second, {.partial = true});
  } else {
    schema = EnumSchema(*enums_.at(name));
  }
  components_[name] = std::move(schema);
}

std::vector<NamedSchema> SchemaBuilder::Components() {
  while (!pending_.empty()) {
    const std::string name = std::move(pending_.back());
    pending_.pop_back();
    Define(name);
  }
  std::vector<NamedSchema> out;
  for (const auto& [name, schema] : components_) out.push_back({name, schema});
  return out;
}

}  // namespace protorest::plugin::openapi
