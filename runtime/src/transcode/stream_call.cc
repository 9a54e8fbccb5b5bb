// Starts and ends streaming calls.
#include "transcode/stream_call.h"

#include <utility>

#include "transcode/answer.h"
#include "transcode/message_answer.h"

namespace protorest::transcode {

void StreamCall::Start(Engine& engine, http::Exchange& exchange, const Endpoint& endpoint,
                       const HeadFields& fields, const Forms& forms,
                       std::span<const std::string_view> captures) {
  auto* call = new StreamCall(engine);  // Recycle deletes it
  call->endpoint_ = &endpoint;
  call->forms_ = forms;
  Method& method = endpoint.method();
  Status status = call->Begin(exchange, method, fields);
  if (!status.ok()) return call->EndBeforeRun(status, 0);

  call->json_ = engine.options.json;
  call->responses_.Begin(endpoint, *forms.offer, fields);
  if (!StreamsResponses(method.info->kind)) {
    call->response_.reset(method.info->response.default_instance().New());
  }
  if (StreamsRequests(method.info->kind)) {
    status = endpoint.CheckUrl(captures, exchange.request().query, call->json_);
    if (!status.ok()) return call->EndBeforeRun(status, 0);
    call->responses_.SetJson(call->json_);
    MessageSplitter::Options splitting;
    splitting.max_message_bytes = engine.options.max_request_bytes;
    splitting.max_depth = engine.options.json.max_depth;
    call->requests_.Begin(endpoint, forms, splitting, captures);
    call->Open(nullptr);
  } else {
    call->request_.reset(method.info->request.default_instance().New());
    call->captures_text_.assign(captures.begin(), captures.end());
    call->WholeBody::Read(*call, exchange, engine.options.max_request_bytes,
                          call->context().deadline());
  }
}

void StreamCall::OnWholeBody(std::string_view body) {
  const std::vector<std::string_view> captures(captures_text_.begin(), captures_text_.end());
  const Content content = {body, forms_.body, forms_.content_type};
  const Status status =
      endpoint_->Decode(content, captures, exchange().request().query, *request_, &json_);
  if (!status.ok()) return EndBeforeRun(status, 0);
  responses_.SetJson(json_);
  Open(request_.get());
}

void StreamCall::Open(google::protobuf::Message* request) {
  WatchPeer();
  responses_.StartHeartbeat(engine().runner.timers(), options().sse_heartbeat, context());
  Run(request, response_.get(), this);
}

void StreamCall::OnBodyRefused(const Status& status, int http_status) {
  EndBeforeRun(status, http_status);
}

void StreamCall::EndBeforeRun(const Status& status, int http_status) {
  ResponseFields fields;
  RespondError(exchange(), options().errors, status, http_status, fields);
  Unref();
}

void StreamCall::OnCancelled() {
  requests_.Stop();
  responses_.Stop();
}

void StreamCall::Complete(Status& status) {
  if (!ClaimEnd()) return;
  // A broken request is what the client is told, whatever the handler made of it.
  const bool broken = !requests_.error().ok();
  const bool cut = StreamsRequests(method().info->kind) && !requests_.at_end();
  if (broken) {
    outcome_ = requests_.error();
  } else if (cut && context().cancelled() && exchange().PeerGone()) {
    outcome_ = BodyBrokeOff();  // whoever has seen it first; the client may listen on
  } else if (cut && context().cancelled() && status.ok()) {
    outcome_ = Status::Cancelled("the call was cancelled before its requests had ended");
  } else {
    outcome_ = std::move(status);
  }
  if (broken && requests_.too_large()) http_status_ = 413;
  requests_.Stop();
  CloseExchange();
}

void StreamCall::Expire() {
  if (!ClaimEnd()) return;
  outcome_ = DeadlineExceeded();
  expired_ = true;
  Cancel();
  CloseExchange();
}

void StreamCall::EndExchange() {
  responses_.StopHeartbeat();
  if (refused() && !expired_) {
    ResponseFields fields;
    return RespondRefused(exchange(), options().errors, fields);
  }
  if (response_ && !expired_ && outcome_.ok()) return RespondMessage();
  responses_.End(outcome_, http_status_, expired_ ? nullptr : &context());
}

// The one response of a client stream.
void StreamCall::RespondMessage() {
  ResponseFields fields;
  fields.AddPairs(context().response_headers(), options().response_headers.prefix);
  std::string text;
  transcode::RespondMessage(exchange(), *response_,
                            {*endpoint_, *forms_.offer, json_, context(), te_trailers()}, text,
                            fields);
}

}  // namespace protorest::transcode
