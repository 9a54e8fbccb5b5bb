#include "plugin/emit/openapi/emit.h"

#include <string>

#include "openapi/error_format.h"
#include "openapi/yaml.h"
#include "plugin/emit/names.h"
#include "plugin/emit/openapi/build.h"
#include "plugin/emit/openapi/serialize.h"

namespace protorest::plugin {

// A run without services gives a document without paths, so that build rules can count on its
// files.
void EmitOpenApi(const Api& api, const Options& options, Diagnostics&, Output& output) {
  if (!options.openapi) return;
  const std::string base = OpenApiName(api, options) + ".openapi.";
  std::string json = protorest::openapi::WithErrorFormat(openapi::ToJson(openapi::DocumentOf(api)),
                                                         options.error_format);
  output.Add(base + "yaml", protorest::openapi::ToYaml(json));
  output.Add(base + "json", std::move(json));
}

}  // namespace protorest::plugin
