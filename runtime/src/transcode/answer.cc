// Writes whole responses.
#include "transcode/answer.h"

#include <optional>
#include <string>
#include <utility>

#include "http/response.h"
#include "rpc/log.h"
#include "rpc/status_proto.h"
#include "transcode/accept.h"
#include "transcode/error_body.h"
#include "transcode/violations.h"

namespace protorest::transcode {

namespace {

ErrorResponse MakeError(const http::RequestHead& head, const ErrorOptions& errors,
                        const Status& status, int http_status) {
  ErrorResponse response;
  response.http_status = http_status != 0 ? http_status : HttpStatus(status.code());
  const MediaOffer* offer = Negotiate(head.headers, kUnaryOffers);
  if (offer != nullptr && offer->protobuf) {
    response.body = EncodeStatusProto(status);
    response.content_type = offer->type;
  } else {
    WriteErrorBody(errors.format, status, response.http_status, response.body);
    response.content_type = ErrorContentType(errors.format);
  }
  if (errors.hook) errors.hook(status, response);
  return response;
}

}  // namespace

ErrorOptions WithSafeHook(ErrorOptions errors, const Log& log) {
  if (!errors.hook) return errors;
  errors.hook = [hook = std::move(errors.hook), log](const Status& status,
                                                     ErrorResponse& response) {
    ErrorResponse original = response;
    try {
      hook(status, response);
    } catch (...) {
      response = std::move(original);
      WriteLog(log, "the hook for errors threw: " + CurrentExceptionText());
    }
  };
  return errors;
}

void RespondError(http::Exchange& exchange, const ErrorOptions& errors, const Status& status,
                  int http_status, ResponseFields& fields, std::span<const http::Header> trailers) {
  const ErrorResponse error = MakeError(exchange.request(), errors, status, http_status);
  std::string retry_after;
  if (const std::optional<std::int64_t> seconds = RetryAfter(status);
      seconds && !fields.Find("retry-after")) {
    retry_after = std::to_string(*seconds);
    fields.Add("retry-after", retry_after);
  }
  WholeResponse response;
  response.http_status = error.http_status;
  response.content_type = error.content_type;
  response.body = error.body;
  response.trailers = trailers;
  RespondWhole(exchange, response, fields);
}

int HttpStatusOf(const Context& context, bool ok, int otherwise) {
  const int status = context.http_status();
  return status != 0 && (status < 400) == ok ? status : otherwise;
}

void RespondWhole(http::Exchange& exchange, const WholeResponse& response, ResponseFields& fields) {
  fields.Add("content-type", response.content_type);
  http::ResponseHead head = {.status = response.http_status,
                             .headers = fields.headers(),
                             .content_length = response.body.size()};
  if (response.trailers.empty()) return exchange.Respond(head, response.body);
  // HTTP/1.1 has trailers behind chunks alone, which have no length.
  if (exchange.request().version == 11) head.content_length.reset();
  exchange.StartResponse(head);
  exchange.SendBody(response.body);
  exchange.Finish(response.trailers);
}

void RespondRefused(http::Exchange& exchange, const ErrorOptions& errors, ResponseFields& fields) {
  fields.Add("retry-after", "1");
  RespondError(exchange, errors, Status::ResourceExhausted("all threads of the server are busy"),
               503, fields);
}

bool TakesBody(int http_status) { return http_status != 205 && http::MayHaveBody(http_status); }

void RespondNothing(http::Exchange& exchange, int http_status, ResponseFields& fields) {
  http::ResponseHead head = {
      .status = http_status, .headers = fields.headers(), .content_length = {}};
  if (http::MayHaveBody(http_status)) head.content_length = 0;
  exchange.Respond(head, {});
}

Status TooLarge() { return Status::ResourceExhausted("the request body is too large"); }

Status BodyBrokeOff() { return BadRequest("the request body broke off"); }

Status DeadlineExceeded() { return Status::DeadlineExceeded("the deadline has passed"); }

}  // namespace protorest::transcode
