// Names of generated files.
#pragma once

#include <string>

#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin {

// "users/v1/users" of "users/v1/users.proto": what all generated files of a .proto begin with.
std::string BaseName(const File& file);

// The base of the run's OpenAPI document ("api" of api.openapi.yaml): what the options say, else
// the only generated file's, else "api".
std::string OpenApiName(const Api& api, const Options& options);

// "users_2fv1_2fusers_2eproto": the path of a .proto as part of a C++ name, as protoc spells it
// too.
std::string FileIdentifier(const File& file);

}  // namespace protorest::plugin
