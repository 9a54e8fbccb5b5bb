# cmake -DOUTPUT=x.cc -DTEMPLATES=a.tpl,b.tpl -P EmbedTemplates.cmake: the templates as a C++ source.
string(REPLACE "," ";" TEMPLATES "${TEMPLATES}")
set(source "// Made by EmbedTemplates.cmake. Do not edit.
#include \"plugin/emit/embedded_templates.h\"

namespace protorest::plugin {

std::span<const EmbeddedTemplate> EmbeddedTemplates() {
  static constexpr EmbeddedTemplate kTemplates[] = {
")
foreach(template IN LISTS TEMPLATES)
  get_filename_component(name "${template}" NAME)
  file(READ "${template}" text)
  string(APPEND source "      {\"${name}\", R\"template(${text})template\"},\n")
endforeach()
string(APPEND source "  };
  return kTemplates;
}

}  // namespace protorest::plugin
")
file(WRITE "${OUTPUT}" "${source}")
