// The calls that Client makes: the parts of a call that cross to the other server and back.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <memory>
#include <stop_token>
#include <string>

#include "grpc/signal.h"
#include "protorest/context.h"
#include "protorest/done.h"
#include "protorest/service.h"
#include "protorest/status.h"
#include "protorest/task.h"

namespace protorest::grpc {

// A gRPC client context that stands for `context`: metadata, deadline and cancellation go out with
// it, metadata and status come back.
class OutgoingContext {
 public:
  explicit OutgoingContext(Context& context);
  OutgoingContext(const OutgoingContext&) = delete;
  OutgoingContext& operator=(const OutgoingContext&) = delete;

  ::grpc::ClientContext* grpc() { return &grpc_; }
  bool cancelled() const { return context_.cancelled(); }

  // Hands the server's initial metadata on, once. Not before it has come.
  void TakeHeaders();
  // Hands on what came at the end of the call, once that is over.
  Status Finish(const ::grpc::Status& status);

 private:
  struct TryCancel {
    ::grpc::ClientContext* grpc;
    void operator()() const { grpc->TryCancel(); }
  };

  Context& context_;
  ::grpc::ClientContext grpc_;
  bool headers_taken_ = false;
  std::stop_callback<TryCancel> on_cancel_;  // last: it uses grpc_
};

// A call with at least one stream. One coroutine reads and one writes; all their steps must have
// ended before Finish is awaited, and Finish before the call is destroyed.
class StreamCall final : private ::grpc::ClientBidiReactor<::grpc::ByteBuffer, ::grpc::ByteBuffer> {
 public:
  // Starts the call.
  StreamCall(const std::shared_ptr<::grpc::ChannelInterface>& channel, const MethodInfo& method,
             Context& context);

  // Reads the next response. False: there is none any more, for a reason that Finish tells.
  auto Read(google::protobuf::Message& response) {
    return Step([this, &response](Done done) { BeginRead(response, done); });
  }
  // Sends a request; done once gRPC has taken it (backpressure). False: the call is over.
  auto Write(const google::protobuf::Message& request) {
    return Step([this, &request](Done done) { BeginWrite(request, {}, done); });
  }
  // The same for the last one.
  auto WriteLast(const google::protobuf::Message& request) {
    return Step([this, &request](Done done) {
      BeginWrite(request, ::grpc::WriteOptions().set_last_message(), done);
    });
  }
  // Says that no request follows.
  auto WritesDone() {
    return Step([this](Done done) {
      write_done_ = done;
      StartWritesDone();
    });
  }
  // Waits for the end of the call.
  Task<Status> Finish();

  bool cancelled() const { return context_.cancelled(); }
  // Ends the call early: steps under way fail.
  void Cancel() { context_.grpc()->TryCancel(); }

 private:
  void BeginRead(google::protobuf::Message& response, Done done);
  void BeginWrite(const google::protobuf::Message& request, ::grpc::WriteOptions options,
                  Done done);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override { write_done_(ok); }
  void OnWritesDoneDone(bool ok) override { write_done_(ok); }
  void OnDone(const ::grpc::Status& status) override;

  const std::string path_;
  OutgoingContext context_;

  google::protobuf::Message* response_ = nullptr;
  ::grpc::ByteBuffer incoming_;
  Done read_done_;
  Status read_failure_;  // what we found wrong, rather than the server

  ::grpc::ByteBuffer outgoing_;
  Done write_done_;
  Status write_failure_;

  ::grpc::Status status_;
  Signal over_;
};

}  // namespace protorest::grpc
