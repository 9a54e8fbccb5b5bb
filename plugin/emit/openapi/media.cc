// JSON first, as it is what most clients send: then the forms that browsers need for files.
#include "plugin/emit/openapi/media.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "plugin/emit/openapi/update.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kNdjson[] = "application/x-ndjson";
constexpr char kEvents[] = "text/event-stream";
constexpr char kProtobuf[] = "application/x-protobuf";
constexpr char kUrlEncoded[] = "application/x-www-form-urlencoded";
constexpr char kMultipart[] = "multipart/form-data";

bool IsHttpBody(const Message& message) { return message.full_name == "google.api.HttpBody"; }
bool IsHttpBody(const Field& field) {
  return field.message != nullptr && !field.repeated && IsHttpBody(*field.message);
}

bool IsFile(const Field& field) {
  return field.type == FieldType::kBytes ||
         (field.message != nullptr && !field.map && IsHttpBody(*field.message));
}

Schema Binary() {
  Schema schema = TypeSchema("string", "binary");
  schema.content_media_type = "application/octet-stream";
  return schema;
}

// One message as JSON, or many: a JSON array, or one JSON text a line.
std::vector<MediaType> JsonContent(const Schema& schema, bool stream) {
  if (!stream) return {{kJson, schema}};
  return {{kJson, ArrayOf(schema)}, {kNdjson, schema, Sequence::kLines}};
}

// What the path sets is not the body's to say: a strict server takes it for a contradiction
// (rule P25).
Extent ExtentOfBody(const Method& method, const HttpBinding& binding) {
  const Field* const root = binding.body_field;
  Extent extent = {.partial = IsUpdate(method, binding)};
  for (const PathVariable& variable : binding.variables) {
    FieldPath path = variable.fields;
    if (root != nullptr) {
      if (path[0] != root) continue;
      path.erase(path.begin());
    }
    if (!path.empty()) extent.without.push_back(std::move(path));
  }
  return extent;
}

// What the body is of: the request, or one field of it.
Schema BodySchema(const Method& method, const HttpBinding& binding, const Extent& extent,
                  SchemaBuilder* schemas) {
  return binding.body_field != nullptr ? schemas->OfValue(*binding.body_field, extent)
                                       : schemas->OfMessage(*method.request, extent);
}

// The message whose fields a form has; null where the body is none.
const Message* FormOf(const Method& method, const HttpBinding& binding) {
  const Message* message = method.request;
  if (const Field* field = binding.body_field) {
    message = field->message != nullptr && !field->repeated ? field->message : nullptr;
  }
  return message != nullptr && message->well_known == WellKnown::kNone ? message : nullptr;
}

// A part for each field: files as they are, all else as in JSON.
Schema FormSchema(const Message& message, const Extent& extent, SchemaBuilder* schemas) {
  Schema schema = schemas->OfFields(message, extent);
  for (Property& property : schema.properties) {
    const auto field =
        std::find_if(message.fields.begin(), message.fields.end(),
                     [&](const Field& each) { return each.json_name == property.name; });
    if (!IsFile(*field)) continue;
    Schema file = field->repeated ? ArrayOf(Binary()) : Binary();
    file.description = property.schema.description;
    property.schema = std::move(file);
  }
  return schema;
}

Schema SuccessSchema(const Method& method, const HttpBinding& binding, SchemaBuilder* schemas) {
  const Field* field = binding.response_body_field;
  return field != nullptr ? schemas->OfValue(*field) : schemas->OfMessage(*method.response);
}

// Bytes of whatever type.
Schema Raw() { return TypeSchema("string", "binary"); }

std::vector<MediaType> RawContent() { return {{"*/*", Raw()}}; }

}  // namespace

bool IsRawRequest(const Method& method, const HttpBinding& binding) {
  const Field* field = binding.body_field;
  return field != nullptr ? IsHttpBody(*field) : IsHttpBody(*method.request);
}

bool IsRawResponse(const Method& method, const HttpBinding& binding) {
  const Field* field = binding.response_body_field;
  return field != nullptr ? IsHttpBody(*field) : IsHttpBody(*method.response);
}

std::vector<MediaType> RequestContent(const Method& method, const HttpBinding& binding,
                                      const Options& options, SchemaBuilder* schemas) {
  if (IsRawRequest(method, binding)) return RawContent();
  const Extent extent = ExtentOfBody(method, binding);
  const Schema schema = BodySchema(method, binding, extent, schemas);
  std::vector<MediaType> content = JsonContent(schema, method.client_streaming);
  const Message* form = FormOf(method, binding);
  if (method.client_streaming || form == nullptr) return content;
  const bool files = std::ranges::any_of(form->fields, [&](const Field& field) {
    const bool in_path =
        std::ranges::find(extent.without, FieldPath{&field}) != extent.without.end();
    return IsFile(field) && !in_path;
  });
  if (options.openapi_media) {
    content.push_back({kProtobuf, Binary()});
    content.push_back({kUrlEncoded, schema});
  }
  if (files || options.openapi_media) {
    content.push_back({kMultipart, FormSchema(*form, extent, schemas)});
  }
  return content;
}

std::vector<MediaType> ResponseContent(const Method& method, const HttpBinding& binding,
                                       const Options& options, SchemaBuilder* schemas) {
  if (IsRawResponse(method, binding)) return RawContent();
  const Schema schema = SuccessSchema(method, binding, schemas);
  std::vector<MediaType> content = JsonContent(schema, method.server_streaming);
  if (method.server_streaming) {
    content.push_back({kEvents, schema, Sequence::kEvents});
  } else if (options.openapi_media && binding.response_body_field == nullptr) {
    content.push_back({kProtobuf, Binary()});
  }
  return content;
}

std::optional<WebSocket> WebSocketOf(const Method& method, const HttpBinding& binding,
                                     SchemaBuilder* schemas) {
  if (!method.client_streaming && !method.server_streaming) return std::nullopt;
  WebSocket socket;
  if (!binding.body.empty()) {
    socket.send = IsRawRequest(method, binding)
                      ? Raw()
                      : BodySchema(method, binding, ExtentOfBody(method, binding), schemas);
  }
  socket.receive = IsRawResponse(method, binding) ? Raw() : SuccessSchema(method, binding, schemas);
  return socket;
}

}  // namespace protorest::plugin::openapi
