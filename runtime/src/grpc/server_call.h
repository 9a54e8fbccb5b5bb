// The calls that Service serves: a reactor for gRPC on the one side, a call for the handler on the
// other.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "grpc/metadata.h"
#include "grpc/timers.h"
#include "grpc/workers.h"
#include "protorest/handler.h"

namespace protorest::grpc {

// What all calls of a service share.
struct ServiceState {
  std::shared_ptr<Handler> handler;
  Log log;
  AlarmTimers timers;
  Workers workers;
};

// The part that is the same for all kinds of method: context, messages, where the handler runs.
// gRPC frees a call by OnDone, after everything else it does with it.
class ServerCall : private Job {
 protected:
  ServerCall(ServiceState& state, std::size_t method, ::grpc::CallbackServerContext& grpc,
             MessageStream* stream);
  ~ServerCall() = default;

  // Calls the handler, on a worker if it may block.
  void Invoke();
  // The end of the call as gRPC wants it; initial and trailing metadata are set then.
  virtual void End(const Status& status) = 0;

  const MethodInfo& method() const { return state_.handler->service().methods[method_]; }
  Context& context() { return context_; }
  // Whether gRPC knows already that the call will not end well.
  bool cancelled() const { return grpc_.IsCancelled(); }
  google::protobuf::Message& request() { return *request_; }
  google::protobuf::Message& response() { return *response_; }

  // Gives the handler's headers to gRPC, once: before the first byte of the response. Further ones
  // are refused.
  void SendHeaders();

 private:
  void Run() final { state_.handler->Invoke(method_, call_, {&ServerCall::OnFinish, this}); }
  static void OnFinish(void* target, Status& status);
  void Finish(const Status& status);

  ServiceState& state_;
  const std::size_t method_;
  ::grpc::CallbackServerContext& grpc_;
  const ReceivedMetadata metadata_;
  const std::string peer_;
  Context context_;
  const std::unique_ptr<google::protobuf::Message> request_;
  const std::unique_ptr<google::protobuf::Message> response_;
  Call call_;
  bool headers_sent_ = false;
};

// One request, one response. `request` and `response` belong to gRPC and last as long as this.
class UnaryServerCall final : public ::grpc::ServerUnaryReactor, private ServerCall {
 public:
  UnaryServerCall(ServiceState& state, std::size_t method, ::grpc::CallbackServerContext& grpc,
                  const ::grpc::ByteBuffer& request, ::grpc::ByteBuffer& response)
      : ServerCall(state, method, grpc, nullptr), incoming_(request), outgoing_(response) {}

  void Start();

 private:
  void End(const Status& status) override;
  void OnCancel() override { context().Cancel(); }
  void OnDone() override { delete this; }

  const ::grpc::ByteBuffer& incoming_;
  ::grpc::ByteBuffer& outgoing_;
};

// A stream in at least one direction.
class StreamServerCall final
    : public ::grpc::ServerBidiReactor<::grpc::ByteBuffer, ::grpc::ByteBuffer>,
      private ServerCall,
      private MessageStream {
 public:
  StreamServerCall(ServiceState& state, std::size_t method, ::grpc::CallbackServerContext& grpc)
      : ServerCall(state, method, grpc, this) {}

  void Start();

 private:
  void Read(google::protobuf::Message& message, Done done) override;
  void Write(const google::protobuf::Message& message, Done done) override;
  void CancelRead() override;

  void End(const Status& status) override;
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override { context().Cancel(); }
  void OnDone() override { delete this; }

  void OnOnlyRequest(bool ok);

  ::grpc::ByteBuffer incoming_;
  google::protobuf::Message* message_ = nullptr;
  Done read_done_;
  // Whoever takes it down, OnReadDone or CancelRead, owes the reader its answer.
  std::atomic<bool> reading_ = false;
  std::atomic<bool> read_cancelled_ = false;
  std::atomic<bool> invalid_request_ = false;

  ::grpc::ByteBuffer outgoing_;
  Done write_done_;
  bool too_large_ = false;
};

}  // namespace protorest::grpc
