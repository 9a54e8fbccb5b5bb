#include "openapi/member_order.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protorest::openapi {
namespace {

constexpr std::array<std::string_view, 11> kOrder = {
    "openapi", "$self",        "info",  "jsonSchemaDialect", "servers",   "security",
    "tags",    "externalDocs", "paths", "webhooks",          "components"};

std::size_t Rank(const std::string& key) {
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), key) - kOrder.begin());
}

}  // namespace

void SortMembers(nlohmann::ordered_json& document) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : document.items()) keys.push_back(key);
  std::stable_sort(keys.begin(), keys.end(),
                   [](const std::string& a, const std::string& b) { return Rank(a) < Rank(b); });
  nlohmann::ordered_json sorted = nlohmann::ordered_json::object();
  for (const std::string& key : keys) sorted[key] = std::move(document[key]);
  document = std::move(sorted);
}

}  // namespace protorest::openapi
