// Runs the same steps as the generator: the model, its validation, the document.
#include "tests/plugin/emit/openapi/document_of.h"

#include <gtest/gtest.h>

#include <vector>

#include "openapi/settle.h"
#include "plugin/diagnostics.h"
#include "plugin/emit/openapi/build.h"
#include "plugin/emit/openapi/serialize.h"
#include "plugin/model/bindings.h"
#include "plugin/model/build.h"
#include "plugin/model/validate.h"
#include "tests/plugin/support.h"

namespace protorest::plugin {

Told TellOfFiles(const std::map<std::string, std::string>& files, const Options& options) {
  test::Protos protos(files);
  std::vector<std::string> names;
  for (const auto& [name, text] : files) names.push_back(name);
  Diagnostics diagnostics;
  Api api = BuildApi(protos.Files(names), options);
  ResolveBindings(api, diagnostics);
  Validate(api, diagnostics);
  for (const std::string& error : diagnostics.errors()) ADD_FAILURE() << error;
  if (!diagnostics.ok()) return {};
  const Json document =
      openapi::DocumentOf(openapi::GeneratedServices(api), api, options, diagnostics);
  return {
      Json::parse(protorest::openapi::Settle(openapi::ToText(document), options.openapi_settings)),
      diagnostics.warnings()};
}

Json DocumentOfFiles(const std::map<std::string, std::string>& files, const Options& options) {
  return TellOfFiles(files, options).document;
}

Json DocumentOf(const std::string& body, const Options& options) {
  std::string text = "syntax = \"proto3\";\npackage t.v1;\n";
  for (const char* import :
       {"google/api/annotations", "google/api/field_behavior", "google/api/httpbody",
        "google/protobuf/any", "google/protobuf/duration", "google/protobuf/empty",
        "google/protobuf/field_mask", "google/protobuf/struct", "google/protobuf/timestamp",
        "google/protobuf/wrappers", "protorest/openapi", "protorest/options"}) {
    text += "import \"" + std::string(import) + ".proto\";\n";
  }
  return DocumentOfFiles({{"test.proto", text + body}}, options);
}

Json SchemaOfField(const std::string& field, const Options& options) {
  const Json document =
      DocumentOf("service S { rpc Get(M) returns (M); }\nmessage M {\n" + field + "\n}\n", options);
  const Json properties = document.at("components").at("schemas").at("t.v1.M").at("properties");
  EXPECT_EQ(properties.size(), 1u);
  return properties.front();
}

Json Ref(const std::string& name) { return {{"$ref", "#/components/schemas/t.v1." + name}}; }

Json OperationOf(const std::string& method, const std::string& messages) {
  const Json document = DocumentOf("service S {\n" + method + "\n}\n" + messages);
  EXPECT_EQ(document.at("paths").size(), 1u);
  return document.at("paths").front().front();
}

}  // namespace protorest::plugin
