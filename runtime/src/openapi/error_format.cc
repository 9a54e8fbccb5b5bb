// Puts other content into the shared error responses.
#include "openapi/error_format.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kStatusSchema[] = "google.rpc.Status";
constexpr std::string_view kStatusRef = R"("#/components/schemas/google.rpc.Status")";

constexpr char kAip193Content[] = R"({"application/json": {"schema": {
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
}}})";

constexpr char kProblemContent[] = R"({"application/problem+json": {"schema": {
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
}}})";

}  // namespace

std::string WithErrorFormat(std::string document, ErrorFormat format) {
  if (format == ErrorFormat::kStatus) return document;
  Json json = Json::parse(document, nullptr, /*allow_exceptions=*/false);
  if (!json.contains("components")) return document;
  Json& components = json["components"];
  const Json content =
      Json::parse(format == ErrorFormat::kAip193 ? kAip193Content : kProblemContent);
  for (const char* name : {"BadRequest", "NotFound", "Error"}) {
    if (components["responses"].contains(name)) components["responses"][name]["content"] = content;
  }
  // Unless a message of the API has one.
  if (json.dump().find(kStatusRef) == std::string::npos) {
    components["schemas"].erase(kStatusSchema);
  }
  return json.dump(2);
}

}  // namespace protorest::openapi
