// A walk over a message that only descriptors know. The shapes that gnostic has instead of maps and
// values are told by their names.
#include "plugin/model/option_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "plugin/model/encoded_options.h"
#include "plugin/yaml_json.h"

namespace protorest::plugin {
namespace {

namespace pb = google::protobuf;
using Json = nlohmann::ordered_json;

Json OfMessage(const pb::Message& message);

// A bound of a double is mostly a whole number, and reads better as one.
Json OfDouble(double value) {
  if (std::abs(value) < 1e15 && value == std::floor(value)) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

// The value of a field; of its item `index` where that is not negative.
Json OfValue(const pb::Message& message, const pb::FieldDescriptor& field, int index) {
  const pb::Reflection& reflection = *message.GetReflection();
  const bool item = index >= 0;
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return item ? reflection.GetRepeatedInt32(message, &field, index)
                  : reflection.GetInt32(message, &field);
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return item ? reflection.GetRepeatedInt64(message, &field, index)
                  : reflection.GetInt64(message, &field);
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return item ? reflection.GetRepeatedUInt32(message, &field, index)
                  : reflection.GetUInt32(message, &field);
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return item ? reflection.GetRepeatedUInt64(message, &field, index)
                  : reflection.GetUInt64(message, &field);
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return OfDouble(item ? reflection.GetRepeatedDouble(message, &field, index)
                           : reflection.GetDouble(message, &field));
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return OfDouble(item ? reflection.GetRepeatedFloat(message, &field, index)
                           : reflection.GetFloat(message, &field));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return item ? reflection.GetRepeatedBool(message, &field, index)
                  : reflection.GetBool(message, &field);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return std::string((item ? reflection.GetRepeatedEnum(message, &field, index)
                               : reflection.GetEnum(message, &field))
                             ->name());
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return item ? reflection.GetRepeatedString(message, &field, index)
                  : reflection.GetString(message, &field);
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return OfMessage(item ? reflection.GetRepeatedMessage(message, &field, index)
                            : reflection.GetMessage(message, &field));
  }
  return nullptr;
}

// A key as it stands in an object: text, whatever its type.
std::string KeyText(const Json& key) {
  return key.is_string() ? key.get<std::string>() : key.dump();
}

// A map, or the list of names and values that gnostic has for one.
bool IsMap(const pb::FieldDescriptor& field) {
  return field.is_map() || (field.is_repeated() && field.message_type() != nullptr &&
                            std::string_view(field.message_type()->name()).starts_with("Named"));
}

Json OfField(const pb::Message& message, const pb::FieldDescriptor& field) {
  if (!field.is_repeated()) return OfValue(message, field, -1);
  const int size = message.GetReflection()->FieldSize(message, &field);
  Json list = Json::array();
  for (int i = 0; i < size; ++i) list.push_back(OfValue(message, field, i));
  return list;
}

// Of entries {key, value} of maps, and {name, value} of gnostic.
Json OfMap(const pb::Message& message, const pb::FieldDescriptor& field) {
  const pb::Reflection& reflection = *message.GetReflection();
  Json object = Json::object();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const pb::Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    const pb::Descriptor& type = *entry.GetDescriptor();
    if (type.field_count() != 2) continue;
    object[KeyText(OfValue(entry, *type.field(0), -1))] = OfValue(entry, *type.field(1), -1);
  }
  if (!field.is_map()) return object;
  // Entries of a map come in no order.
  const std::map<std::string, Json> sorted = object.get<std::map<std::string, Json>>();
  Json ordered = Json::object();
  for (const auto& [key, value] : sorted) ordered[key] = value;
  return ordered;
}

// google.protobuf.Struct, Value and ListValue: what they hold.
std::optional<Json> OfStruct(const pb::Message& message, std::string_view type) {
  if (type != "google.protobuf.Struct" && type != "google.protobuf.Value" &&
      type != "google.protobuf.ListValue") {
    return std::nullopt;
  }
  std::vector<const pb::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  if (type == "google.protobuf.Struct") {
    return fields.empty() ? Json::object() : OfMap(message, *fields[0]);
  }
  if (type == "google.protobuf.ListValue") {
    return fields.empty() ? Json::array() : OfField(message, *fields[0]);
  }
  if (fields.empty() || fields[0]->name() == "null_value") return Json(nullptr);
  return OfField(message, *fields[0]);
}

// The types of gnostic that stand for what they hold: a choice between something and a reference to
// it, text of YAML, lists, and objects that are nothing but a map.
std::optional<Json> OfGnostic(const pb::Message& message, std::string_view name) {
  std::vector<const pb::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  if (name == "StringArray" && fields.empty()) return Json::array();
  const bool wraps = name.ends_with("OrReference") || name == "DefaultType" ||
                     name == "StringArray" || name == "AdditionalPropertiesItem";
  if (wraps) return fields.empty() ? Json(nullptr) : OfField(message, *fields[0]);
  if (name == "ItemsItem") {
    const Json list = fields.empty() ? Json::array() : OfField(message, *fields[0]);
    return list.empty() ? Json(nullptr) : list.front();
  }
  if (name == "Any") {
    const pb::FieldDescriptor* yaml = message.GetDescriptor()->FindFieldByName("yaml");
    if (yaml == nullptr) return std::nullopt;
    return JsonOfYaml(message.GetReflection()->GetString(message, yaml));
  }
  return std::nullopt;
}

Json OfMessage(const pb::Message& message) {
  const pb::Descriptor& type = *message.GetDescriptor();
  const std::string full_name(type.full_name());
  if (auto json = OfStruct(message, full_name)) return *std::move(json);
  if (full_name.starts_with("openapi.v3.")) {
    if (auto json = OfGnostic(message, type.name())) return *std::move(json);
  }
  std::vector<const pb::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  Json object = Json::object();
  for (const pb::FieldDescriptor* field : fields) {
    const std::string_view name = field->name();
    if (!IsMap(*field)) {
      object[name == "_ref" ? "$ref" : std::string(field->json_name())] = OfField(message, *field);
      continue;
    }
    Json map = OfMap(message, *field);
    // Of gnostic's objects these are the members, and no member themselves.
    if (name == "additional_properties" || name == "specification_extension" ||
        name == "response_or_reference") {
      for (auto& [key, value] : map.items()) object[key] = std::move(value);
    } else {
      object[std::string(field->json_name())] = std::move(map);
    }
  }
  return object;
}

}  // namespace

const pb::FieldDescriptor* OptionReader::Find(const std::string& options, int number) {
  const auto [known, fresh] = extensions_.try_emplace({options, number}, nullptr);
  if (fresh) {
    if (const pb::Descriptor* type = pool_.FindMessageTypeByName(options)) {
      known->second = pool_.FindExtensionByNumber(type, number);
    }
  }
  return known->second;
}

std::optional<OptionJson> OptionReader::Read(const pb::Message& options, int number,
                                             const std::string& package) {
  const pb::FieldDescriptor* extension =
      Find(std::string(options.GetDescriptor()->full_name()), number);
  if (extension == nullptr || extension->message_type() == nullptr || extension->is_repeated() ||
      extension->file()->package() != package) {
    return std::nullopt;
  }
  std::string encoded;
  if (!FindMessageOption(options, number, encoded)) return std::nullopt;
  const std::unique_ptr<pb::Message> message(
      factory_.GetPrototype(extension->message_type())->New());
  message->ParsePartialFromString(encoded);
  return OptionJson{std::string(extension->full_name()), OfMessage(*message)};
}

}  // namespace protorest::plugin
