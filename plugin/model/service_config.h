// google.api.Service files in YAML: google.api.http rules that stand outside the .proto.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/model/http_rule.h"
#include "plugin/model/model.h"

namespace protorest::plugin {

// One entry of http.rules.
struct ConfigRule {
  Location location;                   // of the selector
  std::vector<std::string> selectors;  // "pkg.Service.Method", "pkg.Service.*", "*"
  HttpRule rule;
};

// What the service-config files of a run say, in the order in which they were given.
class ServiceConfig {
 public:
  // Adds the rules of a file to those before; reports what is not such a file.
  void Read(const std::string& file, Diagnostics& diagnostics);

  // The rule for a method by its full name: of those that select it the last one, as
  // google.api.Http says; nullptr when none does.
  const HttpRule* Find(std::string_view method) const;

  // Reports selectors of what is neither in the run nor in a service that the files list as apis.
  void CheckSelectors(const Api& api, Diagnostics& diagnostics) const;

 private:
  std::vector<ConfigRule> rules_;
  std::set<std::string> apis_;                                 // full names of services
  std::map<std::string, std::size_t, std::less<>> last_rule_;  // by selector: index into rules_
};

}  // namespace protorest::plugin
