#include "plugin/options.h"

#include <google/protobuf/compiler/code_generator.h>

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

bool SetUnbound(Options& options, const std::string& value) {
  if (value != "post" && value != "skip") return false;
  options.unbound = value == "post" ? Unbound::kPost : Unbound::kSkip;
  return true;
}

bool SetErrorFormat(Options& options, const std::string& value) {
  if (value != "status" && value != "aip193" && value != "problem") return false;
  options.error_format = value == "status"   ? ErrorFormat::kStatus
                         : value == "aip193" ? ErrorFormat::kAip193
                                             : ErrorFormat::kProblem;
  return true;
}

constexpr Parameter kParameters[] = {
    {"grpc", "true|false", "true", "generate the proxy over a grpc::Channel",
     SetBool<&Options::grpc>},
    {"json", "true|false", "true", "generate the JSON mapping (.json.pb.h/.cc)",
     SetBool<&Options::json>},
    {"rest", "true|false", "true", "generate the handlers (.rest.pb.h/.cc)",
     SetBool<&Options::rest>},
    {"openapi", "true|false", "true", "generate OpenAPI documents", SetBool<&Options::openapi>},
    {"openapi_out", "NAME", "the only file's name, else api",
     "name of the run's OpenAPI document: NAME.openapi.yaml and .json",
     SetText<&Options::openapi_name>},
    {"error_format", "status|aip193|problem", "status",
     "form of error bodies in that document; a server's own document goes by its options",
     SetErrorFormat},
    {"unbound", "post|skip", "post",
     "methods without google.api.http: POST /package.Service/Method, or no REST", SetUnbound},
    {"service_config", "FILE", "none",
     "google.api.http rules from a YAML file; of several files the last one wins",
     AddText<&Options::service_configs>},
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
