// OpenAPI 3.1 and 3.2 speak JSON Schema 2020-12. 3.0 has a dialect of its own: one type and
// `nullable`, no word beside `$ref`, exclusive bounds as flags, and neither propertyNames nor
// contentEncoding.
#include "plugin/emit/openapi/serialize_schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "openapi/settle.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kNull[] = "null";

// Members that say something of a value, but not which values there are.
constexpr std::array<std::string_view, 6> kAnnotations = {
    "title", "description", "readOnly", "writeOnly", "deprecated", "externalDocs"};

bool IsAnnotation(std::string_view key) {
  return std::find(kAnnotations.begin(), kAnnotations.end(), key) != kAnnotations.end();
}

class SchemaWriter {
 public:
  explicit SchemaWriter(OpenApiVersion version) : version_(version) {}

  Json Write(const Schema& schema) const {
    Json out = Members(schema);
    if (schema.other) {
      const Json patch = Difference(out, Members(schema.other->schema));
      if (!patch.empty()) {
        Append(protorest::openapi::kOtherFormMark, {{schema.other->option, patch}}, &out);
      }
    }
    return out;
  }

 private:
  bool old() const { return version_ == OpenApiVersion::k3_0; }

  // In the order in which they are read best.
  Json Members(const Schema& schema) const {
    Json out = Json::object();
    AddRef(schema, &out);
    AddTypes(schema, &out);
    AppendText("title", schema.title, &out);
    AppendText("format", schema.format, &out);
    AppendText("description", schema.description, &out);
    AddTextKeywords(schema, &out);
    AddBounds(schema, &out);
    AddValues(schema, &out);
    AddList("anyOf", schema.any_of, &out);
    AddList("allOf", schema.all_of, &out);
    if (schema.not_any) Append("not", Write(*schema.not_any), &out);
    if (schema.items) Append("items", Write(*schema.items), &out);
    AddObjectKeywords(schema, &out);
    AppendFlag("readOnly", schema.read_only, &out);
    AppendFlag("writeOnly", schema.write_only, &out);
    AppendFlag("deprecated", schema.deprecated, &out);
    AppendGiven("externalDocs", schema.external_docs, &out);
    AppendAll(schema.extensions, &out);
    return out;
  }

  void AddRef(const Schema& schema, Json* out) const {
    if (schema.ref.empty()) return;
    Json ref = {{"$ref", "#/components/schemas/" + schema.ref}};
    if (old() && HasMore(schema)) {
      Append("allOf", Json::array({std::move(ref)}), out);
    } else {
      out->update(ref);
    }
  }

  // Whether a reference has words beside it.
  bool HasMore(const Schema& schema) const {
    Schema more = schema;
    more.ref.clear();
    more.other = nullptr;
    return !Members(more).empty();
  }

  void AddTypes(const Schema& schema, Json* out) const {
    std::vector<std::string> types = schema.types;
    const bool nullable = old() && std::erase(types, kNull) > 0;
    if (types.empty() && nullable) {  // null and nothing else
      Append("type", "string", out);
      Append("nullable", true, out);
      return Append("enum", Json::array({nullptr}), out);
    }
    if (types.size() == 1) Append("type", types[0], out);
    if (types.size() > 1) Append("type", types, out);
    AppendFlag("nullable", nullable, out);
  }

  void AddTextKeywords(const Schema& schema, Json* out) const {
    AppendText("pattern", schema.pattern, out);
    AddCount("minLength", schema.min_length, out);
    AddCount("maxLength", schema.max_length, out);
    if (old()) return;
    AppendText("contentEncoding", schema.content_encoding, out);
    AppendText("contentMediaType", schema.content_media_type, out);
    if (schema.content_schema) Append("contentSchema", Write(*schema.content_schema), out);
  }

  static void AddCount(std::string_view key, const std::optional<std::uint64_t>& count, Json* out) {
    if (count) Append(key, *count, out);
  }

  void AddBounds(const Schema& schema, Json* out) const {
    AddBound("minimum", "exclusiveMinimum", schema.minimum, schema.exclusive_minimum, out);
    AddBound("maximum", "exclusiveMaximum", schema.maximum, schema.exclusive_maximum, out);
    if (schema.multiple_of) Append("multipleOf", *schema.multiple_of, out);
    AddCount("minItems", schema.min_items, out);
    AddCount("maxItems", schema.max_items, out);
    AppendFlag("uniqueItems", schema.unique_items, out);
    AddCount("minProperties", schema.min_properties, out);
    AddCount("maxProperties", schema.max_properties, out);
  }

  void AddBound(std::string_view key, std::string_view exclusive_key,
                const std::optional<Json>& bound, const std::optional<Json>& exclusive,
                Json* out) const {
    if (old() && exclusive) {
      Append(key, *exclusive, out);
      return Append(exclusive_key, true, out);
    }
    if (bound) Append(key, *bound, out);
    if (exclusive) Append(exclusive_key, *exclusive, out);
  }

  void AddValues(const Schema& schema, Json* out) const {
    if (!schema.enum_values.empty()) Append("enum", schema.enum_values, out);
    if (!schema.enum_names.empty()) Append("x-enum-varnames", schema.enum_names, out);
    if (schema.default_value) Append("default", *schema.default_value, out);
    if (!schema.example) return;
    if (old()) {
      Append("example", *schema.example, out);
    } else {
      Append("examples", Json::array({*schema.example}), out);
    }
  }

  void AddList(std::string_view key, const std::vector<Schema>& schemas, Json* out) const {
    Json list = Json::array();
    bool nullable = false;
    for (const Schema& each : schemas) {
      if (old() && each.types == std::vector<std::string>{kNull}) {
        nullable = true;
      } else {
        list.push_back(Write(each));
      }
    }
    if (list.empty()) return;
    if (nullable && list.front().contains("$ref")) {  // which takes no flag
      list.push_back(Write(TypeSchema(kNull)));
    } else if (nullable) {
      list.front()["nullable"] = true;
    }
    if (old() && key == "allOf" && out->contains("allOf")) {  // beside the wrapped reference
      for (Json& each : list) (*out)["allOf"].push_back(std::move(each));
    } else {
      Append(key, std::move(list), out);
    }
  }

  void AddObjectKeywords(const Schema& schema, Json* out) const {
    Json names = Json::object();
    if (!schema.properties.empty()) {
      Json properties = Json::object();
      for (const Property& property : schema.properties) {
        Append(property.name, Write(property.schema), &properties);
        if (!property.proto_name.empty()) Append(property.name, property.proto_name, &names);
      }
      Append("properties", std::move(properties), out);
    }
    if (!schema.required.empty()) Append("required", schema.required, out);
    if (schema.property_names) {
      Append(old() ? "x-propertyNames" : "propertyNames", Write(*schema.property_names), out);
    }
    if (schema.additional_properties) {
      Append("additionalProperties", Write(*schema.additional_properties), out);
    }
    if (!names.empty()) Append(protorest::openapi::kNamesMark, std::move(names), out);
  }

  // The merge patch that makes `other` of `schema`.
  static Json Difference(const Json& schema, const Json& other) {
    Json patch = Json::object();
    for (const auto& [key, value] : schema.items()) {
      if (!other.contains(key) && !IsAnnotation(key) && !key.starts_with("x-"))
        patch[key] = nullptr;
    }
    for (const auto& [key, value] : other.items()) {
      const auto own = schema.find(key);
      if (!IsAnnotation(key) && (own == schema.end() || *own != value)) patch[key] = value;
    }
    return patch;
  }

  OpenApiVersion version_;
};

}  // namespace

void Append(std::string_view key, Json value, Json* object) {
  using Entries = std::vector<Json::object_t::value_type>;
  static_cast<Entries&>(object->get_ref<Json::object_t&>())
      .emplace_back(std::string(key), std::move(value));
}

void AppendText(std::string_view key, const std::string& text, Json* object) {
  if (!text.empty()) Append(key, text, object);
}

void AppendFlag(std::string_view key, bool value, Json* object) {
  if (value) Append(key, true, object);
}

void AppendGiven(std::string_view key, const Json& value, Json* object) {
  if (!value.empty()) Append(key, value, object);
}

void AppendAll(const Json& extensions, Json* object) {
  for (const auto& [key, value] : extensions.items()) Append(key, value, object);
}

Json SchemaJson(const Schema& schema, OpenApiVersion version) {
  return SchemaWriter(version).Write(schema);
}

}  // namespace protorest::plugin::openapi
