#include "plugin/model/service_config.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "plugin/model/service_config_reader.h"
#include "plugin/text.h"

namespace protorest::plugin {
namespace {

// The services of a run by full name, imports included.
using Services = std::map<std::string, const Service*, std::less<>>;

// Says what is wrong with the selectors of a run; a selector is either a method or a prefix and
// "*".
class SelectorCheck {
 public:
  SelectorCheck(const Services& services, const std::set<std::string>& apis)
      : services_(services), apis_(apis) {}

  // The error in `selector`, if there is one.
  std::optional<std::string> Error(const std::string& selector) const {
    return selector.ends_with('*') ? PrefixError(selector) : MethodError(selector);
  }

 private:
  std::optional<std::string> PrefixError(const std::string& selector) const {
    const std::string_view prefix(selector.data(), selector.size() - 1);
    const auto overlaps = [&](const std::string& service) {
      const std::string methods = service + ".";
      return methods.starts_with(prefix) || prefix.starts_with(methods);
    };
    if (std::ranges::any_of(apis_, overlaps)) return std::nullopt;
    for (const auto& [name, service] : services_) {
      if (overlaps(name) && !service->methods.empty()) return std::nullopt;
    }
    if (prefix.empty()) return std::nullopt;  // "*" selects all there is, be it nothing
    return NoService(prefix.substr(0, prefix.size() - 1));
  }

  std::optional<std::string> MethodError(const std::string& selector) const {
    if (services_.contains(selector)) {
      return Quoted(selector) + " is a service; write " + selector + ".* for all its methods";
    }
    const std::size_t dot = selector.rfind('.');
    if (dot == selector.npos) return Quoted(selector) + " is no pkg.Service.Method";
    const std::string name = selector.substr(0, dot);
    const auto service = services_.find(name);
    if (service == services_.end()) {
      if (apis_.contains(name)) return std::nullopt;
      return NoService(name);
    }
    std::vector<std::string> methods;
    for (const Method& method : service->second->methods) methods.push_back(method.name);
    const std::string method = selector.substr(dot + 1);
    if (std::ranges::find(methods, method) != methods.end()) return std::nullopt;
    return "service " + name + " has no method " + Quoted(method) + DidYouMean(method, methods);
  }

  std::string NoService(std::string_view name) const {
    std::vector<std::string> names;
    for (const auto& [service, _] : services_) names.push_back(service);
    return "no service " + Quoted(name) + " in this run of protoc" + DidYouMean(name, names) +
           " (one of another run is listed in the file: apis: - name: pkg.Service)";
  }

  const Services& services_;
  const std::set<std::string>& apis_;
};

}  // namespace

void ServiceConfig::Read(const std::string& file, Diagnostics& diagnostics) {
  const std::size_t before = rules_.size();
  ReadServiceConfigFile(file, rules_, apis_, diagnostics);
  for (std::size_t i = before; i < rules_.size(); ++i) {
    for (const std::string& selector : rules_[i].selectors) last_rule_[selector] = i;
  }
}

const HttpRule* ServiceConfig::Find(std::string_view method) const {
  const HttpRule* found = nullptr;
  std::size_t last = 0;
  const auto consider = [&](std::string_view selector) {
    const auto entry = last_rule_.find(selector);
    if (entry == last_rule_.end() || entry->second < last) return;
    last = entry->second;
    found = &rules_[last].rule;
  };
  // The name itself, and what may stand for it: "a.b.C", "a.b.*", "a.*", "*".
  consider(method);
  std::string pattern(method);
  for (std::size_t dot; (dot = pattern.rfind('.')) != pattern.npos; pattern.resize(dot)) {
    consider(pattern.substr(0, dot + 1) + "*");
  }
  consider("*");
  return found;
}

void ServiceConfig::CheckSelectors(const Api& api, Diagnostics& diagnostics) const {
  Services services;
  for (const auto& file : api.files) {
    for (const Service& service : file->services) services.emplace(service.full_name, &service);
  }
  const SelectorCheck check(services, apis_);
  for (const ConfigRule& rule : rules_) {
    for (const std::string& selector : rule.selectors) {
      if (const auto error = check.Error(selector)) {
        diagnostics.Error(rule.location, "selector", *error);
      }
    }
  }
}

}  // namespace protorest::plugin
