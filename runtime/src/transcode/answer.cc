// Writes whole responses.
#include "transcode/answer.h"

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

void RespondJson(http::Exchange& exchange, std::string_view json, ResponseFields& fields,
                 const Context::Pairs& trailers) {
  fields.Add("content-type", "application/json");
  const http::ResponseHead head = {
      .status = 200, .headers = fields.headers(), .content_length = json.size()};
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

void RespondNothing(http::Exchange& exchange, ResponseFields& fields) {
  exchange.Respond({.status = 204, .headers = fields.headers(), .content_length = {}}, {});
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
