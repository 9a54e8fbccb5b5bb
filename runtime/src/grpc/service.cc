// Service: a grpc::Service whose methods come from the handler's table.
#include "protorest/grpc/service.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/server_context.h>

#include <string>
#include <utility>
#include <vector>

#include "grpc/server_call.h"

namespace protorest::grpc {
namespace {

using ::grpc::ByteBuffer;
using ::grpc::internal::RpcMethod;

::grpc::internal::MethodHandler* UnaryMethod(ServiceState& state, std::size_t method) {
  return new ::grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
      [&state, method](::grpc::CallbackServerContext* context, const ByteBuffer* request,
                       ByteBuffer* response) {
        auto* call = new UnaryServerCall(state, method, *context, *request, *response);
        call->Start();
        return call;
      });
}

::grpc::internal::MethodHandler* StreamMethod(ServiceState& state, std::size_t method) {
  return new ::grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
      [&state, method](::grpc::CallbackServerContext* context) {
        auto* call = new StreamServerCall(state, method, *context);
        call->Start();
        return call;
      });
}

}  // namespace

struct Service::Impl {
  ServiceState state;
  std::vector<std::string> paths;  // gRPC keeps pointers to them
};

Service::Service(std::shared_ptr<Handler> handler, ServiceOptions options)
    : impl_(new Impl{.state = {.handler = std::move(handler),
                               .log = std::move(options.log),
                               .timers = {},
                               .workers = Workers(options.max_threads)},
                     .paths = {}}) {
  const auto methods = impl_->state.handler->service().methods;
  impl_->paths.reserve(methods.size());
  for (std::size_t i = 0; i < methods.size(); ++i) {
    const std::string& path = impl_->paths.emplace_back("/" + std::string(methods[i].full_name));
    const bool unary = methods[i].kind == MethodKind::kUnary;
    // Every stream is served as a bidirectional one: on the wire they are all the same.
    AddMethod(new ::grpc::internal::RpcServiceMethod(
        path.c_str(), unary ? RpcMethod::NORMAL_RPC : RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodRawCallback(static_cast<int>(i),
                          unary ? UnaryMethod(impl_->state, i) : StreamMethod(impl_->state, i));
  }
}

Service::~Service() = default;

}  // namespace protorest::grpc
