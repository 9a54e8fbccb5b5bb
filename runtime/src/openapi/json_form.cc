// Walks the whole document: schemas stand in many places, and marks nowhere else.
#include "openapi/json_form.h"

#include <string>
#include <utility>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

// What stands under `key`, which is gone then; null if nothing does.
Json Take(std::string_view key, Json& object) {
  const auto found = object.find(key);
  if (found == object.end()) return nullptr;
  Json value = std::move(*found);
  object.erase(found);
  return value;
}

// A merge patch of RFC 7396, one level deep, that keeps members in their places.
void Patch(const Json& patch, Json& schema) {
  for (const auto& [key, value] : patch.items()) {
    if (value.is_null()) {
      schema.erase(key);
    } else {
      schema[key] = value;
    }
  }
}

// The names that stand in backquotes.
std::string RenameInText(const Json& names, std::string text) {
  for (const auto& [name, renamed] : names.items()) {
    const std::string quoted = "`" + name + "`";
    const std::string replacement = "`" + renamed.get<std::string>() + "`";
    for (std::size_t at = text.find(quoted); at != text.npos;
         at = text.find(quoted, at + replacement.size())) {
      text.replace(at, quoted.size(), replacement);
    }
  }
  return text;
}

// Gives properties, and what speaks of them, their names in the .proto.
void Rename(const Json& names, Json& schema) {
  if (const auto properties = schema.find("properties"); properties != schema.end()) {
    Json renamed = Json::object();
    for (auto& [name, value] : properties->items()) {
      renamed[names.value(name, name)] = std::move(value);
    }
    *properties = std::move(renamed);
  }
  if (const auto required = schema.find("required"); required != schema.end()) {
    for (Json& name : *required) name = names.value(name.get<std::string>(), name);
  }
  if (const auto text = schema.find("description"); text != schema.end() && text->is_string()) {
    *text = RenameInText(names, *text);
  }
  // Schemas of the same object, of which members may be there or not: oneofs.
  for (const char* key : {"not", "anyOf", "allOf"}) {
    const auto found = schema.find(key);
    if (found == schema.end()) continue;
    if (found->is_object()) Rename(names, *found);
    if (found->is_array()) {
      for (Json& each : *found) Rename(names, each);
    }
  }
}

class Walk {
 public:
  explicit Walk(const JsonForm& form) : form_(form) {}

  void Visit(Json& value) const {
    if (value.is_object()) Settle(value);
    VisitMembers(value);
  }

 private:
  void Settle(Json& value) const {
    if (const Json names = Take(kNamesMark, value); names.is_object() && form_.proto_names) {
      Rename(names, value);
    }
    if (const Json other = Take(kOtherFormMark, value); other.is_object()) {
      for (const auto& [option, patch] : other.items()) {
        if (IsOn(option)) Patch(patch, value);
      }
    }
  }

  // What stands in `properties` are names of users, whatever they are.
  void VisitMembers(Json& value) const {
    if (value.is_array()) {
      for (Json& each : value) Visit(each);
    }
    if (!value.is_object()) return;
    for (auto& [key, member] : value.items()) {
      if (key == "properties" && member.is_object()) {
        for (Json& property : member) Visit(property);
      } else {
        Visit(member);
      }
    }
  }

  bool IsOn(std::string_view option) const {
    return (option == kEnumNumbers && form_.enum_numbers) ||
           (option == kInt64Numbers && form_.int64_numbers);
  }

  const JsonForm& form_;
};

}  // namespace

void SetJsonForm(const JsonForm& form, Json& document) { Walk(form).Visit(document); }

}  // namespace protorest::openapi
