#include "forms.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>
#include <vector>

namespace protorest::bench {
namespace {

using Json = nlohmann::ordered_json;

template <class Reorder>
void ForEachObject(Json& value, const Reorder& reorder) {
  if (value.is_object()) {
    using Member = std::pair<std::string, Json>;
    std::vector<Member> members;
    for (auto& [key, member] : value.items()) members.emplace_back(key, std::move(member));
    reorder(members);
    value.clear();
    for (auto& [key, member] : members) value[key] = std::move(member);
  }
  for (Json& member : value) {
    if (member.is_structured()) ForEachObject(member, reorder);
  }
}

template <class Reorder>
std::string Reordered(const std::string& json, const Reorder& reorder) {
  Json value = Json::parse(json);
  ForEachObject(value, reorder);
  return value.dump();
}

}  // namespace

std::string AsItIs(const std::string& json) { return json; }

std::string SortedKeys(const std::string& json) {
  return Reordered(json, [](auto& members) {
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
  });
}

std::string ShuffledKeys(const std::string& json) {
  static std::mt19937 engine{42};
  return Reordered(json,
                   [](auto& members) { std::shuffle(members.begin(), members.end(), engine); });
}

std::string EscapedMarkup(const std::string& json) {
  std::string out;
  for (const char c : json) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string OnlyAscii(const std::string& json) { return Json::parse(json).dump(-1, ' ', true); }

std::string Unknown(const std::string& json) { return "{\"unknown\":" + json + "}"; }

}  // namespace protorest::bench
