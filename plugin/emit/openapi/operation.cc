// Bodies and responses, streams included; paths and queries have files of their own.
#include "plugin/emit/openapi/operation.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/paths.h"
#include "plugin/emit/openapi/query.h"

namespace protorest::plugin::openapi {
namespace {

constexpr char kJson[] = "application/json";
constexpr char kNdjson[] = "application/x-ndjson";
constexpr char kEvents[] = "text/event-stream";

// One message as JSON, or many: a JSON array, or one JSON text a line.
std::vector<MediaType> JsonContent(const Schema& schema, bool stream) {
  if (!stream) return {{kJson, schema}};
  return {{kJson, ArrayOf(schema)}, {kNdjson, schema, /*stream=*/true}};
}

// The body of a google.api.HttpBody: any bytes of any type (rules B17, E6).
std::vector<MediaType> RawContent() { return {{"*/*", Schema()}}; }

bool IsHttpBody(const Message& message) { return message.full_name == "google.api.HttpBody"; }
bool IsHttpBody(const Field& field) {
  return field.message != nullptr && !field.repeated && IsHttpBody(*field.message);
}

// The request without the fields that the path sets; a reference when the path sets none.
Schema WholeRequest(const Method& method, const HttpBinding& binding, SchemaBuilder* schemas) {
  std::set<const Field*> in_path;
  for (const PathVariable& variable : binding.variables) {
    if (variable.fields.size() == 1) in_path.insert(variable.fields[0]);
  }
  if (in_path.empty()) return schemas->OfMessage(*method.request);
  return schemas->OfFields(*method.request, in_path);
}

// A body of nothing reads as {}, so it can be left out where the message has nothing to say.
bool BodyIsRequired(const Method& method, const HttpBinding& binding) {
  if (binding.body_field != nullptr) {
    return binding.body_field->required || binding.body_field->behavior.required;
  }
  return !method.request->fields.empty();
}

RequestBody BuildRequestBody(const Method& method, const HttpBinding& binding,
                             SchemaBuilder* schemas) {
  const bool stream = method.client_streaming;
  RequestBody body;
  body.required = BodyIsRequired(method, binding);
  if (stream) {
    body.description =
        "A stream of messages: a JSON array, or one message a line. "
        "Each is read as it arrives.";
  }
  const Field* field = binding.body_field;
  if (field != nullptr ? IsHttpBody(*field) : IsHttpBody(*method.request)) {
    body.content = RawContent();
    body.description = stream ? "A stream of bytes, each read as it arrives." : "";
  } else if (field != nullptr) {
    body.content = JsonContent(schemas->OfValue(*field), stream);
    if (!stream) body.description = CommentText(field->comments);
  } else {
    body.content = JsonContent(WholeRequest(method, binding, schemas), stream);
  }
  return body;
}

int SuccessStatus(const Method& method) {
  return method.rule.success_status != 0 ? method.rule.success_status : 200;
}

Response BuildSuccess(const Method& method, const HttpBinding& binding, SchemaBuilder* schemas) {
  const bool stream = method.server_streaming;
  Response response;
  response.status = std::to_string(SuccessStatus(method));
  response.description =
      stream
          ? "A stream of messages: a JSON array, or by Accept one message a line, or in the data "
            "of each Server-Sent Event. An error after the first message cuts the array off before "
            "its closing bracket; the last line is then `{\"error\": …}` with the Status, the last "
            "event has the type `error` and the Status as its data."
          : "Success.";
  if (response.status == "204" || response.status == "205") return response;  // without a body
  const Field* field = binding.response_body_field;
  if (field != nullptr ? IsHttpBody(*field) : IsHttpBody(*method.response)) {
    response.description = stream ? "A stream of bytes." : "Success.";
    response.content = RawContent();
    return response;
  }
  const Schema schema =
      field != nullptr ? schemas->OfValue(*field) : schemas->OfMessage(*method.response);
  response.content = JsonContent(schema, stream);
  if (stream) response.content.push_back({kEvents, schema, /*stream=*/true});
  return response;
}

std::string StreamOf(const Method& method) {
  if (method.client_streaming) return method.server_streaming ? "bidi" : "client";
  return method.server_streaming ? "server" : "";
}

Response Refer(std::string status, std::string name) {
  Response response;
  response.status = std::move(status);
  response.ref = std::move(name);
  return response;
}

}  // namespace

PathAndOperation BuildOperation(const Method& method, const HttpBinding& binding,
                                SchemaBuilder* schemas) {
  auto [path, parameters] = BuildPath(binding, schemas);
  Operation operation;
  auto [summary, description] = SplitComment(CommentText(method.comments));
  if (summary.empty()) summary = method.name;
  operation.summary = std::move(summary);
  operation.description = std::move(description);
  operation.stream = StreamOf(method);
  operation.deprecated = method.deprecated;
  operation.parameters = std::move(parameters);
  for (Parameter& parameter : QueryParameters(method, binding, schemas)) {
    operation.parameters.push_back(std::move(parameter));
  }
  if (!binding.body.empty()) {
    operation.request_body = BuildRequestBody(method, binding, schemas);
  }
  operation.responses.push_back(BuildSuccess(method, binding, schemas));
  if (method.rule.etag && binding.verb == "GET") {
    Response& unchanged = operation.responses.emplace_back();
    unchanged.status = "304";
    unchanged.description = "The client has it already: If-None-Match names its ETag.";
  }
  operation.responses.push_back(Refer("400", kBadRequest));
  if (!binding.variables.empty()) operation.responses.push_back(Refer("404", kNotFound));
  operation.responses.push_back(Refer("default", kError));
  return {std::move(path), std::move(operation)};
}

Response ErrorResponse(const std::string& name, SchemaBuilder* schemas) {
  Response response;
  response.description = name == kBadRequest
                             ? "The request is not valid; the details name the fields at fault."
                         : name == kNotFound ? "What the path names does not exist."
                                             : "An error: the HTTP status follows from the code.";
  response.content = {{kJson, schemas->OfStatus()}};
  return response;
}

}  // namespace protorest::plugin::openapi
