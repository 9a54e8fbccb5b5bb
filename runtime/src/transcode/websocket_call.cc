// Messages in and out, and the close code at the end.
#include "transcode/websocket_call.h"

#include <utility>

#include "json/utf8_text.h"
#include "transcode/answer.h"
#include "transcode/violations.h"
#include "transcode/websocket_request.h"

namespace protorest::transcode {
namespace {

constexpr int kStatusCodes = 4000;

}  // namespace

void WebSocketCall::Start(Engine& engine, http::Exchange& exchange, const Endpoint& endpoint,
                          const HeadFields& fields, std::span<const std::string_view> captures) {
  auto* call = new WebSocketCall(engine);  // Recycle deletes it
  call->endpoint_ = &endpoint;
  call->captures_text_.assign(captures.begin(), captures.end());
  call->captures_.assign(call->captures_text_.begin(), call->captures_text_.end());
  call->query_ = exchange.request().query;
  call->Open(exchange, fields);
}

void WebSocketCall::Open(http::Exchange& exchange, const HeadFields& fields) {
  Status status = Begin(exchange, endpoint_->method(), fields);
  const RequestBody& body = endpoint_->body();
  const std::string_view subprotocol = ChooseSubprotocol(
      exchange.request(), (body.none() || body.is_message()) && endpoint_->has_protobuf_response());
  binary_ = subprotocol == kProtoSubprotocol;
  socket_ = exchange.Upgrade({.subprotocol = subprotocol,
                              .max_message_bytes = options().max_request_bytes,
                              .ping_interval = options().websocket_ping});
  if (socket_ == nullptr) {
    ResponseFields error_fields;
    error_fields.Add("sec-websocket-version", "13");
    status = BadRequest("this is no WebSocket handshake (RFC 6455)");
    RespondError(exchange, options().errors, status, 0, error_fields);
    return Unref();
  }
  if (status.ok()) status = Prepare();
  // A browser tells its page nothing of a handshake that failed: so it succeeds, and closes.
  if (!status.ok()) return EndBeforeRun(std::move(status));
  WatchPeer();
  unbegun_ = expects_ == Expects::kTheRequest;
  const bool runs = !unbegun_;
  if (expects_ != Expects::kRequests) Receive();
  if (runs) Run(request_.get(), response_.get(), this);
}

// Makes the messages, and checks what the URL says of them before any comes.
Status WebSocketCall::Prepare() {
  const MethodInfo& method = *endpoint_->method().info;
  json_ = options().json;
  if (!StreamsResponses(method.kind)) {
    response_.reset(method.response.default_instance().New());
  }
  if (StreamsRequests(method.kind)) {
    expects_ = Expects::kRequests;
    return endpoint_->CheckUrl(captures_, query_, json_);
  }
  request_.reset(method.request.default_instance().New());
  if (endpoint_->body().none()) {  // the URL says it all
    return endpoint_->Decode({}, captures_, query_, *request_, &json_);
  }
  expects_ = Expects::kTheRequest;
  return endpoint_->CheckUrl(captures_, query_, json_);
}

// --- Requests.

void WebSocketCall::Read(google::protobuf::Message& message, Done done) {
  if (stopped_reading_) return done(false);
  message_ = &message;
  pending_read_.Arm(done);
  if (stopped_reading_) return pending_read_.Fire(false);
  Receive();
}

// OnMessage or OnNoMessage follows, perhaps from within.
void WebSocketCall::Receive() {
  Ref();
  if (!EnterExchange()) return OnNoMessage();
  socket_->Receive(*this);
  LeaveExchange();
}

void WebSocketCall::OnNoMessage() {
  pending_read_.Fire(false);
  if (unbegun_.exchange(false)) EndBeforeRun(Status::Cancelled("the client has gone"));
  Unref();
}

void WebSocketCall::OnMessage(std::string_view message, bool binary) {
  const bool no_more = message.empty() && !binary;
  switch (expects_) {
    case Expects::kTheRequest:
      TakeTheRequest(message, binary);
      break;
    case Expects::kRequests:
      if (no_more) {
        expects_ = Expects::kNothing;
        StopReading();
        Receive();
      } else {
        TakeRequest(message, binary);
      }
      break;
    case Expects::kNothing:
      if (no_more) {
        Receive();
      } else {
        too_many_ = true;
        Cancel();
      }
      break;
  }
  Unref();
}

void WebSocketCall::TakeTheRequest(std::string_view message, bool binary) {
  expects_ = Expects::kNothing;
  if (!unbegun_.exchange(false)) return;  // cancelled before it was a call
  if (!Decode(message, binary, *request_)) return EndBeforeRun(error_);
  Receive();  // nothing more is to come: to say so if it does
  Run(request_.get(), response_.get(), this);
}

void WebSocketCall::TakeRequest(std::string_view message, bool binary) {
  // Only after Take: the message of a Read that was stopped may be gone.
  Done done;
  if (!pending_read_.Take(done)) return;
  const bool valid = Decode(message, binary, *message_);
  if (!valid) Cancel();  // what came so far is not the whole
  done(valid);
}

bool WebSocketCall::Decode(std::string_view message, bool binary, google::protobuf::Message& into) {
  Content content = {message, binary ? BodyType::kProtobuf : BodyType::kJson, {}};
  if (endpoint_->body().raw()) {  // of an HttpBody: the bytes as they are
    content.content_type = binary ? "application/octet-stream" : "text/plain; charset=utf-8";
  } else if (binary && !binary_) {
    close_code_ = http::kCloseUnsupported;
    error_ = Status::InvalidArgument("binary messages need the subprotocol protorest.proto");
    return false;
  }
  error_ = endpoint_->Decode(content, captures_, query_, into);
  return error_.ok();
}

void WebSocketCall::StopReading() {
  stopped_reading_ = true;
  pending_read_.Fire(false);
}

// --- Responses.

void WebSocketCall::Write(const google::protobuf::Message& message, Done done) {
  if (stopped_writing_ || !EnterExchange()) return done(false);
  const bool encoded = Encode(message);
  const bool room = !encoded || SendText();
  if (!room) WaitForRoom(done);
  LeaveExchange();
  if (room) done(encoded);
}

bool WebSocketCall::Encode(const google::protobuf::Message& message) {
  if (!failure_.ok()) return false;
  text_.clear();
  if (endpoint_->raw_response()) {
    text_ = endpoint_->RawResponse(message).data;
  } else if (binary_) {
    endpoint_->EncodeProtobuf(message, text_);
  } else {
    std::string problem;
    failure_ = endpoint_->Encode(message, json_, text_, problem);
    if (!failure_.ok()) {
      context().LogLine(std::string(context().method()) + ": a response has no JSON: " + problem);
    }
  }
  return failure_.ok();
}

bool WebSocketCall::SendText() {
  return socket_->Send(text_, binary_ || endpoint_->raw_response());
}

void WebSocketCall::WaitForRoom(Done done) {
  pending_write_.Arm(done);
  Ref();
  socket_->WhenWritable({[](void* target, bool ready) {
                           auto* call = static_cast<WebSocketCall*>(target);
                           call->pending_write_.Fire(ready && !call->stopped_writing_);
                           call->Unref();
                         },
                         this});
  if (stopped_writing_) pending_write_.Fire(false);
}

// The one response of a client stream.
void WebSocketCall::SendResponse() {
  if (!Encode(*response_)) {
    outcome_ = failure_;
  } else if (EnterExchange()) {
    SendText();
    LeaveExchange();
  }
}

// --- The end.

void WebSocketCall::EndBeforeRun(Status status) {
  outcome_ = std::move(status);
  CloseExchange();
  Unref();
}

void WebSocketCall::OnCancelled() {
  StopReading();
  stopped_writing_ = true;
  pending_write_.Fire(false);
  if (unbegun_.exchange(false)) EndBeforeRun(Status::Cancelled("the server is stopping"));
}

void WebSocketCall::Complete(Status& status) {
  if (!ClaimEnd()) return;
  // What is wrong with the requests is what the client is told, whatever the handler made of it.
  if (too_many_) {
    outcome_ = Status::InvalidArgument("a message came behind the last one");
  } else if (!error_.ok()) {
    outcome_ = error_;
  } else if (refused()) {
    outcome_ = Status::ResourceExhausted("all threads of the server are busy");
  } else {
    outcome_ = failure_.ok() ? std::move(status) : failure_;
    if (outcome_.ok() && expects_ == Expects::kRequests && context().cancelled()) {
      outcome_ = Status::Cancelled("the call was cancelled before its requests had ended");
    }
    if (outcome_.ok() && response_ != nullptr) SendResponse();
  }
  StopReading();
  CloseExchange();
}

void WebSocketCall::Expire() {
  if (!ClaimEnd()) return;
  outcome_ = DeadlineExceeded();
  Cancel();
  CloseExchange();
}

void WebSocketCall::EndExchange() {
  int code = close_code_;
  if (code == 0) {
    code = outcome_.ok() ? http::kCloseNormal : kStatusCodes + static_cast<int>(outcome_.code());
  }
  socket_->Close(code, json::detail::ToUtf8(outcome_.message()));
}

}  // namespace protorest::transcode
