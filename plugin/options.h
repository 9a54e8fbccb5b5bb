// The parameters of the plugin (--rest_opt=a=b,c=d), from one table that also prints the help.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/diagnostics.h"
#include "protorest/errors.h"

namespace protorest::plugin {

// What becomes of a method without a google.api.http rule (rule P30).
enum class Unbound { kPost, kSkip };

struct Options {
  bool grpc = true;          // the proxy over a grpc::Channel in .rest.pb.h
  bool json = true;          // .json.pb.h/.cc
  bool rest = true;          // .rest.pb.h/.cc
  bool openapi = true;       // OpenAPI documents, as files and in the code
  std::string openapi_name;  // base of the run's document; "": see OpenApiName in emit/names.h
  ErrorFormat error_format = ErrorFormat::kStatus;  // of error bodies in the run's document
  Unbound unbound = Unbound::kPost;
  std::vector<std::string> service_configs;  // YAML files with rules, in the order given
  std::string templates;  // folder whose files take the place of the built-in templates
};

// Reads the comma-separated parameter of the plugin; reports what it does not understand.
Options ParseOptions(std::string_view parameter, Diagnostics& diagnostics);

// The table of parameters as text, for --help.
std::string DescribeOptions();

}  // namespace protorest::plugin
