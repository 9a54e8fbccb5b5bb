// YAML as JSON, by YAML's core schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace YAML {
class Node;
}

namespace protorest::plugin {

// A plain scalar: a flag, a number or text. What is quoted is text.
nlohmann::ordered_json JsonOfScalar(const YAML::Node& node);

// What `text` says. Text that is no YAML is itself.
nlohmann::ordered_json JsonOfYaml(const std::string& text);

}  // namespace protorest::plugin
