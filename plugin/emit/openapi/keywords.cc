#include "plugin/emit/openapi/keywords.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "openapi/settle.h"
#include "plugin/emit/openapi/comments.h"

namespace protorest::plugin::openapi {
namespace {

struct Bound {
  const char* keyword;
  std::optional<Json> Schema::*member;
  const char* words;
};
constexpr Bound kBounds[] = {
    {"minimum", &Schema::minimum, "At least"},
    {"exclusiveMinimum", &Schema::exclusive_minimum, "More than"},
    {"maximum", &Schema::maximum, "At most"},
    {"exclusiveMaximum", &Schema::exclusive_maximum, "Less than"},
    {"multipleOf", &Schema::multiple_of, "A multiple of"},
};

struct Count {
  const char* keyword;
  std::optional<std::uint64_t> Schema::*member;
};
constexpr Count kCounts[] = {
    {"minLength", &Schema::min_length},         {"maxLength", &Schema::max_length},
    {"minItems", &Schema::min_items},           {"maxItems", &Schema::max_items},
    {"minProperties", &Schema::min_properties}, {"maxProperties", &Schema::max_properties},
};

// The form that 64-bit integers have with an option, and enums.
OtherForm* Other(Schema* schema) {
  if (!schema->other) return nullptr;
  // Schemas share what they were copied from.
  auto own = std::make_shared<OtherForm>(*schema->other);
  OtherForm* form = own.get();
  schema->other = std::move(own);
  return form;
}

bool IsInt64(const Schema& schema) {
  return schema.other && schema.other->option == protorest::openapi::kInt64Numbers;
}

bool IsBytes(const Schema& schema) { return schema.content_encoding == "base64"; }

// Bytes as base64: writers pad, readers take it without.
std::uint64_t Base64Length(std::uint64_t bytes, bool padded) {
  return padded ? (bytes + 2) / 3 * 4 : (bytes * 4 + 2) / 3;
}

class KeywordAdder {
 public:
  KeywordAdder(const Json& keywords, Schema* schema) : keywords_(keywords), schema_(*schema) {}

  std::string Add() {
    AddBounds();
    AddCounts();
    AddTexts();
    AddValues();
    AddParts();
    return std::move(note_);
  }

 private:
  const Json* Find(const char* name) const {
    const auto found = keywords_.find(name);
    return found == keywords_.end() ? nullptr : &*found;
  }

  void Note(const std::string& sentence) {
    if (!note_.empty()) note_ += ' ';
    note_ += sentence;
  }

  // A float is a number or a word: bounds are the number's. A 64-bit integer is a string, unless an
  // option makes it a number.
  void AddBounds() {
    for (const Bound& bound : kBounds) {
      const Json* value = Find(bound.keyword);
      if (value == nullptr || !value->is_number()) continue;
      if (IsInt64(schema_)) {
        Other(&schema_)->schema.*bound.member = *value;
        Note(std::string(bound.words) + " " + value->dump() + ".");
      } else if (!schema_.any_of.empty()) {
        schema_.any_of.front().*bound.member = *value;
      } else {
        schema_.*bound.member = *value;
      }
    }
  }

  void AddCounts() {
    for (const Count& count : kCounts) {
      const Json* value = Find(count.keyword);
      if (value == nullptr || !value->is_number_integer()) continue;
      auto number = value->get<std::uint64_t>();
      const std::string_view keyword = count.keyword;
      if (IsBytes(schema_) && keyword.ends_with("Length")) {
        Note((keyword.starts_with("min") ? "At least " : "At most ") + std::to_string(number) +
             (number == 1 ? " byte." : " bytes."));
        number = Base64Length(number, keyword.starts_with("max"));
      }
      schema_.*count.member = number;
    }
    if (const Json* unique = Find("uniqueItems")) schema_.unique_items = *unique == true;
  }

  void AddTexts() {
    if (const Json* format = Find("format"); format != nullptr && format->is_string()) {
      schema_.format = *format;
    }
    const Json* pattern = Find("pattern");
    if (pattern == nullptr || !pattern->is_string()) return;
    if (IsBytes(schema_) || IsInt64(schema_)) {  // which have a pattern of their own
      Note("Matches `" + pattern->get<std::string>() + "`.");
    } else {
      schema_.pattern = *pattern;
    }
  }

  // Texts of a 64-bit integer are numbers where it is one.
  void AddValues() {
    if (const Json* values = Find("enum"); values != nullptr && values->is_array()) {
      schema_.enum_values.clear();
      for (const Json& value : *values) schema_.enum_values.push_back(AsWritten(value));
      if (OtherForm* other = Other(&schema_)) {
        other->schema.enum_values.clear();
        for (const Json& value : *values) other->schema.enum_values.push_back(Number(value));
      }
    }
    if (const Json* numbers = Find("enumNumbers")) {  // of an enum, beside its names
      if (OtherForm* other = Other(&schema_)) {
        other->schema.enum_values.assign(numbers->begin(), numbers->end());
      }
    }
    if (const Json* excluded = Find("not"); excluded != nullptr && excluded->contains("enum")) {
      AddExcluded((*excluded)["enum"]);
    }
    if (const Json* value = Find("default")) {
      schema_.default_value = AsWritten(*value);
      if (OtherForm* other = Other(&schema_)) other->schema.default_value = Number(*value);
    }
    if (const Json* value = Find("example")) {
      schema_.example = AsWritten(*value);
      if (OtherForm* other = Other(&schema_)) other->schema.example = Number(*value);
    }
  }

  void AddExcluded(const Json& values) {
    Schema excluded;
    excluded.enum_values.assign(values.begin(), values.end());
    schema_.not_any = std::make_shared<Schema>(excluded);
    if (OtherForm* other = Other(&schema_)) {
      for (Json& value : excluded.enum_values) value = Number(value);
      other->schema.not_any = std::make_shared<Schema>(std::move(excluded));
    }
  }

  // Text where the schema is of text, which needs no quotes in an option; and what text says where
  // it is of something else.
  Json AsWritten(const Json& value) const {
    const std::string type = schema_.types.empty() ? "" : schema_.types.front();
    if (type == "string") {
      return value.is_string() || value.is_null() ? value : Json(value.dump());
    }
    const bool scalar =
        type == "integer" || type == "number" || type == "boolean" || !schema_.any_of.empty();
    if (!scalar || !value.is_string()) return value;
    Json said = Json::parse(value.get<std::string>(), nullptr, /*allow_exceptions=*/false);
    return said.is_number() || said.is_boolean() ? said : value;
  }

  Json Number(const Json& value) const {
    if (!IsInt64(schema_) || !value.is_string()) return value;
    const Json number = Json::parse(value.get<std::string>(), nullptr, /*allow_exceptions=*/false);
    return number.is_number() ? number : value;
  }

  // What is asked of the parts of a list or a map, or of members.
  void AddParts() {
    AddPart("items", "Each item: ", &schema_.items);
    AddPart("propertyNames", "Each key: ", &schema_.property_names);
    AddPart("additionalProperties", "Each value: ", &schema_.additional_properties);
    const Json* members = Find("properties");
    if (members == nullptr) return;
    for (const auto& [name, keywords] : members->items()) {
      Schema member;
      AddKeywords(keywords, &member);
      schema_.properties.push_back({name, std::move(member), ""});
    }
  }

  void AddPart(const char* keyword, const char* words, std::shared_ptr<const Schema>* part) {
    const Json* keywords = Find(keyword);
    if (keywords == nullptr || !keywords->is_object() || keywords->empty()) return;
    Schema schema = *part ? **part : Schema();
    const std::string note = AddKeywords(*keywords, &schema);
    if (!note.empty()) Note(words + note);
    if (const auto text = keywords->find("description"); text != keywords->end()) {
      schema.description = *text;
    }
    if (const auto title = keywords->find("title"); title != keywords->end()) {
      schema.title = *title;
    }
    *part = std::make_shared<Schema>(std::move(schema));
  }

  const Json& keywords_;
  Schema& schema_;
  std::string note_;
};

}  // namespace

std::string AddKeywords(const Json& keywords, Schema* schema) {
  if (!keywords.is_object() || keywords.empty()) return "";
  return KeywordAdder(keywords, schema).Add();
}

}  // namespace protorest::plugin::openapi
