// Status, form and trailers of a whole response.
#include "transcode/message_answer.h"

#include "transcode/answer.h"

namespace protorest::transcode {

void RespondMessage(http::Exchange& exchange, const google::protobuf::Message& response,
                    const MessageAnswer& answer, std::string& text, ResponseFields& fields) {
  const Context& context = answer.context;
  const int http_status = HttpStatusOf(context, /*ok=*/true, answer.endpoint.success_status());
  if (!TakesBody(http_status)) return RespondNothing(exchange, http_status, fields);
  text.clear();
  std::string problem;
  const Status status = answer.endpoint.Encode(response, answer.json, text, problem);
  if (!status.ok()) {
    context.LogLine(std::string(context.method()) + ": the response has no JSON: " + problem);
    return RespondError(exchange, status, 0, fields);
  }
  RespondJson(exchange, http_status, text, fields,
              answer.te_trailers ? context.response_trailers() : Context::Pairs());
}

}  // namespace protorest::transcode
