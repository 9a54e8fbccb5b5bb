// Incoming calls.
#include "grpc/server_call.h"

#include <utility>

#include "grpc/bytes.h"
#include "grpc/status.h"

namespace protorest::grpc {
namespace {

std::unique_ptr<google::protobuf::Message> New(const MessageType& type) {
  return std::unique_ptr<google::protobuf::Message>(type.default_instance().New());
}

Status InvalidRequest() {
  return Status::InvalidArgument("the client sent a message that cannot be parsed");
}

}  // namespace

ServerCall::ServerCall(ServiceState& state, std::size_t method, ::grpc::CallbackServerContext& grpc,
                       MessageStream* stream)
    : state_(state),
      method_(method),
      grpc_(grpc),
      metadata_(grpc.client_metadata()),
      peer_(grpc.peer()),
      request_(StreamsRequests(this->method().kind) ? nullptr : New(this->method().request)),
      response_(StreamsResponses(this->method().kind) ? nullptr : New(this->method().response)),
      call_(context_, request_.get(), response_.get(), stream) {
  context_.Reset({.method = this->method().full_name,
                  .peer = peer_,
                  .metadata = &metadata_,
                  .timers = &state_.timers,
                  .log = &state_.log,
                  .deadline = FromGrpcTime(grpc.raw_deadline())});
}

void ServerCall::Invoke() {
  if (!state_.handler->blocking()) return Run();
  if (state_.workers.Run(*this)) return;
  Finish(Status::ResourceExhausted("the server is busy"));
}

void ServerCall::OnFinish(void* target, Status& status) {
  static_cast<ServerCall*>(target)->Finish(status);
}

void ServerCall::Finish(const Status& status) {
  SendHeaders();
  for (const auto& [key, value] : context_.response_trailers()) {
    if (Portable(key, value)) grpc_.AddTrailingMetadata(key, value);
  }
  End(status);
}

void ServerCall::SendHeaders() {
  if (std::exchange(headers_sent_, true)) return;
  for (const auto& [key, value] : context_.SealHeaders()) {
    if (Portable(key, value)) grpc_.AddInitialMetadata(key, value);
  }
}

void UnaryServerCall::Start() {
  ::grpc::ByteBuffer incoming(incoming_);  // shares the bytes
  if (!Decode(incoming, request())) return End(InvalidRequest());
  Invoke();
}

void UnaryServerCall::End(const Status& status) {
  if (status.ok() && !Encode(response(), outgoing_)) {
    return ServerUnaryReactor::Finish(ToGrpc(Status::Internal("the response is too large")));
  }
  ServerUnaryReactor::Finish(ToGrpc(status));
}

void StreamServerCall::Start() {
  if (StreamsRequests(method().kind)) return Invoke();
  Read(request(),
       {[](void* target, bool ok) { static_cast<StreamServerCall*>(target)->OnOnlyRequest(ok); },
        this});
}

void StreamServerCall::OnOnlyRequest(bool ok) {
  if (ok) return Invoke();
  End(Status::InvalidArgument("the client sent no request"));
}

// Read and CancelRead may meet: each first says what it is about and then looks at the other's
// word, so that at least one of them sees both, and the exchange of reading_ lets one alone answer.
void StreamServerCall::Read(google::protobuf::Message& message, Done done) {
  message_ = &message;
  read_done_ = done;
  reading_ = true;
  if (!read_cancelled_) return StartRead(&incoming_);
  if (reading_.exchange(false)) done(false);
}

void StreamServerCall::CancelRead() {
  read_cancelled_ = true;
  if (reading_.exchange(false)) read_done_(false);
}

void StreamServerCall::OnReadDone(bool ok) {
  if (!ok && cancelled())
    context().Cancel();  // so that no handler takes it for the end of the stream
  if (!reading_.exchange(false)) return;
  if (ok && !Decode(incoming_, *message_)) {
    invalid_request_ = true;
    ok = false;
  }
  read_done_(ok);
}

void StreamServerCall::Write(const google::protobuf::Message& message, Done done) {
  if (!Encode(message, outgoing_)) {
    too_large_ = true;
    return done(false);
  }
  SendHeaders();
  write_done_ = done;
  StartWrite(&outgoing_);
}

void StreamServerCall::OnWriteDone(bool ok) {
  if (!ok) context().Cancel();  // OnCancel comes too, but perhaps later
  write_done_(ok);
}

void StreamServerCall::End(const Status& status) {
  if (invalid_request_) return ServerBidiReactor::Finish(ToGrpc(InvalidRequest()));
  if (too_large_) {
    return ServerBidiReactor::Finish(ToGrpc(Status::Internal("a response is too large")));
  }
  if (!status.ok() || StreamsResponses(method().kind)) {
    return ServerBidiReactor::Finish(ToGrpc(status));
  }
  if (!Encode(response(), outgoing_)) {
    return ServerBidiReactor::Finish(ToGrpc(Status::Internal("the response is too large")));
  }
  StartWriteAndFinish(&outgoing_, {}, ::grpc::Status());
}

}  // namespace protorest::grpc
