// Serves a handler from a grpc::Server.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <cstddef>
#include <memory>

#include "protorest/context.h"
#include "protorest/handler.h"

namespace protorest::grpc {

struct ServiceOptions {
  // Threads for plain handlers, each held for the time of a call; made as they are needed. When all
  // are busy, further calls get RESOURCE_EXHAUSTED. Coroutine handlers run on gRPC's own threads.
  std::size_t max_threads = 256;

  // Where handlers and the runtime report what no client may see; standard error if empty.
  Log log;
};

// A gRPC service made of any handler, plain or coroutine, for all four kinds of method. Server
// reflection lists it.
//
// It shares the handler and must outlive the grpc::Server. A handler sees gRPC's metadata,
// deadline, peer and cancellation in its context; its response headers and trailers become initial
// and trailing metadata, and the details of its status travel in grpc-status-details-bin.
//
//   protorest::grpc::Service users(handler);
//   grpc::ServerBuilder builder;
//   builder.RegisterService(&users);
class Service final : public ::grpc::Service {
 public:
  explicit Service(std::shared_ptr<Handler> handler, ServiceOptions options = {});
  ~Service() override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace protorest::grpc
