// The forms of a response stream and of its end.
#include "transcode/response_stream.h"

#include "transcode/answer.h"
#include "transcode/error_body.h"

namespace protorest::transcode {

void ResponseStream::Begin(const Endpoint& endpoint, const MediaOffer& offer,
                           const HeadFields& fields) {
  endpoint_ = &endpoint;
  offer_ = offer;
  head_only_ = owner_.exchange().request().method == "HEAD";
  te_trailers_ = fields.te_trailers;
  events_.Begin(fields.last_event_id);
  content_type_ = offer.type;
}

void ResponseStream::SetJson(const json::Options& json) {
  json_ = json;
  if (offer_.form != StreamForm::kArray) json_.indent = 0;
}

void ResponseStream::StartHeartbeat(Timers& timers, Clock::duration interval, Context& context) {
  if (offer_.form != StreamForm::kEvents || interval <= Clock::duration::zero()) return;
  context_ = &context;
  heartbeat_.Start(
      timers, interval,
      {[](void* target, bool) { static_cast<ResponseStream*>(target)->Beat(); }, this});
}

void ResponseStream::Beat() {
  if (!owner_.EnterExchange()) return;
  bool all_said = false;
  {
    const std::lock_guard lock(mutex_);
    if (!full_) {
      if (!started_) Start(*context_);
      owner_.exchange().SendBody(EventFormat::kHeartbeat);
    }
    all_said = AllSaid();
  }
  if (all_said) owner_.Cancel();
  owner_.LeaveExchange();
}

void ResponseStream::Write(const google::protobuf::Message& message, Context& context, Done done) {
  if (stopped_ || !owner_.EnterExchange()) return done(false);
  const Sent sent = Send(message, context);
  if (sent == Sent::kFull) WaitForRoom(done);
  if (sent == Sent::kHead) owner_.Cancel();
  owner_.LeaveExchange();
  if (sent != Sent::kFull) done(sent == Sent::kWithRoom);
}

ResponseStream::Sent ResponseStream::Send(const google::protobuf::Message& message,
                                          Context& context) {
  const std::lock_guard lock(mutex_);
  if (!failure_.ok() || !Encode(message, context)) return Sent::kNothing;
  if (!started_) Start(context);
  if (AllSaid()) return Sent::kHead;
  full_ = !owner_.exchange().SendBody(text_);
  return full_ ? Sent::kFull : Sent::kWithRoom;
}

void ResponseStream::WaitForRoom(Done done) {
  pending_.Arm(done);
  owner_.Ref();
  owner_.exchange().WhenWritable({[](void* target, bool ready) {
                                    auto* stream = static_cast<ResponseStream*>(target);
                                    {
                                      const std::lock_guard lock(stream->mutex_);
                                      stream->full_ = false;
                                    }
                                    stream->pending_.Fire(ready && !stream->stopped_);
                                    stream->owner_.Unref();
                                  },
                                  this});
  if (stopped_) pending_.Fire(false);
}

void ResponseStream::Stop() {
  stopped_ = true;
  pending_.Fire(false);
}

bool ResponseStream::Encode(const google::protobuf::Message& message, Context& context) {
  text_.clear();
  if (offer_.form == StreamForm::kRaw) {
    AppendRaw(message);
    return true;
  }
  if (offer_.form == StreamForm::kArray) text_.push_back(started_ ? ',' : '[');
  if (offer_.form == StreamForm::kEvents) events_.OpenEvent(context, text_);
  std::string problem;
  failure_ = endpoint_->Encode(message, json_, text_, problem);
  if (!failure_.ok()) {
    context.LogLine(std::string(context.method()) + ": a response has no JSON: " + problem);
    return false;
  }
  if (offer_.form == StreamForm::kNdjson) text_.push_back('\n');
  if (offer_.form == StreamForm::kEvents) EventFormat::CloseEvent(text_);
  return true;
}

// The type is that of the first message, which is there while the head goes out (rule E6).
void ResponseStream::AppendRaw(const google::protobuf::Message& message) {
  const HttpBody::Content raw = endpoint_->RawResponse(message);
  if (!started_ && !raw.type.empty()) content_type_ = raw.type;
  text_.append(raw.data);
}

void ResponseStream::Start(Context& context) {
  started_ = true;
  fields_.Clear();
  fields_.Add("content-type", content_type_);
  if (offer_.form == StreamForm::kEvents) {
    // Nobody on the way is to keep events, or to hold them back (the second is nginx's).
    fields_.Add("cache-control", "no-store");
    fields_.Add("x-accel-buffering", "no");
  }
  fields_.AddPairs(context.SealHeaders(), endpoint_->options().response_headers.prefix);
  owner_.exchange().StartResponse(
      {.status = HttpStatusOf(context, /*ok=*/true, endpoint_->success_status()),
       .headers = fields_.headers(),
       .content_length = {}});
}

void ResponseStream::End(const Status& status, int http_status, const Context* context) {
  const Status& outcome = failure_.ok() ? status : failure_;
  const std::string_view prefix = endpoint_->options().response_headers.prefix;
  ResponseFields trailers;
  if (context && te_trailers_) trailers.AddPairs(context->response_trailers(), prefix);
  if (started_) return EndStarted(outcome, trailers.headers());
  ResponseFields fields;
  const int otherwise = outcome.ok() ? endpoint_->success_status() : http_status;
  if (context) {
    fields.AddPairs(context->response_headers(), prefix);
    http_status = HttpStatusOf(*context, outcome.ok(), otherwise);
  } else {
    http_status = otherwise;
  }
  EndUnstarted(outcome, http_status, fields, trailers.headers());
}

void ResponseStream::EndUnstarted(const Status& status, int http_status, ResponseFields& fields,
                                  std::span<const http::Header> trailers) {
  http::Exchange& exchange = owner_.exchange();
  if (!status.ok()) {
    return RespondError(exchange, endpoint_->options().errors, status, http_status, fields,
                        trailers);
  }
  // A client that came back for more and finds none would come back for ever: 204 stops it.
  if (offer_.form == StreamForm::kEvents && events_.resumed()) {
    return RespondNothing(exchange, 204, fields);
  }
  const std::string_view nothing = offer_.form == StreamForm::kArray ? "[]" : "";  // rule E8
  RespondWhole(exchange,
               {.http_status = http_status,
                .content_type = offer_.type,
                .body = nothing,
                .trailers = trailers},
               fields);
}

void ResponseStream::EndStarted(const Status& status, std::span<const http::Header> trailers) {
  http::Exchange& exchange = owner_.exchange();
  if (head_only_) return exchange.Finish({});
  if (offer_.form == StreamForm::kArray || offer_.form == StreamForm::kRaw) {
    if (!status.ok()) return exchange.Abort();
    if (offer_.form == StreamForm::kArray) exchange.SendBody("]");
  } else if (!status.ok()) {
    exchange.SendBody(LastWords(status));
  }
  exchange.Finish(trailers);
}

std::string ResponseStream::LastWords(const Status& status) const {
  const ErrorFormat format = endpoint_->options().errors.format;
  std::string words;
  if (offer_.form == StreamForm::kNdjson) {
    WriteStreamError(format, status, words);
    words += '\n';
  } else {
    EventFormat::AppendError(format, status, words);
  }
  return words;
}

}  // namespace protorest::transcode
