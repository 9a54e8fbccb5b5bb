// One dialect after the other, from the weakest word to the strongest.
#include "plugin/model/annotations.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "plugin/model/annotation_dialects.h"
#include "plugin/model/annotation_google.h"

namespace protorest::plugin {
namespace {

using Json = nlohmann::ordered_json;

struct Dialect {
  int number;  // of its extension, the same for all kinds of options
  const char* package;
  Json (*translate)(Annotated, Json);
};
constexpr Dialect kDialects[] = {
    {1042, "grpc.gateway.protoc_gen_swagger.options", FromGrpcGateway},  // of version 1
    {1042, "grpc.gateway.protoc_gen_openapiv2.options", FromGrpcGateway},
    {1143, "openapi.v3", FromGnostic},
    {57601, "protorest.openapi", FromProtorest},
};

// Members that are data, which is never merged.
bool IsData(const std::string& name) {
  return name == "example" || name == "default" || name.starts_with("x-");
}

void Merge(const Json& stronger, Json& members) {
  for (const auto& [name, value] : stronger.items()) {
    const auto own = members.find(name);
    if (own != members.end() && own->is_object() && value.is_object() && !IsData(name)) {
      Merge(value, *own);
    } else {
      members[name] = value;
    }
  }
}

// Swagger and OpenAPI 3.0 have lists of required fields, also where the schema is that of a field.
void SettleRequired(Json& field) {
  if (const auto required = field.find("required"); required != field.end()) {
    if (required->is_array()) *required = !required->empty();
  }
}

}  // namespace

bool AnnotationReader::Read(Annotated kind, const google::protobuf::Message& options,
                            const std::string& type, Annotation& annotation, int* number) {
  *number = ReadGoogleOptions(kind, options, labels_, annotation);
  for (const Dialect& dialect : kDialects) {
    std::optional<OptionJson> option = options_.Read(options, dialect.number, dialect.package);
    if (!option) continue;
    *number = dialect.number;
    Json members = dialect.translate(kind, std::move(option->json));
    if (const auto hidden = members.find("hidden"); hidden != members.end()) {
      annotation.hidden = annotation.hidden || *hidden == true;
      members.erase(hidden);
    }
    if (members.value("type", "") == type) members.erase("type");
    if (kind == Annotated::kField) SettleRequired(members);
    for (const std::string& path : TakeWhatHasNoPlace(kind, members)) {
      annotation.without_place.push_back(option->name + ": " + path);
    }
    Merge(members, annotation.members);
  }
  return *number != 0;
}

}  // namespace protorest::plugin
