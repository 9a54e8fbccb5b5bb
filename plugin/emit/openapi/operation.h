// One HTTP binding of a method as an operation: parameters, body, responses.
#pragma once

#include <string>

#include "plugin/emit/openapi/document.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin::openapi {

// Names of the responses that operations refer to, in components/responses.
inline constexpr char kBadRequest[] = "BadRequest";
inline constexpr char kNotFound[] = "NotFound";
inline constexpr char kError[] = "Error";

struct PathAndOperation {
  std::string path;
  Operation operation;  // without id, tags, rpc and deprecation, which are the document's business
};

PathAndOperation BuildOperation(const Method& method, const HttpBinding& binding,
                                const Options& options, SchemaBuilder* schemas);

// The shared error response of that name.
Response ErrorResponse(const std::string& name, SchemaBuilder* schemas);

}  // namespace protorest::plugin::openapi
