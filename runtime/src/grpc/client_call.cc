// Outgoing calls.
#include "grpc/client_call.h"

#include <grpcpp/generic/generic_stub.h>

#include <utility>

#include "grpc/bytes.h"
#include "grpc/metadata.h"
#include "grpc/status.h"

namespace protorest::grpc {

OutgoingContext::OutgoingContext(Context& context)
    : context_(context), on_cancel_(context.stop_token(), TryCancel{&grpc_}) {
  if (const RequestMetadata* metadata = context.request_metadata()) {
    metadata->ForEach([this](std::string_view key, std::string_view value) {
      if (Portable(key, value)) grpc_.AddMetadata(std::string(key), std::string(value));
    });
  }
  if (context.deadline() != Clock::time_point::max()) {
    grpc_.set_deadline(ToGrpcTime(context.deadline()));
  }
}

void OutgoingContext::TakeHeaders() {
  if (std::exchange(headers_taken_, true)) return;
  ForEachPortable(
      grpc_.GetServerInitialMetadata(),
      [this](std::string_view key, std::string_view value) { context_.AddHeader(key, value); });
}

Status OutgoingContext::Finish(const ::grpc::Status& status) {
  TakeHeaders();
  ForEachPortable(
      grpc_.GetServerTrailingMetadata(),
      [this](std::string_view key, std::string_view value) { context_.AddTrailer(key, value); });
  // At the deadline our caller cancels the context, which may overtake gRPC's own timer.
  if (status.error_code() == ::grpc::StatusCode::CANCELLED && Clock::now() >= context_.deadline()) {
    return Status::DeadlineExceeded("deadline exceeded");
  }
  return FromGrpc(status);
}

StreamCall::StreamCall(const std::shared_ptr<::grpc::ChannelInterface>& channel,
                       const MethodInfo& method, Context& context)
    : path_("/" + std::string(method.full_name)), context_(context) {
  ::grpc::GenericStub(channel).PrepareBidiStreamingCall(context_.grpc(), path_, {}, this);
  AddHold();  // until Finish: steps begin outside of reactions
  StartCall();
}

Task<Status> StreamCall::Finish() {
  RemoveHold();
  co_await over_.Wait();
  Status status = context_.Finish(status_);
  if (!read_failure_.ok()) co_return std::move(read_failure_);
  if (!write_failure_.ok()) co_return std::move(write_failure_);
  co_return status;
}

void StreamCall::BeginRead(google::protobuf::Message& response, Done done) {
  response_ = &response;
  read_done_ = done;
  StartRead(&incoming_);
}

void StreamCall::BeginWrite(const google::protobuf::Message& request, ::grpc::WriteOptions options,
                            Done done) {
  if (!Encode(request, outgoing_)) {
    write_failure_ = Status::Internal("the request is too large");
    Cancel();
    return done(false);
  }
  write_done_ = done;
  StartWrite(&outgoing_, options);
}

void StreamCall::OnReadDone(bool ok) {
  if (ok) context_.TakeHeaders();
  if (ok && !Decode(incoming_, *response_)) {
    read_failure_ = Status::Internal("the server sent a message that cannot be parsed");
    Cancel();
    ok = false;
  }
  read_done_(ok);
}

void StreamCall::OnDone(const ::grpc::Status& status) {
  status_ = status;
  over_.Raise();
}

}  // namespace protorest::grpc
