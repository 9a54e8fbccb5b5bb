#include "plugin/breaking/report.h"

namespace protorest::plugin::breaking {

void Report::Add(Rule rule, const Location& location, std::string_view subject,
                 const std::string& what, const OldPlace& old_place, const std::string& mend) {
  std::string text(InfoOf(rule).name);
  text += ": " + what + " (" + old_set_ + ": " + ToText(old_place.location);
  if (old_place.location.line == 0) text += ", " + old_place.full_name;
  text += "); " + mend;
  if (warn_) {
    diagnostics_.Warning(location, subject, text);
  } else {
    diagnostics_.Error(location, subject, text);
  }
}

std::string WithoutPackage(std::string_view full_name, const File& file) {
  if (!file.package.empty() && full_name.starts_with(file.package + ".")) {
    full_name.remove_prefix(file.package.size() + 1);
  }
  return std::string(full_name);
}

}  // namespace protorest::plugin::breaking
