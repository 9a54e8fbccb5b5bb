// Status, form and trailers of a whole response.
#include "transcode/message_answer.h"

#include <optional>
#include <string>
#include <string_view>

#include "transcode/answer.h"
#include "transcode/etag.h"

namespace protorest::transcode {
namespace {

Status EncodeJson(const google::protobuf::Message& response, const MessageAnswer& answer,
                  std::string& text) {
  std::string problem;
  Status status = answer.endpoint.Encode(response, answer.json, text, problem);
  if (!status.ok()) {
    answer.context.LogLine(std::string(answer.context.method()) +
                           ": the response has no JSON: " + problem);
  }
  return status;
}

bool IsRead(std::string_view method) { return method == "GET" || method == "HEAD"; }

// Ends the exchange with `whole`, or with 304 where the client has it already: the handler has
// tagged it, or the method asks for that.
void RespondTagged(http::Exchange& exchange, const MessageAnswer& answer,
                   const WholeResponse& whole, ResponseFields& fields) {
  if (whole.http_status != 200 || !IsRead(exchange.request().method)) {
    return RespondWhole(exchange, whole, fields);
  }
  std::string made;
  std::optional<std::string_view> tag = fields.Find("etag");
  if (!tag && answer.endpoint.etag()) {
    made = WeakTag(whole.body);
    fields.Add("etag", made);
    tag = made;
  }
  // A cache that keeps it must not give it to those who want the other form.
  const bool has_forms = answer.endpoint.has_protobuf_response() && !answer.endpoint.raw_response();
  if (tag && has_forms) fields.Add("vary", "accept");
  if (tag && HasTagged(exchange.request().headers, *tag)) {
    return RespondNothing(exchange, 304, fields);
  }
  RespondWhole(exchange, whole, fields);
}

}  // namespace

void RespondMessage(http::Exchange& exchange, const google::protobuf::Message& response,
                    const MessageAnswer& answer, std::string& text, ResponseFields& fields) {
  text.clear();
  const Context& context = answer.context;
  const int http_status = HttpStatusOf(context, /*ok=*/true, answer.endpoint.success_status());
  if (!TakesBody(http_status)) return RespondNothing(exchange, http_status, fields);
  WholeResponse whole = {.http_status = http_status, .content_type = answer.offer.type, .body = {}};
  ResponseFields trailers;
  if (answer.te_trailers) {
    trailers.AddPairs(context.response_trailers(),
                      answer.endpoint.options().response_headers.prefix);
    whole.trailers = trailers.headers();
  }
  if (answer.endpoint.raw_response()) {
    const HttpBody::Content raw = answer.endpoint.RawResponse(response);
    if (!raw.type.empty()) whole.content_type = raw.type;
    whole.body = raw.data;
    return RespondTagged(exchange, answer, whole, fields);
  }
  if (answer.offer.protobuf) {
    answer.endpoint.EncodeProtobuf(response, text);
  } else if (const Status status = EncodeJson(response, answer, text); !status.ok()) {
    return RespondError(exchange, answer.endpoint.options().errors, status, 0, fields);
  }
  whole.body = text;
  RespondTagged(exchange, answer, whole, fields);
}

}  // namespace protorest::transcode
