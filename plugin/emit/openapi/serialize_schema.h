// A Schema as JSON, in the words of each version of OpenAPI.
#pragma once

#include <string_view>

#include "plugin/emit/openapi/document.h"
#include "plugin/options.h"

namespace protorest::plugin::openapi {

// Appends a member without looking for its key: operator[] would make a large object cost its
// square.
void Append(std::string_view key, Json value, Json* object);
void AppendText(std::string_view key, const std::string& text, Json* object);
void AppendFlag(std::string_view key, bool value, Json* object);
// Nothing where `value` is null or empty.
void AppendGiven(std::string_view key, const Json& value, Json* object);
// The members of `extensions`, which is null or an object.
void AppendAll(const Json& extensions, Json* object);

Json SchemaJson(const Schema& schema, OpenApiVersion version);

}  // namespace protorest::plugin::openapi
