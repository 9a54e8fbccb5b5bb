// Members of JSON objects that may not be there, and how they are pointed at.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace protorest::openapi {

// The object under `key`, an empty one if there is none.
inline const nlohmann::ordered_json& ObjectAt(const nlohmann::ordered_json& object,
                                              const char* key) {
  static const nlohmann::ordered_json kEmpty = nlohmann::ordered_json::object();
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : kEmpty;
}

// The list under `key`, an empty one if there is none.
inline const nlohmann::ordered_json& ListAt(const nlohmann::ordered_json& object, const char* key) {
  static const nlohmann::ordered_json kEmpty = nlohmann::ordered_json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kEmpty;
}

// The text under `key`, "" if there is none.
inline std::string StringAt(const nlohmann::ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// A key as a part of a JSON pointer, RFC 6901.
inline std::string PointerToken(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace protorest::openapi
