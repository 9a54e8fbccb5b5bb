// The order of a document's members.
#pragma once

#include <nlohmann/json.hpp>

namespace protorest::openapi {

// Puts the members of `document` into the usual order: openapi, info, servers, …, extensions last,
// these in the order in which they are.
void SortMembers(nlohmann::ordered_json& document);

}  // namespace protorest::openapi
