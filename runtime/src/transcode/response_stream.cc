// The forms of a response stream and of its end.
#include "transcode/response_stream.h"

#include "transcode/answer.h"

namespace protorest::transcode {

void ResponseStream::Begin(const Endpoint& endpoint, const MediaOffer& offer) {
  endpoint_ = &endpoint;
  offer_ = offer;
}

void ResponseStream::SetJson(const json::Options& json) {
  json_ = json;
  if (offer_.form == StreamForm::kNdjson) json_.indent = 0;
}

void ResponseStream::Write(const google::protobuf::Message& message, const Context& context,
                           Done done) {
  if (stopped_ || !owner_.EnterExchange()) return done(false);
  if (!failure_.ok() || !Encode(message, context)) {
    owner_.LeaveExchange();
    return done(false);
  }
  if (!started_) Start(context);
  const bool room = owner_.exchange().SendBody(text_);
  if (!room) {
    pending_.Arm(done);
    owner_.Ref();
    owner_.exchange().WhenWritable({[](void* target, bool ready) {
                                      auto* stream = static_cast<ResponseStream*>(target);
                                      stream->pending_.Fire(ready && !stream->stopped_);
                                      stream->owner_.Unref();
                                    },
                                    this});
    if (stopped_) pending_.Fire(false);
  }
  owner_.LeaveExchange();
  if (room) done(true);
}

void ResponseStream::Stop() {
  stopped_ = true;
  pending_.Fire(false);
}

bool ResponseStream::Encode(const google::protobuf::Message& message, const Context& context) {
  text_.clear();
  if (offer_.form == StreamForm::kArray) text_.push_back(started_ ? ',' : '[');
  std::string problem;
  failure_ = endpoint_->Encode(message, json_, text_, problem);
  if (!failure_.ok()) {
    context.LogLine(std::string(context.method()) + ": a response has no JSON: " + problem);
    return false;
  }
  if (offer_.form == StreamForm::kNdjson) text_.push_back('\n');
  return true;
}

void ResponseStream::Start(const Context& context) {
  started_ = true;
  fields_.Clear();
  fields_.Add("content-type", offer_.type);
  fields_.AddPairs(context.response_headers());
  owner_.exchange().StartResponse(
      {.status = 200, .headers = fields_.headers(), .content_length = {}});
}

void ResponseStream::End(const Status& status, int http_status, const Context* context) {
  const Status& outcome = failure_.ok() ? status : failure_;
  if (started_) return EndStarted(outcome, context);
  ResponseFields fields;
  if (context) fields.AddPairs(context->response_headers());
  EndUnstarted(outcome, http_status, fields);
}

void ResponseStream::EndUnstarted(const Status& status, int http_status, ResponseFields& fields) {
  if (!status.ok()) return RespondError(owner_.exchange(), status, http_status, fields);
  fields.Add("content-type", offer_.type);
  const std::string_view nothing = offer_.form == StreamForm::kArray ? "[]" : "";  // rule E8
  owner_.exchange().Respond(
      {.status = 200, .headers = fields.headers(), .content_length = nothing.size()}, nothing);
}

void ResponseStream::EndStarted(const Status& status, const Context* context) {
  http::Exchange& exchange = owner_.exchange();
  if (offer_.form == StreamForm::kArray) {
    if (!status.ok()) return exchange.Abort();
    exchange.SendBody("]");
  } else if (!status.ok()) {
    exchange.SendBody(LastLine(status));
  }
  ResponseFields trailers;
  if (context) trailers.AddPairs(context->response_trailers());
  exchange.Finish(trailers.headers());
}

}  // namespace protorest::transcode
