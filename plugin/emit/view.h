// View: what a template gets to see. Everything is decided here; a template only lays it out.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protorest::plugin {

// Values, and sections of further views. A section stands in the output once per view in it: a loop
// over its views, or with at most one view an if. Inner views see what the outer ones hold, so a
// section must not have the name of one further out.
class View {
 public:
  void Set(std::string_view name, std::string value) {
    values_[std::string(name)] = std::move(value);
  }

  // One more view in section `name`.
  View& Add(std::string_view name) {
    return *sections_[std::string(name)].emplace_back(std::make_unique<View>());
  }

  // Section `name` as an if. A section that is not shown is still known to the template.
  void Show(std::string_view name, bool shown) {
    auto& views = sections_[std::string(name)];
    views.clear();
    if (shown) views.push_back(std::make_unique<View>());
  }

  // Makes `name` known as a loop that may have no views.
  void Loop(std::string_view name) { sections_.try_emplace(std::string(name)); }

  const std::map<std::string, std::string>& values() const { return values_; }
  const std::map<std::string, std::vector<std::unique_ptr<View>>>& sections() const {
    return sections_;
  }

 private:
  std::map<std::string, std::string> values_;
  std::map<std::string, std::vector<std::unique_ptr<View>>> sections_;
};

}  // namespace protorest::plugin
