// Diagnostics: what the plugin has to say about the .proto files, collected and told all at once.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/model/model.h"

namespace protorest::plugin {

// Collects errors and warnings in the form that editors can jump to:
//   users.proto:14:7: GetUser: path variable "idd" is not a field of GetUserRequest; did you mean
//   "id"?
class Diagnostics {
 public:
  // `subject` is the short name of what is at fault (a method, a message); may be empty. What has
  // been said before is not said again.
  void Error(const Location& location, std::string_view subject, std::string_view text);
  void Warning(const Location& location, std::string_view subject, std::string_view text);

  bool ok() const { return errors_.empty(); }
  const std::vector<std::string>& errors() const { return errors_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::vector<std::string> errors_;
  std::vector<std::string> warnings_;
};

// "users.proto:14:7"; the file alone where the line is not known.
std::string ToText(const Location& location);

// The candidate that `word` was probably meant to be, or "" when none is near.
std::string Nearest(std::string_view word, std::span<const std::string> candidates);

// `; did you mean "id"?` when a candidate is near, else "".
std::string DidYouMean(std::string_view word, std::span<const std::string> candidates);

}  // namespace protorest::plugin
