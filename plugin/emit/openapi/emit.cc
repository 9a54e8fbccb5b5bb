// Which documents a run writes, and where.
#include "plugin/emit/openapi/emit.h"

#include <string>
#include <utility>
#include <vector>

#include "openapi/settle.h"
#include "openapi/yaml.h"
#include "plugin/emit/names.h"
#include "plugin/emit/openapi/build.h"
#include "plugin/emit/openapi/serialize.h"

namespace protorest::plugin {
namespace {

// What a document tells of, and its file's name without ".openapi.yaml".
struct Part {
  std::string name;
  std::vector<const Service*> services;
};

// A run, or file, without services gives a document without paths, so that build rules can count on
// its files.
std::vector<Part> PartsOf(const Api& api, const Options& options) {
  std::vector<Part> parts;
  switch (options.openapi_per) {
    case OpenApiPer::kRun:
      parts.push_back({OpenApiName(api, options), openapi::GeneratedServices(api)});
      break;
    case OpenApiPer::kFile:
      for (const auto& file : api.files) {
        if (!file->generate) continue;
        Part& part = parts.emplace_back(Part{BaseName(*file), {}});
        for (const Service& service : file->services) part.services.push_back(&service);
      }
      break;
    case OpenApiPer::kService:
      for (const Service* service : openapi::GeneratedServices(api)) {
        parts.push_back({service->full_name, {service}});
      }
      break;
  }
  return parts;
}

}  // namespace

void EmitOpenApi(const Api& api, const Options& options, Diagnostics& diagnostics, Output& output) {
  if (!options.openapi) return;
  for (const Part& part : PartsOf(api, options)) {
    const openapi::Json document = openapi::DocumentOf(part.services, api, options, diagnostics);
    std::string json =
        protorest::openapi::Settle(openapi::ToText(document), options.openapi_settings);
    output.Add(part.name + ".openapi.yaml", protorest::openapi::ToYaml(json));
    output.Add(part.name + ".openapi.json", std::move(json));
  }
}

}  // namespace protorest::plugin
