// One function for each kind of node.
#include "plugin/yaml_json.h"

#include <yaml-cpp/yaml.h>

namespace protorest::plugin {
namespace {

using Json = nlohmann::ordered_json;

Json Convert(const YAML::Node& node) {
  if (node.IsScalar()) return JsonOfScalar(node);
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const YAML::Node& each : node) list.push_back(Convert(each));
    return list;
  }
  if (!node.IsMap()) return nullptr;
  Json object = Json::object();
  for (const auto& entry : node) {
    if (entry.first.IsScalar()) object[entry.first.Scalar()] = Convert(entry.second);
  }
  return object;
}

}  // namespace

Json JsonOfScalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  const Json number = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return number.is_number() ? number : Json(text);
}

Json JsonOfYaml(const std::string& text) {
  try {
    return Convert(YAML::Load(text));
  } catch (const YAML::Exception&) {
    return text;
  }
}

}  // namespace protorest::plugin
