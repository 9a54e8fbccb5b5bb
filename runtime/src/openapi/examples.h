// Examples of request bodies: what a page or a mock sends when nobody has written anything yet.
#pragma once

#include <nlohmann/json.hpp>

namespace protorest::openapi {

// Gives the JSON body of each request in `document` an example that is valid by its schema, unless
// it has one. Fields that only the server sets, and of oneofs all members but the first, are left
// out; so is a field whose pattern nobody here can spell, and the whole where that is required.
void AddExamples(nlohmann::ordered_json& document);

}  // namespace protorest::openapi
