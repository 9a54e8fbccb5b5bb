// The test service's table and its echo handlers.
#include "tests/runtime/grpc/test_service.h"

namespace protorest::grpc::testing {
namespace {

template <class T>
constexpr MessageType TypeOf() {
  return {.default_instance = []() -> const google::protobuf::Message& {
            return T::default_instance();
          },
          .codec = nullptr};
}

constexpr MethodInfo kMethods[] = {
    {"Unary",
     "test.v1.TestService/Unary",
     MethodKind::kUnary,
     TypeOf<StringValue>(),
     TypeOf<StringValue>(),
     {}},
    {"ServerStream",
     "test.v1.TestService/ServerStream",
     MethodKind::kServerStream,
     TypeOf<Int32Value>(),
     TypeOf<Int32Value>(),
     {}},
    {"ClientStream",
     "test.v1.TestService/ClientStream",
     MethodKind::kClientStream,
     TypeOf<Int32Value>(),
     TypeOf<Int32Value>(),
     {}},
    {"Bidi",
     "test.v1.TestService/Bidi",
     MethodKind::kBidiStream,
     TypeOf<StringValue>(),
     TypeOf<StringValue>(),
     {}},
};

constexpr ServiceInfo kService = {"test.v1.TestService", kMethods};

}  // namespace

const ServiceInfo& TestServiceInfo() { return kService; }

Status PlainTestHandler::Dispatch(std::size_t method, Call& call) {
  switch (method) {
    case kUnary:
      return unary(call.context(), call.request<StringValue>(), call.response<StringValue>());
    case kServerStream:
      return server_stream(call.context(), call.request<Int32Value>(),
                           call.stream<Writer<Int32Value>>());
    case kClientStream:
      return client_stream(call.context(), call.stream<Reader<Int32Value>>(),
                           call.response<Int32Value>());
    default:
      return bidi(call.context(), call.stream<ReaderWriter<StringValue, StringValue>>());
  }
}

Task<Status> AsyncTestHandler::Dispatch(std::size_t method, Call& call) {
  switch (method) {
    case kUnary:
      return unary(call.context(), call.request<StringValue>(), call.response<StringValue>());
    case kServerStream:
      return server_stream(call.context(), call.request<Int32Value>(),
                           call.stream<AsyncWriter<Int32Value>>());
    case kClientStream:
      return client_stream(call.context(), call.stream<AsyncReader<Int32Value>>(),
                           call.response<Int32Value>());
    default:
      return bidi(call.context(), call.stream<AsyncReaderWriter<StringValue, StringValue>>());
  }
}

std::shared_ptr<PlainTestHandler> PlainEcho() {
  auto handler = std::make_shared<PlainTestHandler>();
  handler->unary = [](Context&, const StringValue& request, StringValue& response) {
    response = request;
    return Status::Ok();
  };
  handler->server_stream = [](Context&, const Int32Value& request, Writer<Int32Value>& responses) {
    Int32Value response;
    for (int i = 0; i < request.value(); ++i) {
      response.set_value(i);
      if (!responses.Write(response)) break;
    }
    return Status::Ok();
  };
  handler->client_stream = [](Context&, Reader<Int32Value>& requests, Int32Value& response) {
    Int32Value request;
    while (requests.Read(request)) response.set_value(response.value() + request.value());
    return Status::Ok();
  };
  handler->bidi = [](Context&, ReaderWriter<StringValue, StringValue>& stream) {
    StringValue message;
    while (stream.Read(message) && stream.Write(message)) {
    }
    return Status::Ok();
  };
  return handler;
}

std::shared_ptr<AsyncTestHandler> AsyncEcho() {
  auto handler = std::make_shared<AsyncTestHandler>();
  handler->unary = [](Context&, const StringValue& request, StringValue& response) -> Task<Status> {
    response = request;
    co_return Status::Ok();
  };
  handler->server_stream = [](Context&, const Int32Value& request,
                              AsyncWriter<Int32Value>& responses) -> Task<Status> {
    Int32Value response;
    for (int i = 0; i < request.value(); ++i) {
      response.set_value(i);
      if (!co_await responses.Write(response)) break;
    }
    co_return Status::Ok();
  };
  handler->client_stream = [](Context&, AsyncReader<Int32Value>& requests,
                              Int32Value& response) -> Task<Status> {
    Int32Value request;
    while (co_await requests.Read(request)) response.set_value(response.value() + request.value());
    co_return Status::Ok();
  };
  handler->bidi = [](Context&,
                     AsyncReaderWriter<StringValue, StringValue>& stream) -> Task<Status> {
    StringValue message;
    while (co_await stream.Read(message)) {
      if (!co_await stream.Write(message)) break;
    }
    co_return Status::Ok();
  };
  return handler;
}

}  // namespace protorest::grpc::testing
