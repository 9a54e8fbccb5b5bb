// One function per struct of document.h, its members in the order in which they are read best.
#include "plugin/emit/openapi/serialize.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace protorest::plugin::openapi {
namespace {

using Json = nlohmann::ordered_json;

Json SchemaJson(const Schema& schema);

// Appends without looking for the key: operator[] would make a large object cost its square.
void Append(std::string key, Json value, Json* object) {
  using Entries = std::vector<Json::object_t::value_type>;
  static_cast<Entries&>(object->get_ref<Json::object_t&>())
      .emplace_back(std::move(key), std::move(value));
}

void AppendText(std::string_view key, const std::string& text, Json* object) {
  if (!text.empty()) Append(std::string(key), text, object);
}

void AppendFlag(std::string_view key, bool value, Json* object) {
  if (value) Append(std::string(key), true, object);
}

void AppendList(std::string_view key, const std::vector<std::string>& texts, Json* object) {
  if (!texts.empty()) Append(std::string(key), texts, object);
}

void AppendSchema(std::string_view key, const std::shared_ptr<const Schema>& schema, Json* object) {
  if (schema) Append(std::string(key), SchemaJson(*schema), object);
}

Json PropertiesJson(const std::vector<Property>& properties) {
  Json out = Json::object();
  for (const Property& property : properties) {
    Append(property.name, SchemaJson(property.schema), &out);
  }
  return out;
}

Json SchemaJson(const Schema& schema) {
  Json out = Json::object();
  if (!schema.ref.empty()) Append("$ref", "#/components/schemas/" + schema.ref, &out);
  if (schema.types.size() == 1) Append("type", schema.types[0], &out);
  if (schema.types.size() > 1) Append("type", schema.types, &out);
  AppendText("format", schema.format, &out);
  AppendText("description", schema.description, &out);
  AppendText("pattern", schema.pattern, &out);
  AppendText("contentEncoding", schema.content_encoding, &out);
  if (schema.minimum) Append("minimum", *schema.minimum, &out);
  AppendList("enum", schema.enum_values, &out);
  if (!schema.any_of.empty()) {
    Json list = Json::array();
    for (const Schema& each : schema.any_of) list.push_back(SchemaJson(each));
    Append("anyOf", std::move(list), &out);
  }
  AppendSchema("items", schema.items, &out);
  if (!schema.properties.empty()) Append("properties", PropertiesJson(schema.properties), &out);
  AppendList("required", schema.required, &out);
  AppendSchema("propertyNames", schema.property_names, &out);
  AppendSchema("additionalProperties", schema.additional_properties, &out);
  AppendFlag("readOnly", schema.read_only, &out);
  AppendFlag("writeOnly", schema.write_only, &out);
  AppendFlag("deprecated", schema.deprecated, &out);
  return out;
}

Json ContentJson(const std::vector<MediaType>& content) {
  Json out = Json::object();
  for (const MediaType& media : content) {
    Json entry = Json::object();
    Append("schema", SchemaJson(media.schema), &entry);
    AppendFlag("x-protorest-stream", media.stream, &entry);
    Append(media.name, std::move(entry), &out);
  }
  return out;
}

Json ParameterJson(const Parameter& parameter) {
  Json out = Json::object();
  Append("name", parameter.name, &out);
  Append("in", parameter.in, &out);
  AppendText("description", parameter.description, &out);
  AppendFlag("required", parameter.required, &out);
  AppendFlag("deprecated", parameter.deprecated, &out);
  if (parameter.deep_object) {
    Append("style", "deepObject", &out);
    Append("explode", true, &out);
  }
  if (parameter.json_text) {
    Append("content", ContentJson({{"application/json", parameter.schema}}), &out);
  } else {
    Append("schema", SchemaJson(parameter.schema), &out);
  }
  AppendFlag("x-protorest-multi-segment", parameter.multi_segment, &out);
  return out;
}

Json RequestBodyJson(const RequestBody& body) {
  Json out = Json::object();
  AppendText("description", body.description, &out);
  Append("content", ContentJson(body.content), &out);
  AppendFlag("required", body.required, &out);
  return out;
}

Json ResponseJson(const Response& response) {
  Json out = Json::object();
  if (!response.ref.empty()) {
    Append("$ref", "#/components/responses/" + response.ref, &out);
    return out;
  }
  Append("description", response.description, &out);
  if (!response.content.empty()) Append("content", ContentJson(response.content), &out);
  return out;
}

Json OperationJson(const Operation& operation) {
  Json out = Json::object();
  Append("operationId", operation.id, &out);
  AppendText("summary", operation.summary, &out);
  AppendText("description", operation.description, &out);
  Append("tags", Json::array({operation.tag}), &out);
  AppendFlag("deprecated", operation.deprecated, &out);
  if (!operation.parameters.empty()) {
    Json list = Json::array();
    for (const Parameter& parameter : operation.parameters) {
      list.push_back(ParameterJson(parameter));
    }
    Append("parameters", std::move(list), &out);
  }
  if (operation.request_body) {
    Append("requestBody", RequestBodyJson(*operation.request_body), &out);
  }
  Json responses = Json::object();
  for (const Response& response : operation.responses) {
    Append(response.status, ResponseJson(response), &responses);
  }
  Append("responses", std::move(responses), &out);
  Append("x-protorest-rpc", operation.rpc, &out);
  AppendText("x-protorest-stream", operation.stream, &out);
  return out;
}

Json PathItemJson(const PathItem& item) {
  Json out = Json::object();
  for (const auto& [verb, operation] : item.operations) {
    Append(verb, OperationJson(operation), &out);
  }
  if (!item.additional_operations.empty()) {
    Json additional = Json::object();
    for (const auto& [verb, operation] : item.additional_operations) {
      Append(verb, OperationJson(operation), &additional);
    }
    Append("x-protorest-additional-operations", std::move(additional), &out);
  }
  return out;
}

Json InfoJson(const Document& document) {
  Json out = Json::object();
  Append("title", document.title, &out);
  AppendText("description", document.description, &out);
  Append("version", document.version, &out);
  return out;
}

Json TagsJson(const std::vector<Tag>& tags) {
  Json out = Json::array();
  for (const Tag& tag : tags) {
    Json entry = Json::object();
    Append("name", tag.name, &entry);
    AppendText("description", tag.description, &entry);
    AppendText("x-protorest-service", tag.service, &entry);
    out.push_back(std::move(entry));
  }
  return out;
}

Json ComponentsJson(const Document& document) {
  Json out = Json::object();
  if (!document.schemas.empty()) {
    Json schemas = Json::object();
    for (const NamedSchema& each : document.schemas) {
      Append(each.name, SchemaJson(each.schema), &schemas);
    }
    Append("schemas", std::move(schemas), &out);
  }
  if (!document.responses.empty()) {
    Json responses = Json::object();
    for (const NamedResponse& each : document.responses) {
      Append(each.name, ResponseJson(each.response), &responses);
    }
    Append("responses", std::move(responses), &out);
  }
  return out;
}

}  // namespace

std::string ToJson(const Document& document, int indent) {
  Json out = Json::object();
  Append("openapi", "3.1.0", &out);
  Append("info", InfoJson(document), &out);
  Append("servers", Json::array({{{"url", "/"}}}), &out);
  if (!document.tags.empty()) Append("tags", TagsJson(document.tags), &out);
  Json paths = Json::object();
  for (const PathItem& item : document.paths) Append(item.path, PathItemJson(item), &paths);
  Append("paths", std::move(paths), &out);
  if (Json components = ComponentsJson(document); !components.empty()) {
    Append("components", std::move(components), &out);
  }
  std::string text = out.dump(indent, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
  if (indent >= 0) text += '\n';
  return text;
}

}  // namespace protorest::plugin::openapi
