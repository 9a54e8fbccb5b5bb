// Messages, enums and fields; the scalars and well-known types stand in scalar_schema.cc.
#include "plugin/emit/openapi/schema.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/scalar_schema.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kAnySchema[] = "google.protobuf.Any";

bool IsWrapper(const Field& field) {
  return field.message != nullptr && field.message->well_known >= WellKnown::kDoubleValue &&
         field.message->well_known <= WellKnown::kBytesValue;
}

// A wrapper exists to tell "not set" from zero; its schema says so.
void AllowNull(Schema* schema) {
  if (!schema->any_of.empty()) {
    schema->any_of.push_back(TypeSchema("null"));
  } else {
    schema->types.emplace_back("null");
  }
}

std::string OneofNote(const Message& message) {
  std::string note;
  for (const Oneof& oneof : message.oneofs) {
    if (oneof.fields.size() < 2) continue;
    note += note.empty() ? "At most one of" : "\n\nAt most one of";
    for (const int index : oneof.fields) {
      note += index == oneof.fields.front() ? " `" : ", `";
      note += message.fields[static_cast<std::size_t>(index)].json_name;
      note += '`';
    }
    note += " is set.";
  }
  return note;
}

std::string DescribeEnum(const Enum& enumeration) {
  std::string values;
  for (const EnumValue& value : enumeration.values) {
    std::string text = CommentText(value.comments);
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (value.deprecated) text.insert(0, text.empty() ? "Deprecated." : "Deprecated. ");
    if (text.empty()) continue;
    values += values.empty() ? "- `" : "\n- `";
    values.append(value.name).append("`: ").append(text);
  }
  return JoinParagraphs(CommentText(enumeration.comments), values);
}

Schema EnumSchema(const Enum& enumeration) {
  Schema schema = TypeSchema("string");
  for (const EnumValue& value : enumeration.values) schema.enum_values.push_back(value.name);
  schema.description = DescribeEnum(enumeration);
  schema.deprecated = enumeration.deprecated;
  return schema;
}

Schema AnySchema() {
  Schema type = TypeSchema("string");
  type.description = "The type of the message, such as `type.googleapis.com/google.rpc.ErrorInfo`.";
  Schema schema = TypeSchema("object");
  schema.description =
      "A message of any type: its JSON with `@type` added, or in `value` where the JSON of the "
      "type "
      "is no plain object.";
  schema.properties = {{"@type", std::move(type)}};
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
  schema.properties = {
      {"code", std::move(code)}, {"message", std::move(message)}, {"details", std::move(details)}};
  schema.required = {"code", "message"};
  return schema;
}

}  // namespace

Schema TypeSchema(std::string type, std::string format) {
  Schema schema;
  schema.types = {std::move(type)};
  schema.format = std::move(format);
  return schema;
}

Schema ArrayOf(Schema items) {
  Schema schema = TypeSchema("array");
  schema.items = std::make_shared<Schema>(std::move(items));
  return schema;
}

Schema SchemaBuilder::Reference(const std::string& name) {
  if (components_.try_emplace(name).second) pending_.push_back(name);
  Schema schema;
  schema.ref = name;
  return schema;
}

Schema SchemaBuilder::OfMessage(const Message& message) {
  if (message.well_known == WellKnown::kAny) return Reference(kAnySchema);
  if (message.well_known != WellKnown::kNone) return WellKnownSchema(message.well_known);
  messages_.emplace(message.full_name, &message);
  return Reference(message.full_name);
}

Schema SchemaBuilder::OfStatus() { return Reference(kStatusSchema); }

Schema SchemaBuilder::OfEnumReference(const Enum& enumeration) {
  if (enumeration.full_name == "google.protobuf.NullValue") return TypeSchema("null");
  enums_.emplace(enumeration.full_name, &enumeration);
  return Reference(enumeration.full_name);
}

Schema SchemaBuilder::OfElement(const Field& field) {
  if (field.message != nullptr) return OfMessage(*field.message);
  if (field.enumeration != nullptr) return OfEnumReference(*field.enumeration);
  return ScalarSchema(field.type);
}

Schema SchemaBuilder::OfValue(const Field& field) {
  if (field.map) {
    Schema schema = TypeSchema("object");
    Schema keys = MapKeySchema(field.message->fields[0].type);
    if (keys.types.empty()) schema.property_names = std::make_shared<Schema>(std::move(keys));
    schema.additional_properties = std::make_shared<Schema>(OfElement(field.message->fields[1]));
    return schema;
  }
  return field.repeated ? ArrayOf(OfElement(field)) : OfElement(field);
}

Property SchemaBuilder::OfProperty(const Field& field) {
  Schema schema = OfValue(field);
  if (!field.repeated && IsWrapper(field)) AllowNull(&schema);
  if (std::string text = CommentText(field.comments); !text.empty()) {
    schema.description = std::move(text);
  }
  schema.read_only = field.behavior.output_only;
  schema.write_only = field.behavior.input_only;
  schema.deprecated = field.deprecated;
  return {field.json_name, std::move(schema)};
}

Schema SchemaBuilder::OfFields(const Message& message, const std::set<const Field*>& without) {
  Schema schema = TypeSchema("object");
  schema.description = JoinParagraphs(CommentText(message.comments), OneofNote(message));
  schema.deprecated = message.deprecated;
  for (const Field& field : message.fields) {
    if (without.contains(&field)) continue;
    schema.properties.push_back(OfProperty(field));
    if (field.required || field.behavior.required) schema.required.push_back(field.json_name);
  }
  return schema;
}

void SchemaBuilder::Define(const std::string& name) {
  Schema schema;
  if (name == kStatusSchema) {
    schema = StatusSchema(Reference(kAnySchema));
  } else if (name == kAnySchema) {
    schema = AnySchema();
  } else if (const auto message = messages_.find(name); message != messages_.end()) {
    schema = OfFields(*message->second, {});
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
