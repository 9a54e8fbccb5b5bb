// Writes whole responses.
#include "transcode/answer.h"

#include "http/response.h"
#include "transcode/error_body.h"

namespace protorest::transcode {

void RespondError(http::Exchange& exchange, const Status& status, int http_status,
                  ResponseFields& fields) {
  std::string body;
  WriteErrorBody(status, body);
  fields.Add("content-type", "application/json");
  exchange.Respond({.status = http_status != 0 ? http_status : HttpStatus(status.code()),
                    .headers = fields.headers(),
                    .content_length = body.size()},
                   body);
}

int HttpStatusOf(const Context& context, bool ok, int otherwise) {
  const int status = context.http_status();
  return status != 0 && (status < 400) == ok ? status : otherwise;
}

void RespondJson(http::Exchange& exchange, int http_status, std::string_view json,
                 ResponseFields& fields, const Context::Pairs& trailers) {
  fields.Add("content-type", "application/json");
  const http::ResponseHead head = {
      .status = http_status, .headers = fields.headers(), .content_length = json.size()};
  if (trailers.empty()) return exchange.Respond(head, json);
  exchange.StartResponse(head);
  exchange.SendBody(json);
  ResponseFields last;
  last.AddPairs(trailers);
  exchange.Finish(last.headers());
}

void RespondRefused(http::Exchange& exchange, ResponseFields& fields) {
  fields.Add("retry-after", "1");
  RespondError(exchange, Status::ResourceExhausted("all threads of the server are busy"), 503,
               fields);
}

bool TakesBody(int http_status) { return http_status != 205 && http::MayHaveBody(http_status); }

void RespondNothing(http::Exchange& exchange, int http_status, ResponseFields& fields) {
  http::ResponseHead head = {
      .status = http_status, .headers = fields.headers(), .content_length = {}};
  if (http::MayHaveBody(http_status)) head.content_length = 0;
  exchange.Respond(head, {});
}

std::string LastLine(const Status& status) {
  std::string line = "{\"error\":";
  WriteErrorBody(status, line);
  return line += "}\n";
}

Status TooLarge() { return Status::ResourceExhausted("the request body is too large"); }

Status DeadlineExceeded() { return Status::DeadlineExceeded("the deadline has passed"); }

Status InvalidRequest(std::string message, const std::vector<json::Violation>& violations) {
  Status status = Status::InvalidArgument(std::move(message));
  for (const json::Violation& violation : violations) {
    status.AddFieldViolation(violation.field, violation.description);
  }
  return status;
}

}  // namespace protorest::transcode
