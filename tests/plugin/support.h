// What the plugin's tests share: .proto texts from memory to descriptors, a model, or generated
// files.
#pragma once

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/zero_copy_stream.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin::test {

using Texts = std::map<std::string, std::string>;  // file name → content

// Parses .proto files as protoc does, with locations and comments. google/api and google/protobuf
// are there to import. A text that does not parse fails the test.
class Protos : private google::protobuf::compiler::SourceTree,
               private google::protobuf::compiler::MultiFileErrorCollector {
 public:
  explicit Protos(Texts texts);

  // The descriptors of the named files.
  std::vector<const google::protobuf::FileDescriptor*> Files(const std::vector<std::string>& names);

 private:
  google::protobuf::io::ZeroCopyInputStream* Open(const std::string& name) override;
  void AddError(const std::string& file, int line, int column, const std::string& text) override;

  Texts texts_;
  google::protobuf::compiler::Importer importer_{this, this};
};

// A run's outcome: files by name, or the error.
struct Generated {
  Texts files;
  std::string error;
};

Generated Generate(const Texts& texts, const std::vector<std::string>& names,
                   const std::string& parameter = "");

// The model of "test.proto" with this text.
Api Build(const std::string& text, const Options& options = {});

// What resolving and validating "test.proto" reports.
Diagnostics Check(const std::string& text, const Options& options = {});

// The text of a proto3 file of package test with these declarations; it imports google/api.
std::string Proto3(std::string_view declarations);

const Message& FindMessage(const Api& api, std::string_view full_name);

}  // namespace protorest::plugin::test
