// Where a response refers to google.rpc.Status it refers to another schema then.
#include "openapi/error_format.h"

#include <string>
#include <string_view>
#include <utility>

#include "openapi/operations.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kStatusSchema[] = "google.rpc.Status";
constexpr std::string_view kStatusRef = R"("#/components/schemas/google.rpc.Status")";

// One of the other forms.
struct Form {
  const char* content_type;
  const char* schema_name;
  const char* schema;
};

constexpr Form kAip193 = {"application/json", "protorest.Error", R"({
  "type": "object",
  "description": "The body of an error.",
  "properties": {"error": {
    "type": "object",
    "properties": {
      "code": {"type": "integer", "format": "int32", "description": "The HTTP status."},
      "message": {"type": "string", "description": "What went wrong, for developers."},
      "status": {"type": "string",
                 "description": "The gRPC code (google.rpc.Code): INVALID_ARGUMENT, NOT_FOUND, …"},
      "details": {"type": "array",
                  "description": "More about it, such as google.rpc.BadRequest with the fields at fault.",
                  "items": {"$ref": "#/components/schemas/google.protobuf.Any"}}
    },
    "required": ["code", "message", "status"]
  }},
  "required": ["error"]
})"};

constexpr Form kProblem = {"application/problem+json", "protorest.Problem", R"({
  "type": "object",
  "description": "The body of an error: a problem of RFC 9457.",
  "properties": {
    "title": {"type": "string", "description": "What the HTTP status is called."},
    "status": {"type": "integer", "format": "int32", "description": "The HTTP status."},
    "detail": {"type": "string", "description": "What went wrong, for developers."},
    "code": {"type": "string",
             "description": "The gRPC code (google.rpc.Code): INVALID_ARGUMENT, NOT_FOUND, …"},
    "details": {"type": "array",
                "description": "More about it, such as google.rpc.BadRequest with the fields at fault.",
                "items": {"$ref": "#/components/schemas/google.protobuf.Any"}}
  },
  "required": ["title", "status", "detail", "code"]
})"};

Json Ref(const std::string& schema) { return {{"$ref", "#/components/schemas/" + schema}}; }

// Whether the content is that of an error in the default form.
bool IsStatus(const Json& content) {
  return content.is_object() && content.size() == 1 && content.contains("application/json") &&
         content["application/json"].value("schema", Json()) == Ref(kStatusSchema);
}

bool SetForm(const Form& form, bool errors_alone, Json& responses) {
  bool any = false;
  for (auto& [status, response] : responses.items()) {
    if (errors_alone && status.starts_with('2')) continue;
    const auto content = response.find("content");
    if (content == response.end() || !IsStatus(*content)) continue;
    *content = {{form.content_type, {{"schema", Ref(form.schema_name)}}}};
    any = true;
  }
  return any;
}

// Components stand in the order of their names.
void Insert(const Form& form, Json& schemas) {
  Json sorted = Json::object();
  bool in = false;
  for (auto& [name, schema] : schemas.items()) {
    if (!in && name > form.schema_name) {
      sorted[form.schema_name] = Json::parse(form.schema);
      in = true;
    }
    sorted[name] = std::move(schema);
  }
  if (!in) sorted[form.schema_name] = Json::parse(form.schema);
  schemas = std::move(sorted);
}

}  // namespace

void SetErrorFormat(ErrorFormat format, Json& document) {
  if (format == ErrorFormat::kStatus || !document.contains("components")) return;
  const Form& form = format == ErrorFormat::kAip193 ? kAip193 : kProblem;
  Json& components = document["components"];
  bool any = components.contains("responses") &&
             SetForm(form, /*errors_alone=*/false, components["responses"]);
  for (Json& item : document["paths"]) {
    ForEachOperation(item, [&](const std::string&, Json& operation) {
      if (!operation.contains("responses")) return;
      if (SetForm(form, /*errors_alone=*/true, operation["responses"])) any = true;
    });
  }
  if (!any) return;
  Insert(form, components["schemas"]);
  // Unless a message of the API has one.
  if (document.dump().find(kStatusRef) == std::string::npos) {
    components["schemas"].erase(kStatusSchema);
  }
}

}  // namespace protorest::openapi
