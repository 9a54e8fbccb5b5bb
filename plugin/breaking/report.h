// How breaking changes are told: both places, the rule, and the mend.
#pragma once

#include <string>
#include <string_view>

#include "plugin/breaking/rules.h"
#include "plugin/diagnostics.h"
#include "plugin/model/model.h"

namespace protorest::plugin::breaking {

// Something of the old files: where it stands, as far as they know, and its full name.
struct OldPlace {
  Location location;
  std::string full_name;
};

class Report {
 public:
  // `old_set` is the name of the set; breaks are warnings or errors.
  Report(std::string_view old_set, bool warn, Diagnostics& diagnostics)
      : old_set_(old_set), warn_(warn), diagnostics_(diagnostics) {}

  // One change: `location` is where it stands now, or what is left around it; `subject` is what it
  // is about ("User.email"); `what` says what it is and was; `mend` what to write instead.
  void Add(Rule rule, const Location& location, std::string_view subject, const std::string& what,
           const OldPlace& old_place, const std::string& mend);

 private:
  std::string old_set_;
  bool warn_;
  Diagnostics& diagnostics_;
};

// "User.email" of "users.v1.User.email": what a full name is called within its package.
std::string WithoutPackage(std::string_view full_name, const File& file);

}  // namespace protorest::plugin::breaking
