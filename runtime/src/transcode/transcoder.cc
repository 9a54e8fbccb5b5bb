// Finds the endpoint of a request, refuses what it cannot serve, and starts the call.
#include "transcode/transcoder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "transcode/answer.h"
#include "transcode/ascii.h"
#include "transcode/stream_call.h"
#include "transcode/unary_call.h"
#include "transcode/violations.h"
#include "transcode/websocket_call.h"
#include "transcode/websocket_request.h"

namespace protorest::transcode {
namespace {

// Bodies come as they are: no decompression here.
bool IsEncoded(const HeadFields& fields) {
  const std::string_view encoding = fields.content_encoding.value_or("");
  return !encoding.empty() && !EqualsIgnoreCase(encoding, "identity");
}

// What came and what to send instead (rule B9).
std::string UnsupportedType(const HeadFields& fields, const RequestBody& body) {
  return "Content-Type \"" + std::string(fields.content_type.value_or("").substr(0, 64)) +
         "\" is not supported; send " + std::string(body.accepted_types());
}

// Whether an Accept header puts JSON first, as nearly all do: there is nothing to weigh then.
bool WantsJson(std::string_view accept) {
  constexpr std::string_view kJson = "application/json";
  return accept == "*/*" || (accept.starts_with(kJson) &&
                             (accept.size() == kJson.size() || accept[kJson.size()] == ','));
}

// The form of the response; null: none is acceptable (rules E20, E21).
const MediaOffer* ChooseOffer(const Endpoint& endpoint, const HeadFields& fields,
                              std::span<const http::Header> headers) {
  static constexpr MediaOffer kRaw = {"application/octet-stream", StreamForm::kRaw};
  if (endpoint.raw_response()) return &kRaw;  // its type is known when it comes
  if (!fields.accept || (WantsJson(*fields.accept) && !fields.several_accepts)) {
    return &kUnaryOffers[0];
  }
  if (StreamsResponses(endpoint.method().info->kind)) return Negotiate(headers, kStreamOffers);
  const std::span offers(kUnaryOffers);
  return Negotiate(headers, endpoint.has_protobuf_response() ? offers : offers.first(1));
}

// For the answer where none is.
std::string_view OfferedTypes(const Endpoint& endpoint) {
  if (StreamsResponses(endpoint.method().info->kind)) {
    return "application/json, application/x-ndjson or text/event-stream";
  }
  return endpoint.has_protobuf_response() ? "application/json or application/x-protobuf"
                                          : "application/json";
}

}  // namespace

Transcoder::Transcoder(Options options, Runner& runner)
    : engine_(std::move(options), runner), cors_(engine_.options.cors) {}

Transcoder::~Transcoder() = default;

Status Transcoder::CheckOptions() const {
  return engine_.status.ok() ? cors_.Check() : engine_.status;
}

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

void Transcoder::Refuse(http::Exchange& exchange, int http_status, Code code, std::string message,
                        std::string_view field_name, std::string_view field_value) const {
  ResponseFields fields;
  if (!field_name.empty()) fields.Add(field_name, field_value);
  RespondError(exchange, engine_.options.errors, Status(code, std::move(message)), http_status,
               fields);
}

void Transcoder::Refuse(http::Exchange& exchange, const Status& status) const {
  ResponseFields fields;
  RespondError(exchange, engine_.options.errors, status, 0, fields);
}

void Transcoder::OnRequest(http::Exchange& exchange) {
  // Browsers do not ask about WebSockets: those have a list of origins of their own.
  if (!cors_.enabled() || exchange.request().websocket) return Route(exchange);
  http::Exchange& wrapped = cors_.Wrap(exchange);
  if (Cors::IsPreflight(wrapped.request())) return AnswerPreflight(wrapped);
  Route(wrapped);
}

void Transcoder::Route(http::Exchange& exchange) {
  thread_local RouteMatch match;  // its memory is used again and again
  const http::RequestHead& head = exchange.request();
  if (head.websocket && ServeWebSocket(exchange, match)) return;
  const RouteOutcome outcome = router_.Find(head.method, head.path, match);
  if (outcome == RouteOutcome::kMatch) return Serve(exchange, endpoints_[match.route()], match);
  if (outcome == RouteOutcome::kMethodNotAllowed) return OnNoMethod(exchange, match);
  OnNoRoute(exchange, outcome);
}

void Transcoder::OnNoRoute(http::Exchange& exchange, RouteOutcome outcome) {
  if (outcome == RouteOutcome::kMalformed) {
    return Refuse(exchange, BadRequest("an escape is \"%\" and two hex digits, got the path " +
                                       QuoteCut(exchange.request().path)));
  }
  const http::RequestHead& head = exchange.request();
  if (head.path == "*" && head.method == "OPTIONS") {  // of the server as a whole (RFC 9110, 9.3.7)
    ResponseFields fields;
    return RespondNothing(exchange, 204, fields);
  }
  if (fallback_) return fallback_->OnRequest(exchange);
  Refuse(exchange, Status::NotFound("no such path"));
}

// Before any route for OPTIONS: no handler is asked (rule P23).
void Transcoder::AnswerPreflight(http::Exchange& exchange) {
  const http::RequestHead& head = exchange.request();
  const std::string_view wanted = head.Find("access-control-request-method").value_or("");
  RouteMatch match;
  const RouteOutcome outcome = router_.Find(wanted, head.path, match);
  const bool matches = outcome == RouteOutcome::kMatch;
  if (!matches && outcome != RouteOutcome::kMethodNotAllowed) return OnNoRoute(exchange, outcome);
  if (matches) router_.FindMethods(head.path, match);
  const std::string_view allow = match.allow();
  ResponseFields fields;
  fields.Add("allow", allow);
  cors_.AddPreflight(head, matches ? wanted : allow, fields);
  RespondNothing(exchange, 204, fields);
}

// A WebSocket opens with GET whatever the method's own verb is: any method that streams at the path
// is taken, that of GET first. False: nothing is there.
bool Transcoder::ServeWebSocket(http::Exchange& exchange, RouteMatch& match) {
  const http::RequestHead& head = exchange.request();
  const auto streams = [&](std::string_view verb) {
    return router_.Find(verb, head.path, match) == RouteOutcome::kMatch &&
           endpoints_[match.route()].method().info->kind != MethodKind::kUnary;
  };
  if (!router_.FindMethods(head.path, match)) return false;
  const std::string allow = match.allow();
  bool found = streams("GET");
  for (std::string_view rest = allow; !found && !rest.empty();) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    found = streams(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
  if (!found) {
    Refuse(exchange,
           BadRequest("no method here streams: send an ordinary request, without Upgrade"));
  } else if (!OriginAllowed(head,
                            HostOf(head, engine_.metadata.proxies.TrustsPeer(exchange.peer())),
                            engine_.options.websocket_origins)) {
    Refuse(exchange, Status::PermissionDenied("pages of this origin may not open WebSockets here"));
  } else {
    WebSocketCall::Start(engine_, exchange, endpoints_[match.route()], ReadHeadFields(head),
                         match.captures());
  }
  return true;
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
  Forms forms;
  forms.content_type = fields.content_type.value_or("");  // of an empty HttpBody too (rule B17)
  const RequestBody& body = endpoint.body();
  if (head.has_body && !body.none() && !body.only_in_websockets()) {
    forms.body = ClassifyBody(fields.content_type);
    if (IsEncoded(fields)) {  // rule E23
      return Refuse(exchange, 415, Code::kInvalidArgument,
                    "bodies with a Content-Encoding are not supported; send it as it is",
                    "accept-encoding", "identity");
    }
    if (!body.Takes(forms.body)) {
      return Refuse(exchange, 415, Code::kInvalidArgument, UnsupportedType(fields, body),
                    endpoint.accept_header(), body.accepted_types());
    }
  }
  forms.offer = ChooseOffer(endpoint, fields, head.headers);
  if (!forms.offer) {
    return Refuse(exchange, 406, Code::kInvalidArgument,
                  "the response can be " + std::string(OfferedTypes(endpoint)));
  }
  if (endpoint.method().info->kind != MethodKind::kUnary) {
    return StreamCall::Start(engine_, exchange, endpoint, fields, forms, match.captures());
  }
  UnaryCall::Start(UnaryCall::Take(engine_, endpoint.method()), exchange, endpoint, fields, forms,
                   match.captures());
}

}  // namespace protorest::transcode
