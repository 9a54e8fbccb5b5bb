// Runs the same steps as the generator: libprotoc's importer, the model, its validation, the
// document.
#include "tests/plugin/openapi_support.h"

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/emit/openapi/build.h"
#include "plugin/emit/openapi/serialize.h"
#include "plugin/model/bindings.h"
#include "plugin/model/build.h"
#include "plugin/model/validate.h"

namespace protorest::plugin {
namespace {

namespace compiler = google::protobuf::compiler;

// The test's files first, then the project's proto/ folder and libprotobuf's own.
class Sources final : public compiler::SourceTree {
 public:
  explicit Sources(const std::map<std::string, std::string>& files) : files_(files) {
    disk_.MapPath("", PROTOREST_PROTO_DIR);
    disk_.MapPath("", PROTOBUF_PROTO_DIR);
  }

  google::protobuf::io::ZeroCopyInputStream* Open(const std::string& name) override {
    const auto found = files_.find(name);
    if (found == files_.end()) return disk_.Open(name);
    return new google::protobuf::io::ArrayInputStream(found->second.data(),
                                                      static_cast<int>(found->second.size()));
  }

 private:
  const std::map<std::string, std::string>& files_;
  compiler::DiskSourceTree disk_;
};

class Errors final : public compiler::MultiFileErrorCollector {
 public:
  void AddError(const std::string& file, int line, int, const std::string& message) override {
    ADD_FAILURE() << file << ":" << line + 1 << ": " << message;
  }
};

}  // namespace

Json DocumentOfFiles(const std::map<std::string, std::string>& files) {
  Sources sources(files);
  Errors errors;
  compiler::Importer importer(&sources, &errors);
  std::vector<const google::protobuf::FileDescriptor*> descriptors;
  for (const auto& [name, text] : files) {
    const auto* descriptor = importer.Import(name);
    if (descriptor == nullptr) return nullptr;
    descriptors.push_back(descriptor);
  }
  Diagnostics diagnostics;
  Api api = BuildApi(descriptors, Options());
  ResolveBindings(api, diagnostics);
  Validate(api, diagnostics);
  for (const std::string& error : diagnostics.errors()) ADD_FAILURE() << error;
  if (!diagnostics.ok()) return nullptr;
  return Json::parse(openapi::ToJson(openapi::DocumentOf(api)));
}

Json DocumentOf(const std::string& body) {
  std::string text = "syntax = \"proto3\";\npackage t.v1;\n";
  for (const char* import :
       {"google/api/annotations", "google/api/field_behavior", "google/api/httpbody",
        "google/protobuf/any", "google/protobuf/duration", "google/protobuf/empty",
        "google/protobuf/field_mask", "google/protobuf/struct", "google/protobuf/timestamp",
        "google/protobuf/wrappers"}) {
    text += "import \"" + std::string(import) + ".proto\";\n";
  }
  return DocumentOfFiles({{"test.proto", text + body}});
}

Json SchemaOfField(const std::string& field, const std::string& more) {
  const Json document = DocumentOf("service S { rpc Get(M) returns (M); }\n" + more +
                                   "\nmessage M {\n" + field + "\n}\n");
  const Json properties = document.at("components").at("schemas").at("t.v1.M").at("properties");
  EXPECT_EQ(properties.size(), 1u);
  return properties.front();
}

}  // namespace protorest::plugin
