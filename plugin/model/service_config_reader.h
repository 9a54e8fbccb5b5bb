// The YAML of a google.api.Service file, read and checked key by key.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/model/service_config.h"

namespace protorest::plugin {

// Appends what `file` holds: its http.rules in order, and the services that it lists as apis. What
// is wrong is reported with the file's line and column.
void ReadServiceConfigFile(const std::string& file, std::vector<ConfigRule>& rules,
                           std::set<std::string>& apis, Diagnostics& diagnostics);

}  // namespace protorest::plugin
