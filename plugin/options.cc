#include "plugin/options.h"

#include <google/protobuf/compiler/code_generator.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace protorest::plugin {
namespace {

// One parameter: how it is written, what it is for, and how its value is stored.
struct Parameter {
  std::string_view name;
  std::string_view values;    // as shown by --help and by the error for any other value
  std::string_view fallback;  // the default, for --help
  std::string_view help;
  bool (*set)(Options& options, const std::string& value);  // false: no value of this parameter
};

template <bool Options::*member>
bool SetBool(Options& options, const std::string& value) {
  // Protoc users write `grpc` for `grpc=true`.
  if (value != "true" && value != "false" && !value.empty()) return false;
  options.*member = value != "false";
  return true;
}

template <std::string Options::*member>
bool SetText(Options& options, const std::string& value) {
  if (value.empty()) return false;
  options.*member = value;
  return true;
}

// A parameter that may be given several times.
template <std::vector<std::string> Options::*member>
bool AddText(Options& options, const std::string& value) {
  if (value.empty()) return false;
  (options.*member).push_back(value);
  return true;
}

// Sets `member` to what the value stands for.
template <class T, std::size_t size>
bool SetOneOf(const std::pair<std::string_view, T> (&values)[size], const std::string& value,
              T& member) {
  for (const auto& [name, meaning] : values) {
    if (name != value) continue;
    member = meaning;
    return true;
  }
  return false;
}

bool SetUnbound(Options& options, const std::string& value) {
  return SetOneOf<Unbound>({{"post", Unbound::kPost}, {"skip", Unbound::kSkip}}, value,
                           options.unbound);
}

bool SetErrorFormat(Options& options, const std::string& value) {
  return SetOneOf<ErrorFormat>({{"status", ErrorFormat::kStatus},
                                {"aip193", ErrorFormat::kAip193},
                                {"problem", ErrorFormat::kProblem}},
                               value, options.openapi_settings.errors);
}

// Whether there are documents, and of which version.
bool SetOpenApi(Options& options, const std::string& value) {
  if (SetBool<&Options::openapi>(options, value)) return true;
  options.openapi = true;
  return SetOneOf<OpenApiVersion>(
      {{"3.0", OpenApiVersion::k3_0}, {"3.1", OpenApiVersion::k3_1}, {"3.2", OpenApiVersion::k3_2}},
      value, options.openapi_version);
}

bool SetOpenApiPer(Options& options, const std::string& value) {
  return SetOneOf<OpenApiPer>(
      {{"run", OpenApiPer::kRun}, {"file", OpenApiPer::kFile}, {"service", OpenApiPer::kService}},
      value, options.openapi_per);
}

bool SetOperationId(Options& options, const std::string& value) {
  if (value.find("{method}") == value.npos && value.find("{Method}") == value.npos) return false;
  std::string rest = value;
  for (const std::string_view name :
       {"{Service}", "{Method}", "{service}", "{method}", "{package}"}) {
    for (std::size_t at; (at = rest.find(name)) != rest.npos;) rest.erase(at, name.size());
  }
  if (rest.find_first_of("{}") != rest.npos) return false;  // a name that nothing has
  options.operation_id = value;
  return true;
}

bool SetOpenApiMedia(Options& options, const std::string& value) {
  return SetOneOf<bool>({{"json", false}, {"all", true}}, value, options.openapi_media);
}

bool SetJsonNames(Options& options, const std::string& value) {
  return SetOneOf<bool>({{"json", false}, {"proto", true}}, value,
                        options.openapi_settings.json.proto_names);
}

bool SetJsonEnums(Options& options, const std::string& value) {
  return SetOneOf<bool>({{"name", false}, {"number", true}}, value,
                        options.openapi_settings.json.enum_numbers);
}

bool SetJsonInt64(Options& options, const std::string& value) {
  return SetOneOf<bool>({{"string", false}, {"number", true}}, value,
                        options.openapi_settings.json.int64_numbers);
}

// "PREVIEW:INTERNAL"
bool AddVisibility(Options& options, const std::string& value) {
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(':', begin), value.size());
    if (end == begin) return false;
    options.visibility.push_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return true;
}

bool SetBreaking(Options& options, const std::string& value) {
  Breaking breaking = Breaking::kError;
  const bool known =
      SetOneOf<Breaking>({{"error", Breaking::kError}, {"warn", Breaking::kWarn}}, value, breaking);
  if (known) options.breaking = breaking;
  return known;
}

constexpr Parameter kParameters[] = {
    {"grpc", "true|false", "true", "generate the proxy over a grpc::Channel",
     SetBool<&Options::grpc>},
    {"json", "true|false", "true", "generate the JSON mapping (.json.pb.h/.cc)",
     SetBool<&Options::json>},
    {"rest", "true|false", "true", "generate the handlers (.rest.pb.h/.cc)",
     SetBool<&Options::rest>},
    {"openapi", "3.0|3.1|3.2|true|false", "3.1",
     "generate OpenAPI documents, of which version; false: none", SetOpenApi},
    {"openapi_out", "NAME", "the only file's name, else api",
     "name of the run's OpenAPI document: NAME.openapi.yaml and .json",
     SetText<&Options::openapi_name>},
    {"openapi_per", "run|file|service", "run",
     "one document for the run, or one for each .proto or each service", SetOpenApiPer},
    {"openapi_base", "FILE", "none",
     "what every document begins with, by hand: info, servers, tags, security, …; YAML or JSON",
     SetText<&Options::openapi_base>},
    {"operation_id", "PATTERN", "{Service}_{Method}",
     "operationIds, of {Service}, {Method}, {service}, {method} (a small letter first), {package}",
     SetOperationId},
    {"openapi_media", "json|all", "json",
     "types of request and response bodies that documents list: all adds protobuf and forms",
     SetOpenApiMedia},
    {"visibility", "LABEL:LABEL", "none",
     "labels whose google.api.visibility restrictions documents show; all else restricted is "
     "hidden",
     AddVisibility},
    {"error_format", "status|aip193|problem", "status",
     "form of error bodies in the files; a server's own document goes by its options",
     SetErrorFormat},
    {"json_names", "json|proto", "json",
     "names of fields in the files: userId, or user_id for ServerOptions::json.proto_field_names",
     SetJsonNames},
    {"json_enums", "name|number", "name",
     "enums in the files; number is for ServerOptions::json.enums_as_numbers", SetJsonEnums},
    {"json_int64", "string|number", "string",
     "64-bit integers in the files; number is for ServerOptions::json.int64_as_numbers",
     SetJsonInt64},
    {"unbound", "post|skip", "post",
     "methods without google.api.http: POST /package.Service/Method, or no REST", SetUnbound},
    {"service_config", "FILE", "none",
     "google.api.http rules from a YAML file; of several files the last one wins",
     AddText<&Options::service_configs>},
    {"breaking_against", "FILE", "none",
     "a FileDescriptorSet of an older version: what breaks its clients is an error "
     "(--breaking-rules lists it)",
     SetText<&Options::breaking_against>},
    {"breaking", "error|warn", "error", "how that is reported", SetBreaking},
    {"breaking_service_config", "FILE", "those of service_config",
     "the service_config= of that older version", AddText<&Options::breaking_service_configs>},
    {"templates", "DIR", "built in", "take templates from DIR where it has them",
     SetText<&Options::templates>},
};

std::vector<std::string> ParameterNames() {
  std::vector<std::string> names;
  for (const Parameter& parameter : kParameters) names.emplace_back(parameter.name);
  return names;
}

const Parameter* Find(std::string_view name) {
  for (const Parameter& parameter : kParameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

void Pad(std::string& text, std::size_t column) {
  if (text.size() < column) text.append(column - text.size(), ' ');
}

}  // namespace

Options ParseOptions(std::string_view text, Diagnostics& diagnostics) {
  Options options;
  std::vector<std::pair<std::string, std::string>> pairs;
  google::protobuf::compiler::ParseGeneratorParameter(std::string(text), &pairs);
  for (const auto& [name, value] : pairs) {
    const Parameter* parameter = Find(name);
    if (parameter == nullptr) {
      diagnostics.Error({}, "--rest_opt",
                        "unknown parameter \"" + name + "\"" + DidYouMean(name, ParameterNames()) +
                            " (protoc-gen-rest --help lists them)");
    } else if (!parameter->set(options, value)) {
      std::string error = "\"" + value + "\" is no value of \"";
      error.append(name).append("\"; write ").append(name).append("=").append(parameter->values);
      diagnostics.Error({}, "--rest_opt", error);
    }
  }
  if ((options.breaking || !options.breaking_service_configs.empty()) &&
      options.breaking_against.empty()) {
    diagnostics.Error({}, "--rest_opt",
                      std::string(options.breaking ? "breaking" : "breaking_service_config") +
                          " means nothing without an older version; write breaking_against=FILE "
                          "too");
  }
  return options;
}

std::string DescribeOptions() {
  std::string text = "Parameters, given to protoc as --rest_opt=NAME=VALUE,NAME=VALUE:\n";
  for (const Parameter& parameter : kParameters) {
    std::string line = "  " + std::string(parameter.name) + "=" + std::string(parameter.values);
    Pad(line, 24);
    text += line + " " + std::string(parameter.help) +
            " (default: " + std::string(parameter.fallback) + ")\n";
  }
  return text;
}

}  // namespace protorest::plugin
