// Several OpenAPI documents made into one: what a server of several services answers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace protorest::openapi {

// Merges documents that protorest generated, in their order; a document that comes twice counts
// once. Paths, components and tags are joined, and equal ones shared. Two paths that differ in the
// names of their parameters alone become one path with the first one's names. Services of one short
// name in different packages keep apart: the later one's tag and operation ids get its full name.
//
// Fails (nullopt, and the reason in *error) when a document is not valid JSON, or when two
// documents have different components of one name: they come from different versions of a .proto.
// The result is JSON, indented by two spaces; of no documents it is a document without paths.
std::optional<std::string> MergeDocuments(std::span<const std::string_view> documents,
                                          std::string* error);

}  // namespace protorest::openapi
