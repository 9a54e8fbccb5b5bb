// Finds the endpoint of a request, refuses what it cannot serve, and starts the call.
#include "transcode/transcoder.h"

#include <string>
#include <utility>

#include "transcode/answer.h"
#include "transcode/ascii.h"
#include "transcode/stream_call.h"
#include "transcode/unary_call.h"

namespace protorest::transcode {
namespace {

void Refuse(http::Exchange& exchange, int http_status, Code code, std::string message,
            std::string_view field_name = {}, std::string_view field_value = {}) {
  ResponseFields fields;
  if (!field_name.empty()) fields.Add(field_name, field_value);
  RespondError(exchange, Status(code, std::move(message)), http_status, fields);
}

// Bodies come as they are: no decompression here.
bool IsEncoded(const HeadFields& fields) {
  return fields.content_encoding && !EqualsIgnoreCase(*fields.content_encoding, "identity");
}

// What came and what to send instead (rules B9, E23).
std::string UnsupportedBody(const HeadFields& fields, bool type_taken, MethodKind kind) {
  if (type_taken) return "bodies with a Content-Encoding are not supported; send it as it is";
  std::string message = "Content-Type \"";
  message += fields.content_type.value_or("").substr(0, 64);
  message += "\" is not supported; send application/json";
  if (StreamsRequests(kind)) message += " or application/x-ndjson";
  return message;
}

}  // namespace

Transcoder::Transcoder(Options options, Runner& runner)
    : engine_{.options = std::move(options), .runner = runner, .calls = {}} {}

Transcoder::~Transcoder() = default;

Status Transcoder::Add(const std::shared_ptr<Handler>& handler) {
  const ServiceInfo& service = handler->service();
  for (std::size_t i = 0; i < service.methods.size(); ++i) {
    const MethodInfo& info = service.methods[i];
    Method& method = methods_.emplace_back();
    method.handler = handler;
    method.number = i;
    method.info = &info;
    method.request_codec = info.request.codec ? info.request.codec : &json::ReflectionCodec();
    method.response_codec = info.response.codec ? info.response.codec : &json::ReflectionCodec();
    for (const HttpBinding& binding : info.bindings) {
      if (Status status = AddBinding(method, binding); !status.ok()) return status;
    }
  }
  return {};
}

Status Transcoder::AddBinding(Method& method, const HttpBinding& binding) {
  const auto wrong = [&](const std::string& why) {
    return Status::InvalidArgument(std::string(method.info->full_name) + ": " +
                                   std::string(binding.path) + ": " + why);
  };
  PathTemplate path;
  if (PathTemplateError error; !ParsePathTemplate(binding.path, path, error)) {
    return wrong(error.ToString());
  }
  const Endpoint& endpoint = endpoints_.emplace_back(method, binding, path, engine_.options);
  if (!endpoint.status().ok()) return wrong(endpoint.status().message());
  return router_.Add(binding.verb, binding.path, method.info->full_name,
                     static_cast<std::uint32_t>(endpoints_.size() - 1));
}

void Transcoder::OnRequest(http::Exchange& exchange) {
  thread_local RouteMatch match;  // its memory is used again and again
  const http::RequestHead& head = exchange.request();
  switch (router_.Find(head.method, head.path, match)) {
    case RouteOutcome::kMatch:
      return Serve(exchange, endpoints_[match.route()], match);
    case RouteOutcome::kMethodNotAllowed:
      return OnNoMethod(exchange, match);
    case RouteOutcome::kMalformed:
      return Refuse(exchange, 400, Code::kInvalidArgument, "malformed escape in the path");
    case RouteOutcome::kNotFound:
      if (fallback_) return fallback_->OnRequest(exchange);
      return Refuse(exchange, 404, Code::kNotFound, "no such path");
  }
}

void Transcoder::OnNoMethod(http::Exchange& exchange, const RouteMatch& match) {
  if (exchange.request().method != "OPTIONS") {
    return Refuse(exchange, 405, Code::kUnimplemented, "the path has no such method", "allow",
                  match.allow());
  }
  ResponseFields fields;
  fields.Add("allow", match.allow());
  RespondNothing(exchange, 204, fields);
}

void Transcoder::Serve(http::Exchange& exchange, const Endpoint& endpoint,
                       const RouteMatch& match) {
  const http::RequestHead& head = exchange.request();
  const HeadFields fields = ReadHeadFields(head);
  const MethodKind kind = endpoint.method().info->kind;
  BodyType body_type = BodyType::kJson;
  if (head.has_body && endpoint.takes_body()) {
    body_type = ClassifyBody(fields.content_type);
    const bool taken =
        body_type == BodyType::kJson || (body_type == BodyType::kNdjson && StreamsRequests(kind));
    if (!taken || IsEncoded(fields)) {
      return Refuse(exchange, 415, Code::kInvalidArgument, UnsupportedBody(fields, taken, kind),
                    endpoint.accept_header(), "application/json");
    }
  }
  if (kind == MethodKind::kUnary) {
    return UnaryCall::Start(UnaryCall::Take(engine_, endpoint.method()), exchange, endpoint, fields,
                            match.captures());
  }
  static constexpr MediaOffer kJson = {"application/json"};
  const MediaOffer* offer = &kJson;
  if (StreamsResponses(kind) && fields.accept) offer = Negotiate(head.headers, kStreamOffers);
  if (!offer) {
    return Refuse(
        exchange, 406, Code::kInvalidArgument,
        "the response can be application/json, application/x-ndjson or text/event-stream");
  }
  StreamCall::Start(engine_, exchange, endpoint, fields, *offer, body_type, match.captures());
}

}  // namespace protorest::transcode
