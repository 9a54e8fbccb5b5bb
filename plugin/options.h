// The parameters of the plugin (--rest_opt=a=b,c=d), from one table that also prints the help.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "openapi/settle.h"
#include "plugin/diagnostics.h"

namespace protorest::plugin {

// What becomes of a method without a google.api.http rule (rule P30).
enum class Unbound { kPost, kSkip };

enum class OpenApiVersion { k3_0, k3_1, k3_2 };

// How many documents a run writes.
enum class OpenApiPer { kRun, kFile, kService };

// What becomes of changes that break clients of an older version.
enum class Breaking { kError, kWarn };

struct Options {
  bool grpc = true;     // the proxy over a grpc::Channel in .rest.pb.h
  bool json = true;     // .json.pb.h/.cc
  bool rest = true;     // .rest.pb.h/.cc
  bool openapi = true;  // OpenAPI documents, as files and in the code
  OpenApiVersion openapi_version = OpenApiVersion::k3_1;
  OpenApiPer openapi_per = OpenApiPer::kRun;
  std::string openapi_name;  // base of the run's document; "": see OpenApiName in emit/names.h
  std::string openapi_base;  // a document by hand that those of the run begin with
  std::string operation_id = "{Service}_{Method}";
  bool openapi_media = false;                     // the binary and form types of bodies too
  protorest::openapi::Settings openapi_settings;  // of the documents in files
  std::vector<std::string> visibility;            // labels of google.api.visibility to show
  Unbound unbound = Unbound::kPost;
  std::vector<std::string> service_configs;  // YAML files with rules, in the order given
  std::string breaking_against;              // a FileDescriptorSet of the older version; "": none
  std::optional<Breaking> breaking;          // nullopt: not given, which means errors
  std::vector<std::string> breaking_service_configs;  // those of the older version
  std::string templates;  // folder whose files take the place of the built-in templates
};

// Reads the comma-separated parameter of the plugin; reports what it does not understand.
Options ParseOptions(std::string_view parameter, Diagnostics& diagnostics);

// The table of parameters as text, for --help.
std::string DescribeOptions();

}  // namespace protorest::plugin
