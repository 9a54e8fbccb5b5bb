// Path templates of google.api.http as OpenAPI paths with parameters.
#pragma once

#include <string>
#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

struct PathAndParameters {
  std::string path;                   // "/v1/shelves/{shelves_id}/books/{books_id}"
  std::vector<Parameter> parameters;  // in the order of the path
};

// A variable of one segment is one parameter with the name and the type of its field. OpenAPI knows
// nothing longer than a segment, so {name=shelves/*/books/*} is spelled out: each wildcard becomes
// a parameter named after the literal before it.
PathAndParameters BuildPath(const HttpBinding& binding, SchemaBuilder* schemas);

}  // namespace protorest::plugin::openapi
