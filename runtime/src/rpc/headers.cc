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

void LowerInPlace(std::string& name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
}

}  // namespace

bool HeaderRules::Allows(std::string_view name) const { return Names(allow, name); }

bool HeaderRules::Denies(std::string_view name) const { return Names(deny, name); }

HeaderRules HeaderRules::Lower() const {
  HeaderRules lower = *this;
  for (std::string& name : lower.allow) LowerInPlace(name);
  for (std::string& name : lower.deny) LowerInPlace(name);
  LowerInPlace(lower.prefix);
  return lower;
}

}  // namespace protorest
