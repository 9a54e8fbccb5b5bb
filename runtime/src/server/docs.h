// The docs page: shows the OpenAPI document, and lets people call what it describes.
#pragma once

#include <string_view>

#include "protorest/status.h"
#include "server/pages.h"

namespace protorest::server {

// The pages that it shows; it links to them by where they stand to each other, so that both can
// move below the prefix of a proxy.
inline constexpr std::string_view kOpenApiJson = "/openapi.json";
inline constexpr std::string_view kOpenApiYaml = "/openapi.yaml";

// INVALID_ARGUMENT where no page can be: the path must begin with a slash, have nothing in it that
// a URL would escape, and not be taken by a document.
Status CheckDocsPath(std::string_view path);

// Adds the page at `path`, one that passes CheckDocsPath, and its files below it. `document` is
// what kOpenApiJson serves: JSON.
void AddDocs(std::string_view path, std::string_view document, Pages& pages);

}  // namespace protorest::server
