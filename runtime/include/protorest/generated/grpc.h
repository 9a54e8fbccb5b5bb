// What generated proxies are made of: calls over a gRPC channel, without types and without grpc++.
#pragma once

#include <google/protobuf/message.h>

#include <memory>

#include "protorest/context.h"
#include "protorest/service.h"
#include "protorest/status.h"
#include "protorest/stream.h"
#include "protorest/task.h"

namespace grpc {
class ChannelInterface;
}

namespace protorest::grpc {

// Calls a service over `channel`: a remote one, or an in-process one (Server::InProcessChannel).
// Copyable; copies share the channel. Any thread may call; many calls run at the same time.
//
// What crosses with a call: the request metadata of its context, its deadline, its cancellation;
// back come the initial metadata (AddHeader), the trailing metadata (AddTrailer) and the status
// with its details. No thread is held while a call waits. Of a stream at most one message is in
// flight in each direction: the next is read from the one side once the other has taken the one
// before.
//
// The arguments must outlive the returned task, which must be awaited to its end.
class Client {
 public:
  explicit Client(std::shared_ptr<::grpc::ChannelInterface> channel);

  Task<Status> Unary(const MethodInfo& method, Context& context,
                     const google::protobuf::Message& request, google::protobuf::Message& response);
  Task<Status> ServerStream(const MethodInfo& method, Context& context,
                            const google::protobuf::Message& request, MessageStream& responses);
  Task<Status> ClientStream(const MethodInfo& method, Context& context, MessageStream& requests,
                            google::protobuf::Message& response);
  Task<Status> BidiStream(const MethodInfo& method, Context& context, MessageStream& stream);

 private:
  std::shared_ptr<::grpc::ChannelInterface> channel_;
};

}  // namespace protorest::grpc
