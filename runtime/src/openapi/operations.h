// Where a path item keeps its operations.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "openapi/members.h"

namespace protorest::openapi {

// The verbs that a path item has members for; `query` is new in 3.2.
inline constexpr std::array<std::string_view, 9> kVerbs = {
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query"};

// What holds the operations of other verbs, in OpenAPI 3.2 and before.
inline constexpr std::array<std::string_view, 2> kOtherVerbs = {
    "additionalOperations", "x-protorest-additional-operations"};

template <std::size_t size>
bool Contains(const std::array<std::string_view, size>& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

// Calls visit(place, operation) with each operation of a path item; `place` is its JSON pointer in
// there: "get", "additionalOperations/LIST".
template <class Item, class Visit>
void ForEachOperation(Item& item, Visit visit) {
  for (auto& [key, value] : item.items()) {
    if (!value.is_object()) continue;
    if (Contains(kVerbs, key)) visit(key, value);
    if (!Contains(kOtherVerbs, key)) continue;
    for (auto& [verb, operation] : value.items()) {
      visit(key + "/" + PointerToken(verb), operation);
    }
  }
}

}  // namespace protorest::openapi
