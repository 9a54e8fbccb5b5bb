// Names of generated files and the C++ spelling of what libprotoc does not name for us.
#pragma once

#include <string>
#include <string_view>

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

// What a C++ member of this name is called: `name` itself, or with "_" added where it is a keyword
// of C++20 or a macro of the standard headers ("delete_", "EOF_").
std::string CppIdentifier(std::string_view name);

// `text` as the inside of a C++ string literal, escapes and all.
std::string CppEscape(std::string_view text);

}  // namespace protorest::plugin
