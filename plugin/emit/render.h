// A template and a view make the text of a file.
#pragma once

#include <string>
#include <string_view>

#include "plugin/diagnostics.h"
#include "plugin/emit/template_text.h"
#include "plugin/emit/view.h"

namespace protorest::plugin {

// Template `name` filled with `view`. A marker that the view does not know is reported, with the
// template and the line; the result is then of no use.
std::string Render(std::string_view name, const View& view, const TemplateSource& source,
                   Diagnostics& diagnostics);

// Generated code has lines of at most so many columns where it has breaks to choose from.
inline constexpr std::size_t kColumns = 100;

// Where a line may be broken ({{BR}}); stands in no other text.
inline constexpr char kBreak = '\x1f';

// Breaks the lines of `text` that are too long at their kBreaks, four columns further in than they
// begin, and removes the others.
std::string BreakLines(std::string_view text);

}  // namespace protorest::plugin
