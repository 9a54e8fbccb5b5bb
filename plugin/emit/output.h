// The seam between the model and what is made of it: an emitter reads the model and adds files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin {

struct OutputFile {
  std::string name;  // relative to the output folder, with slashes: "users/v1/users.rest.pb.h"
  std::string content;
};

// The files of one run, in the order in which they were added.
class Output {
 public:
  void Add(std::string name, std::string content) {
    files_.push_back({std::move(name), std::move(content)});
  }
  const std::vector<OutputFile>& files() const { return files_; }

 private:
  std::vector<OutputFile> files_;
};

// Emits for the files of `api` that are to be generated (File::generate). The model has passed
// validation; what can still go wrong (a user's own template) goes to `diagnostics`.
// Same model, same bytes.
using Emit = void(const Api& api, const Options& options, Diagnostics& diagnostics, Output& output);

}  // namespace protorest::plugin
