// A service written by hand over google.protobuf's wrapper types, with one method of each kind,
// whose handlers do what a test says.
#pragma once

#include <google/protobuf/wrappers.pb.h>

#include <functional>
#include <memory>

#include "protorest/handler.h"

namespace protorest::grpc::testing {

using google::protobuf::Int32Value;
using google::protobuf::StringValue;

// The methods by their numbers in the table.
enum : std::size_t { kUnary, kServerStream, kClientStream, kBidi };

const ServiceInfo& TestServiceInfo();
inline const MethodInfo& Method(std::size_t number) { return TestServiceInfo().methods[number]; }

// Ordinary code.
class PlainTestHandler final : public PlainHandler {
 public:
  std::function<Status(Context&, const StringValue&, StringValue&)> unary;
  std::function<Status(Context&, const Int32Value&, Writer<Int32Value>&)> server_stream;
  std::function<Status(Context&, Reader<Int32Value>&, Int32Value&)> client_stream;
  std::function<Status(Context&, ReaderWriter<StringValue, StringValue>&)> bidi;

  const ServiceInfo& service() const override { return TestServiceInfo(); }

 private:
  Status Dispatch(std::size_t method, Call& call) override;
};

// Coroutines.
class AsyncTestHandler final : public AsyncHandler {
 public:
  std::function<Task<Status>(Context&, const StringValue&, StringValue&)> unary;
  std::function<Task<Status>(Context&, const Int32Value&, AsyncWriter<Int32Value>&)> server_stream;
  std::function<Task<Status>(Context&, AsyncReader<Int32Value>&, Int32Value&)> client_stream;
  std::function<Task<Status>(Context&, AsyncReaderWriter<StringValue, StringValue>&)> bidi;

  const ServiceInfo& service() const override { return TestServiceInfo(); }

 private:
  Task<Status> Dispatch(std::size_t method, Call& call) override;
};

// Handlers of either flavour that echo (unary, bidi), count up to the request (server stream) and
// sum up (client stream).
std::shared_ptr<PlainTestHandler> PlainEcho();
std::shared_ptr<AsyncTestHandler> AsyncEcho();

}  // namespace protorest::grpc::testing
