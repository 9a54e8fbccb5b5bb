// What bodies are made of: media types and their schemas.
#pragma once

#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin::openapi {

inline constexpr char kJson[] = "application/json";

// The body of a request: what the rule's `body` is of. Not for a binding without one.
std::vector<MediaType> RequestContent(const Method& method, const HttpBinding& binding,
                                      const Options& options, SchemaBuilder* schemas);

// The body of a success: the response or its `response_body`.
std::vector<MediaType> ResponseContent(const Method& method, const HttpBinding& binding,
                                       const Options& options, SchemaBuilder* schemas);

// What goes over a WebSocket of the binding's path; nothing for a method that does not stream.
std::optional<WebSocket> WebSocketOf(const Method& method, const HttpBinding& binding,
                                     SchemaBuilder* schemas);

// Whether the body is a google.api.HttpBody: any bytes of any type (rules B17, E6).
bool IsRawRequest(const Method& method, const HttpBinding& binding);
bool IsRawResponse(const Method& method, const HttpBinding& binding);

}  // namespace protorest::plugin::openapi
