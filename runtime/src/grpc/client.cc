// Client: the four kinds of call over a channel.
#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>
#include <utility>

#include "grpc/bytes.h"
#include "grpc/client_call.h"
#include "grpc/signal.h"
#include "protorest/generated/grpc.h"
#include "rpc/detached.h"

namespace protorest::grpc {
namespace {

using google::protobuf::Message;

std::unique_ptr<Message> New(const MessageType& type) {
  return std::unique_ptr<Message>(type.default_instance().New());
}

// Passes requests on until there is none any more or the call is over, then raises `sent`, which
// ends the life of the arguments.
Detached SendAll(StreamCall& call, MessageStream& requests, Message& request, Signal& sent) {
  bool open = true;
  while (open) {
    const bool more = co_await Step([&](Done done) { requests.Read(request, done); });
    if (!more) break;
    open = co_await call.Write(request);
  }
  if (call.cancelled()) {
    call.Cancel();  // not WritesDone: the server must not take half a stream for the whole
  } else if (open) {
    co_await call.WritesDone();
  }
  sent.Raise();
}

// Reads the one response, counts what comes beyond it, and raises `received`, which ends the life
// of the arguments.
Detached ReceiveOne(StreamCall& call, Message& response, Message& surplus, int& count,
                    Signal& received) {
  Message* next = &response;  // not a ?: in the co_await, which GCC 12 gets wrong
  while (co_await call.Read(*next)) {
    ++count;
    next = &surplus;
  }
  received.Raise();
}

// Passes responses on until there is none any more.
Task<bool> ReceiveAll(StreamCall& call, MessageStream& responses, Message& response) {
  while (co_await call.Read(response)) {
    if (!co_await Step([&](Done done) { responses.Write(response, done); })) {
      call.Cancel();
      co_return false;
    }
  }
  co_return true;
}

// Where gRPC puts the end of a unary call.
struct UnaryEnd {
  ::grpc::Status status;
  Done done;
};

}  // namespace

Client::Client(std::shared_ptr<::grpc::ChannelInterface> channel) : channel_(std::move(channel)) {}

Task<Status> Client::Unary(const MethodInfo& method, Context& context, const Message& request,
                           Message& response) {
  ::grpc::ByteBuffer outgoing;
  ::grpc::ByteBuffer incoming;
  if (!Encode(request, outgoing)) co_return Status::Internal("the request is too large");
  const std::string path = "/" + std::string(method.full_name);
  OutgoingContext call(context);
  UnaryEnd end;
  co_await Step([&](Done done) {
    end.done = done;
    ::grpc::GenericStub(channel_).UnaryCall(call.grpc(), path, {}, &outgoing, &incoming,
                                            [&end](::grpc::Status status) {
                                              end.status = std::move(status);
                                              end.done(true);
                                            });
  });
  Status status = call.Finish(end.status);
  if (status.ok() && !Decode(incoming, response)) {
    co_return Status::Internal("the server sent a message that cannot be parsed");
  }
  co_return status;
}

Task<Status> Client::ServerStream(const MethodInfo& method, Context& context,
                                  const Message& request, MessageStream& responses) {
  StreamCall call(channel_, method, context);
  const std::unique_ptr<Message> response = New(method.response);
  if (co_await call.WriteLast(request)) co_await ReceiveAll(call, responses, *response);
  co_return co_await call.Finish();
}

Task<Status> Client::ClientStream(const MethodInfo& method, Context& context,
                                  MessageStream& requests, Message& response) {
  StreamCall call(channel_, method, context);
  const std::unique_ptr<Message> request = New(method.request);
  const std::unique_ptr<Message> surplus = New(method.response);
  int count = 0;
  Signal received;
  Signal sent;
  // Reading comes first: the in-process transport (gRPC 1.51) loses a response that comes together
  // with the status before anyone has asked for it.
  ReceiveOne(call, response, *surplus, count, received);
  SendAll(call, requests, *request, sent);
  co_await received.Wait();
  requests.CancelRead();
  co_await sent.Wait();
  Status status = co_await call.Finish();
  if (status.ok() && count != 1) co_return Status::Internal("the server did not send one response");
  co_return status;
}

Task<Status> Client::BidiStream(const MethodInfo& method, Context& context, MessageStream& stream) {
  StreamCall call(channel_, method, context);
  const std::unique_ptr<Message> request = New(method.request);
  const std::unique_ptr<Message> response = New(method.response);
  Signal sent;
  SendAll(call, stream, *request, sent);
  co_await ReceiveAll(call, stream, *response);
  stream.CancelRead();
  co_await sent.Wait();
  co_return co_await call.Finish();
}

}  // namespace protorest::grpc
