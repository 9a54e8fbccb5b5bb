// The .proto files of an older version, from a file.
#pragma once

#include <string>

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"
#include "plugin/model/service_config.h"
#include "plugin/options.h"

namespace protorest::plugin {

// The model of a google.protobuf.FileDescriptorSet: of what protoc --descriptor_set_out or buf
// build has written to `path`. All of its files are there, as if this run generated them, with
// their bindings resolved. What is wrong with the file, and how to make one, goes to `diagnostics`.
Api ReadDescriptorSet(const std::string& path, const Options& options, const ServiceConfig& config,
                      Diagnostics& diagnostics);

}  // namespace protorest::plugin
