// The files of templates/, compiled into the plugin (EmbedTemplates.cmake writes the source).
#pragma once

#include <span>
#include <string_view>

namespace protorest::plugin {

struct EmbeddedTemplate {
  std::string_view name;  // "rest.pb.h.tpl"
  std::string_view text;
};

std::span<const EmbeddedTemplate> EmbeddedTemplates();

}  // namespace protorest::plugin
