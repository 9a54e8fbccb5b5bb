#include "protorest/headers.h"

#include <algorithm>

namespace protorest {
namespace {

bool Names(const std::vector<std::string>& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(), [name](std::string_view pattern) {
    if (!pattern.ends_with('*')) return pattern == name;
    pattern.remove_suffix(1);
    return name.starts_with(pattern);
  });
}

}  // namespace

bool HeaderRules::Passes(std::string_view name) const {
  return !Names(deny, name) && Names(allow, name);
}

}  // namespace protorest
