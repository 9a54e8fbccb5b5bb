// What options for OpenAPI say of a declaration, whoever's options they are.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plugin/model/model.h"

namespace protorest::plugin {

struct Annotation {
  Location location;  // of the first option

  // In the words of OpenAPI 3.1 and in its shape: a part of a document for files, a tag for
  // services, an operation for methods, a schema for all else. All that stands here has a place in
  // a document.
  nlohmann::ordered_json members = nlohmann::ordered_json::object();

  bool hidden = false;  // is to be in no document

  // What the options set that has no place: "openapi.v3.operation: callbacks".
  std::vector<std::string> without_place;
};

}  // namespace protorest::plugin
