#include "plugin/generator.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "plugin/breaking/compare.h"
#include "plugin/diagnostics.h"
#include "plugin/emit/json.h"
#include "plugin/emit/openapi/base_document.h"
#include "plugin/emit/openapi/emit.h"
#include "plugin/emit/output.h"
#include "plugin/emit/service.h"
#include "plugin/model/bindings.h"
#include "plugin/model/build.h"
#include "plugin/model/descriptor_set.h"
#include "plugin/model/service_config.h"
#include "plugin/model/validate.h"
#include "plugin/options.h"

namespace protorest::plugin {
namespace {

// Who makes what: one line per emitter.
constexpr Emit* kEmitters[] = {
    EmitServices,
    EmitJson,
    EmitOpenApi,
};

// The text that protoc prints, "--rest_out: " before it.
std::string Summary(const std::vector<std::string>& errors) {
  std::string text = errors.size() == 1 ? "1 error" : std::to_string(errors.size()) + " errors";
  for (const std::string& error : errors) text += "\n" + error;
  return text;
}

void Write(const Output& output, google::protobuf::compiler::GeneratorContext& context) {
  for (const OutputFile& file : output.files()) {
    const std::unique_ptr<google::protobuf::io::ZeroCopyOutputStream> stream(
        context.Open(file.name));
    google::protobuf::io::CodedOutputStream(stream.get()).WriteString(file.content);
  }
}

// What the changes since breaking_against= break.
void CompareWithOlder(const Api& api, const Options& options, const ServiceConfig& config,
                      Diagnostics& diagnostics) {
  if (!diagnostics.ok()) return;
  ServiceConfig old_config;
  for (const std::string& file : options.breaking_service_configs) {
    old_config.Read(file, diagnostics);
  }
  const Api old_api = ReadDescriptorSet(
      options.breaking_against, options,
      options.breaking_service_configs.empty() ? config : old_config, diagnostics);
  if (!diagnostics.ok()) return;
  breaking::FindBreakingChanges(old_api, api, options.breaking_against,
                                options.breaking == Breaking::kWarn, diagnostics);
}

}  // namespace

bool Generator::Generate(const google::protobuf::FileDescriptor* file, const std::string& parameter,
                         google::protobuf::compiler::GeneratorContext* context,
                         std::string* error) const {
  return GenerateAll({file}, parameter, context, error);
}

bool Generator::GenerateAll(const std::vector<const google::protobuf::FileDescriptor*>& files,
                            const std::string& parameter,
                            google::protobuf::compiler::GeneratorContext* context,
                            std::string* error) const {
  Diagnostics diagnostics;
  Output output;
  const Options options = ParseOptions(parameter, diagnostics);
  if (!options.templates.empty() && !std::filesystem::is_directory(options.templates)) {
    diagnostics.Error({}, "--rest_opt",
                      "templates=" + options.templates +
                          " names no folder; relative ones start where protoc is run");
  }
  ServiceConfig config;
  for (const std::string& file : options.service_configs) config.Read(file, diagnostics);
  if (diagnostics.ok()) {
    Api api = BuildApi(files, options, config);
    if (options.openapi && !options.openapi_base.empty()) {
      api.openapi_base = openapi::BaseDocument::Read(options.openapi_base, diagnostics);
    }
    config.CheckSelectors(api, diagnostics);
    ResolveBindings(api, diagnostics);
    Validate(api, diagnostics);
    if (!options.breaking_against.empty()) CompareWithOlder(api, options, config, diagnostics);
    for (Emit* emit : kEmitters) {
      if (diagnostics.ok()) emit(api, options, diagnostics, output);
    }
  }
  // The plugin protocol has no place for warnings; protoc passes our standard error on.
  for (const std::string& warning : diagnostics.warnings()) {
    std::fprintf(stderr, "%s\n", warning.c_str());
  }
  if (diagnostics.ok()) {
    Write(output, *context);
  } else {
    *error = Summary(diagnostics.errors());
  }
  return diagnostics.ok();
}

}  // namespace protorest::plugin
