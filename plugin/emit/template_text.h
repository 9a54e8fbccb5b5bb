// The text of a template taken apart: partials pasted in, lines joined, markers found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/diagnostics.h"

namespace protorest::plugin {

// A piece of a template. templates/README.md has the language.
struct TemplateToken {
  enum class Kind { kText, kValue, kOpen, kClose, kBreak } kind = Kind::kText;
  std::string text;   // the text as it is, or the marker's name
  Location location;  // of a marker: the template and the line it stands in
};

// Where templates come from.
class TemplateSource {
 public:
  virtual ~TemplateSource() = default;
  // False when there is no template of that name.
  virtual bool Read(std::string_view name, std::string& text) const = 0;
};

// The built-in templates; those of `folder` take their place where it has them ("" for none).
class BuiltInTemplates final : public TemplateSource {
 public:
  explicit BuiltInTemplates(std::string folder) : folder_(std::move(folder)) {}
  bool Read(std::string_view name, std::string& text) const override;

 private:
  std::string folder_;
};

// Template `name` with its partials. What is not of the language is reported.
std::vector<TemplateToken> ReadTemplate(std::string_view name, const TemplateSource& source,
                                        Diagnostics& diagnostics);

}  // namespace protorest::plugin
