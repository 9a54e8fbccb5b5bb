// The fields of a request as query parameters (rules Q1 to Q24).
#pragma once

#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// All leaf fields of the request that neither the path nor the body takes, dotted, by their JSON
// names: none with body "*". A message inside itself is not gone into, nor is one deeper than four
// levels.
std::vector<Parameter> QueryParameters(const Method& method, const HttpBinding& binding,
                                       SchemaBuilder* schemas);

}  // namespace protorest::plugin::openapi
