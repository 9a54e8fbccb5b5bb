#include "tests/plugin/support.h"

#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "plugin/generator.h"
#include "plugin/model/bindings.h"
#include "plugin/model/build.h"
#include "plugin/model/validate.h"

namespace protorest::plugin::test {
namespace {

namespace pb = google::protobuf;

// Files in memory, in the place of the output folder.
class MemoryContext final : public pb::compiler::GeneratorContext {
 public:
  explicit MemoryContext(Texts& files) : files_(files) {}
  pb::io::ZeroCopyOutputStream* Open(const std::string& name) override {
    return new pb::io::StringOutputStream(&files_[name]);
  }

 private:
  Texts& files_;
};

}  // namespace

Protos::Protos(Texts texts) : texts_(std::move(texts)) {}

std::vector<const pb::FileDescriptor*> Protos::Files(const std::vector<std::string>& names) {
  std::vector<const pb::FileDescriptor*> files;
  for (const std::string& name : names) {
    files.push_back(importer_.Import(name));
    if (files.back() == nullptr) throw std::runtime_error(name + " does not parse");
  }
  return files;
}

pb::io::ZeroCopyInputStream* Protos::Open(const std::string& name) {
  auto text = texts_.find(name);
  for (const char* folder :
       {PROTOREST_PROTO_DIR, PROTOREST_PROTOBUF_DIR, PROTOREST_SUPPORT_DIR "/validate",
        PROTOREST_SUPPORT_DIR "/google_options", PROTOREST_SUPPORT_DIR "/openapi_options"}) {
    if (text != texts_.end()) break;
    if (std::ifstream file(std::string(folder) + "/" + name); file) {
      text = texts_.emplace(name, std::string(std::istreambuf_iterator<char>(file), {})).first;
    }
  }
  if (text == texts_.end()) return nullptr;
  return new pb::io::ArrayInputStream(text->second.data(), static_cast<int>(text->second.size()));
}

void Protos::AddError(const std::string& file, int line, int column, const std::string& text) {
  ADD_FAILURE() << file << ":" << line + 1 << ":" << column + 1 << ": " << text;
}

Generated Generate(const Texts& texts, const std::vector<std::string>& names,
                   const std::string& parameter) {
  Protos protos(texts);
  Generated result;
  MemoryContext context(result.files);
  Generator().GenerateAll(protos.Files(names), parameter, &context, &result.error);
  return result;
}

Api Build(const std::string& text, const Options& options) {
  Protos protos({{"test.proto", text}});
  return BuildApi(protos.Files({"test.proto"}), options);
}

Diagnostics Check(const std::string& text, const Options& options) {
  Api api = Build(text, options);
  Diagnostics diagnostics;
  ResolveBindings(api, diagnostics);
  Validate(api, diagnostics);
  return diagnostics;
}

std::string Proto3(std::string_view declarations) {
  return "syntax = \"proto3\";\npackage test;\nimport \"google/api/annotations.proto\";\n" +
         std::string(declarations);
}

const Message& FindMessage(const Api& api, std::string_view full_name) {
  for (const auto& file : api.files) {
    for (const auto& message : file->messages) {
      if (message->full_name == full_name) return *message;
    }
  }
  throw std::runtime_error("no message " + std::string(full_name));
}

}  // namespace protorest::plugin::test
