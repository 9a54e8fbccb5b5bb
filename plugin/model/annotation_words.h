// What of OpenAPI has a place in a document that protorest makes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace protorest::plugin {

// What an option is of.
enum class Annotated { kFile, kService, kMethod, kMessage, kField, kEnum, kEnumValue };

// Takes out of `json`, a part of OpenAPI in the shape for `kind`, what has no place; returns its
// paths: "info.logo", "responses.404.links".
std::vector<std::string> TakeWhatHasNoPlace(Annotated kind, nlohmann::ordered_json& json);

}  // namespace protorest::plugin
