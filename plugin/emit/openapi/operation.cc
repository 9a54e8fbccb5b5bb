// Bodies and responses, streams included; paths, queries and media types have files of their own.
#include "plugin/emit/openapi/operation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/media.h"
#include "plugin/emit/openapi/paths.h"
#include "plugin/emit/openapi/query.h"

namespace protorest::plugin::openapi {
namespace {

// A body of nothing reads as {}, so it can be left out where the message has nothing to say.
bool BodyIsRequired(const Method& method, const HttpBinding& binding) {
  if (binding.body_field != nullptr) {
    return IsRequired(*binding.body_field);
  }
  return !std::ranges::all_of(method.request->fields, [&](const Field& field) {
    return std::ranges::find(binding.variables, FieldPath{&field}, &PathVariable::fields) !=
           binding.variables.end();
  });
}

std::string BodyDescription(const Method& method, const HttpBinding& binding) {
  if (method.client_streaming) {
    return IsRawRequest(method, binding)
               ? "A stream of bytes, each read as it arrives."
               : "A stream of messages: a JSON array, or one message a line. Each is read as it "
                 "arrives.";
  }
  const Field* field = binding.body_field;
  return field != nullptr ? DescriptionOf(field->annotation.get(), field->comments) : "";
}

RequestBody BuildRequestBody(const Method& method, const HttpBinding& binding,
                             const Options& options, SchemaBuilder* schemas) {
  RequestBody body;
  body.required = BodyIsRequired(method, binding);
  body.description = BodyDescription(method, binding);
  body.content = RequestContent(method, binding, options, schemas);
  return body;
}

int SuccessStatus(const Method& method) {
  return method.rule.success_status != 0 ? method.rule.success_status : 200;
}

std::string SuccessDescription(const Method& method, const HttpBinding& binding) {
  if (!method.server_streaming) return "Success.";
  if (IsRawResponse(method, binding)) return "A stream of bytes.";
  return "A stream of messages: a JSON array, or by Accept one message a line, or in the data of "
         "each Server-Sent Event. An error after the first message cuts the array off before its "
         "closing bracket; the last line is then `{\"error\": …}` with the Status, the last event "
         "has the type `error` and the Status as its data.";
}

Response BuildSuccess(const Method& method, const HttpBinding& binding, const Options& options,
                      SchemaBuilder* schemas) {
  const int status = SuccessStatus(method);
  Response response;
  response.status = std::to_string(status);
  response.description = SuccessDescription(method, binding);
  if (status != 204 && status != 205) {  // which have no body
    response.content = ResponseContent(method, binding, options, schemas);
  }
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
                                const Options& options, SchemaBuilder* schemas) {
  auto [path, parameters] = BuildPath(binding, schemas);
  Operation operation;
  auto [summary, description] = SplitComment(CommentText(method.comments));
  if (summary.empty()) summary = method.name;
  operation.summary = std::move(summary);
  operation.description = std::move(description);
  operation.stream = StreamOf(method);
  operation.parameters = std::move(parameters);
  for (Parameter& parameter : QueryParameters(method, binding, schemas)) {
    operation.parameters.push_back(std::move(parameter));
  }
  if (!binding.body.empty()) {
    operation.request_body = BuildRequestBody(method, binding, options, schemas);
  }
  operation.websocket = WebSocketOf(method, binding, schemas);
  operation.responses.push_back(BuildSuccess(method, binding, options, schemas));
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
