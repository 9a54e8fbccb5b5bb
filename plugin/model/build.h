// Descriptors and options → the model. The only part of the plugin that reads descriptors.
#pragma once

#include <vector>

#include "plugin/model/model.h"
#include "plugin/model/service_config.h"
#include "plugin/options.h"

namespace google::protobuf {
class FileDescriptor;
}

namespace protorest::plugin {

// The model of `files`, which are to be generated, and of all that they import. Bindings are taken
// over as written, in `config` or else in the options, with rule P30 applied; ResolveBindings
// (model/bindings.h) does the rest.
Api BuildApi(const std::vector<const google::protobuf::FileDescriptor*>& files,
             const Options& options, const ServiceConfig& config = {});

}  // namespace protorest::plugin
