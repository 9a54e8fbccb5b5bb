// Reads the request, runs the handler, writes the response.
#include "transcode/unary_call.h"

#include <utility>

#include "transcode/answer.h"
#include "transcode/message_answer.h"

namespace protorest::transcode {
namespace {

// Messages and buffers that have grown beyond this are not kept for the next call.
constexpr std::size_t kKeptBytes = std::size_t{64} * 1024;

// So few bytes of a body make no large message, of which only many calls together can make one.
constexpr std::size_t kSmallBody = 1024;
constexpr unsigned kManyCalls = 16;

}  // namespace

UnaryCall::UnaryCall(Engine& engine, Method& method)
    : ActiveCall(engine),
      request_(method.info->request.default_instance().New()),
      response_(method.info->response.default_instance().New()) {}

std::unique_ptr<UnaryCall> UnaryCall::Take(Engine& engine, Method& method) {
  std::unique_ptr<UnaryCall> call = method.unary_calls.Take();
  return call ? std::move(call) : std::make_unique<UnaryCall>(engine, method);
}

void UnaryCall::Start(std::unique_ptr<UnaryCall> owned, http::Exchange& exchange,
                      const Endpoint& endpoint, const HeadFields& fields, const Forms& forms,
                      std::span<const std::string_view> captures) {
  UnaryCall* call = owned.release();  // Recycle takes it back
  call->endpoint_ = &endpoint;
  call->json_ = call->options().json;
  call->request_bytes_ = 0;
  call->small_response_ = false;
  call->forms_ = forms;
  Status status = call->Begin(exchange, endpoint.method(), fields);
  if (!status.ok()) return call->Fail(status);
  call->KeepCaptures(captures);
  call->Read(*call, exchange, call->options().max_request_bytes, call->context().deadline());
}

// They are views of the router's memory, and the body may come later.
void UnaryCall::KeepCaptures(std::span<const std::string_view> captures) {
  captures_.clear();
  captures_text_.clear();
  for (const std::string_view capture : captures) captures_text_.append(capture);
  std::string_view rest = captures_text_;
  for (const std::string_view capture : captures) {
    captures_.push_back(rest.substr(0, capture.size()));
    rest.remove_prefix(capture.size());
  }
}

void UnaryCall::OnWholeBody(std::string_view body) {
  request_bytes_ = body.size();
  const Content content = {body, forms_.body, forms_.content_type};
  const Status status =
      endpoint_->Decode(content, captures_, exchange().request().query, *request_, &json_);
  if (!status.ok()) return Fail(status);
  Run(request_.get(), response_.get(), nullptr);
}

void UnaryCall::OnBodyRefused(const Status& status, int http_status) { Fail(status, http_status); }

// An error before the handler has run.
void UnaryCall::Fail(const Status& status, int http_status) {
  fields_.Clear();
  RespondError(exchange(), options().errors, status, http_status, fields_);
  Unref();
}

void UnaryCall::Complete(Status& status) {
  if (!ClaimEnd()) return;
  fields_.Clear();
  fields_.AddPairs(context().response_headers(), options().response_headers.prefix);
  if (refused()) {
    RespondRefused(exchange(), options().errors, fields_);
  } else if (!status.ok()) {
    ResponseFields trailers;
    if (te_trailers()) {
      trailers.AddPairs(context().response_trailers(), options().response_headers.prefix);
    }
    RespondError(exchange(), options().errors, status, HttpStatusOf(context(), /*ok=*/false, 0),
                 fields_, trailers.headers());
  } else {
    RespondMessage(exchange(), *response_,
                   {*endpoint_, *forms_.offer, json_, context(), te_trailers()}, text_, fields_);
    small_response_ = !text_.empty() && text_.size() <= kSmallBody;
  }
}

void UnaryCall::Expire() {
  if (!ClaimEnd()) return;
  Cancel();
  ResponseFields fields;  // the handler may be busy with this call's own
  RespondError(exchange(), options().errors, DeadlineExceeded(), 0, fields);
}

void UnaryCall::Recycle() {
  std::unique_ptr<UnaryCall> call(this);
  if (Outgrown()) return;
  response_->Clear();  // what one client was answered is nothing that the next handler may find
  method().unary_calls.Put(std::move(call));
}

// Messages walk through themselves by reflection to say what they take: small ones are asked now
// and then only.
bool UnaryCall::Outgrown() {
  if (request_bytes_ > kKeptBytes || text_.capacity() > kKeptBytes) return true;
  const bool small = request_bytes_ <= kSmallBody && small_response_;
  if (small && ++small_calls_ % kManyCalls != 0) return false;
  return text_.capacity() + request_->SpaceUsedLong() + response_->SpaceUsedLong() > kKeptBytes;
}

}  // namespace protorest::transcode
