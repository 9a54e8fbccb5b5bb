// Streams at their edges: backpressure, answers that come early, servers that go away, requests
// that are wrong, more calls than threads.
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

#include "protorest/generated/grpc.h"
#include "tests/runtime/grpc/test_service.h"
#include "tests/runtime/grpc/test_support.h"

namespace protorest::grpc::testing {
namespace {

// A client that stops reading stops the producer: what gRPC's flow control lets through is far less
// than what the producer has.
TEST(GrpcStream, ASlowReaderStopsTheProducer) {
  constexpr int kMessages = 400;
  std::atomic<int> produced = 0;
  std::promise<void> all_produced;
  auto handler = AsyncEcho();
  handler->bidi = [&](Context&,
                      AsyncReaderWriter<StringValue, StringValue>& stream) -> Task<Status> {
    StringValue message;
    message.set_value(std::string(256 << 10, 'x'));
    for (; produced < kMessages; ++produced) {
      if (!co_await stream.Write(message)) break;
    }
    all_produced.set_value();
    co_return Status::Ok();
  };
  Backend backend(handler);
  Client client(backend.Loopback());
  Context context;
  FakeStream stream;
  stream.HoldWrites();
  std::future<Status> status = Start(client.BidiStream(Method(kBidi), context, stream));
  ASSERT_TRUE(stream.WaitForResponses(1));
  // Without backpressure 100 MB take a fraction of this.
  std::future<void> done = all_produced.get_future();
  EXPECT_EQ(done.wait_for(std::chrono::milliseconds(500)), std::future_status::timeout);
  EXPECT_LT(produced, kMessages / 2);
  EXPECT_EQ(stream.responses().size(), 1u);  // one message in flight on our side
  stream.ReleaseWrites();
  EXPECT_EQ(status.get(), Status::Ok());
  EXPECT_EQ(stream.responses().size(), static_cast<std::size_t>(kMessages));
}

// Counts how often it is read; it always has a request.
class LargeRequests final : public MessageStream {
 public:
  void Read(google::protobuf::Message& message, Done done) override {
    // An unknown field makes it large; the handler reads it all the same.
    message.ParseFromString(large_);
    done(++reads_ <= kRequests);
  }
  void Write(const google::protobuf::Message&, Done done) override { done(false); }
  void CancelRead() override {}
  int reads() const { return reads_; }

  static constexpr int kRequests = 400;

 private:
  const std::string large_ = "\x12\x80\x80\x10" + std::string(256 << 10, 'x');
  std::atomic<int> reads_ = 0;
};

// The next request is not read before the server has room for the one before.
TEST(GrpcStream, ASlowServerStopsTheSender) {
  std::promise<void> go_on;
  std::shared_future<void> resumed = go_on.get_future().share();
  auto handler = PlainEcho();
  handler->client_stream = [&](Context&, Reader<Int32Value>& requests, Int32Value& response) {
    resumed.wait();
    Int32Value request;
    while (requests.Read(request)) response.set_value(response.value() + 1);
    return Status::Ok();
  };
  Backend backend(handler);
  Client client(backend.Loopback());
  Context context;
  LargeRequests source;

  Int32Value count;
  std::future<Status> status =
      Start(client.ClientStream(Method(kClientStream), context, source, count));
  EXPECT_EQ(status.wait_for(std::chrono::milliseconds(500)), std::future_status::timeout);
  EXPECT_LT(source.reads(), LargeRequests::kRequests / 2);
  go_on.set_value();
  EXPECT_EQ(status.get(), Status::Ok());
  EXPECT_EQ(count.value(), LargeRequests::kRequests);
}

// The backend answers while the client still has its side of the stream open.
TEST(GrpcStream, AnEarlyAnswerEndsTheCall) {
  auto handler = AsyncEcho();
  handler->bidi = [](Context&, AsyncReaderWriter<StringValue, StringValue>&) -> Task<Status> {
    co_return Status::PermissionDenied("not you");
  };
  handler->client_stream = [](Context&, AsyncReader<Int32Value>& requests,
                              Int32Value& response) -> Task<Status> {
    co_await requests.Read(response);
    co_return Status::Ok();
  };
  Backend backend(handler);
  for (const auto& channel : {backend.Loopback(), backend.InProcess()}) {
    Client client(channel);
    Context context;
    FakeStream bidi;
    EXPECT_EQ(Await(client.BidiStream(Method(kBidi), context, bidi)),
              Status::PermissionDenied("not you"));

    FakeStream requests;
    Int32Value first;
    first.set_value(7);
    requests.Send(first);
    Int32Value response;
    EXPECT_EQ(Await(client.ClientStream(Method(kClientStream), context, requests, response)),
              Status::Ok());
    EXPECT_EQ(response.value(), 7);
  }
}

// A handler that returns while it still waits for a request.
TEST(GrpcStream, CancelReadEndsAPendingRead) {
  auto handler = AsyncEcho();
  std::promise<bool> read;
  handler->bidi = [&](Context&,
                      AsyncReaderWriter<StringValue, StringValue>& stream) -> Task<Status> {
    StringValue message;
    MessageStream& raw = stream.stream();
    raw.Read(message, {[](void* target, bool ok) {
                         static_cast<std::promise<bool>*>(target)->set_value(ok);
                       },
                       &read});
    raw.CancelRead();
    EXPECT_FALSE(co_await stream.Read(message));
    co_return Status::Ok();
  };
  Backend backend(handler);
  Client client(backend.Loopback());
  Context context;
  FakeStream stream;
  EXPECT_EQ(Await(client.BidiStream(Method(kBidi), context, stream)), Status::Ok());
  EXPECT_FALSE(read.get_future().get());
}

// Cancellation races with all that a stream does; whoever wins, the call ends and nothing leaks.
TEST(GrpcStream, E12_CancellationAtAnyMomentEndsTheCall) {
  Backend backend(AsyncEcho());
  for (const auto& channel : {backend.Loopback(), backend.InProcess()}) {
    Client client(channel);
    for (int round = 0; round < 200; ++round) {
      Context context;
      FakeStream stream;
      std::future<Status> status = Start(client.BidiStream(Method(kBidi), context, stream));
      std::thread peer([&] {
        for (int i = 0; i < round % 8; ++i) stream.Send(StringValue());
        if (round % 3 == 0) stream.HalfClose();
      });
      if (round % 2 == 0) stream.WaitForResponses(std::min(round % 8, 3));
      context.Cancel();
      peer.join();
      stream.Disconnect();
      const Status end = status.get();
      EXPECT_TRUE(end.ok() || end.code() == Code::kCancelled) << CodeName(end.code());
    }
  }
}

TEST(GrpcStream, ABackendThatIsGoneIsUnavailable) {
  std::string address;
  {
    Backend backend(AsyncEcho());
    address = backend.address();
  }
  Client client(::grpc::CreateChannel(address, ::grpc::InsecureChannelCredentials()));
  Context context;
  StringValue response;
  EXPECT_EQ(Await(client.Unary(Method(kUnary), context, StringValue(), response)).code(),
            Code::kUnavailable);
  FakeStream stream;
  EXPECT_EQ(Await(client.BidiStream(Method(kBidi), context, stream)).code(), Code::kUnavailable);
}

TEST(GrpcStream, ABackendThatGoesAwayEndsTheStream) {
  Backend backend(AsyncEcho());
  Client client(backend.Loopback());
  Context context;
  FakeStream stream;
  std::future<Status> status = Start(client.BidiStream(Method(kBidi), context, stream));
  stream.Send(StringValue());
  ASSERT_TRUE(stream.WaitForResponses(1));
  backend.Shutdown();
  EXPECT_FALSE(status.get().ok());
}

TEST(GrpcStream, AMethodThatTheBackendLacksIsUnimplemented) {
  Backend backend(AsyncEcho());
  Client client(backend.Loopback());
  constexpr MethodInfo kStranger = {.name = "Other",
                                    .full_name = "test.v1.TestService/Other",
                                    .kind = MethodKind::kUnary,
                                    .request = {},
                                    .response = {},
                                    .bindings = {}};
  Context context;
  StringValue response;
  EXPECT_EQ(Await(client.Unary(kStranger, context, StringValue(), response)).code(),
            Code::kUnimplemented);
}

// Plain handlers hold a thread each; past the limit calls are refused rather than queued for ever.
TEST(GrpcStream, MoreBlockingCallsThanThreadsAreRefused) {
  Backend backend(PlainEcho(), {.max_threads = 2, .log = {}});
  Client client(backend.Loopback());
  Context contexts[3];
  FakeStream streams[3];
  std::future<Status> first = Start(client.BidiStream(Method(kBidi), contexts[0], streams[0]));
  std::future<Status> second = Start(client.BidiStream(Method(kBidi), contexts[1], streams[1]));
  for (int i = 0; i < 2; ++i) {
    streams[i].Send(StringValue());
    ASSERT_TRUE(streams[i].WaitForResponses(1));
  }
  EXPECT_EQ(Await(client.BidiStream(Method(kBidi), contexts[2], streams[2])).code(),
            Code::kResourceExhausted);
  streams[0].HalfClose();
  streams[1].HalfClose();
  EXPECT_EQ(first.get(), Status::Ok());
  EXPECT_EQ(second.get(), Status::Ok());
}

// Sends bytes that are no message, as a client with another schema might.
::grpc::Status CallWithGarbage(Backend& backend, const MethodInfo& method) {
  const ::grpc::Slice garbage("\xff\xff");
  const ::grpc::ByteBuffer request(&garbage, 1);
  ::grpc::ByteBuffer response;
  ::grpc::ClientContext context;
  std::promise<::grpc::Status> status;
  ::grpc::GenericStub(backend.Loopback())
      .UnaryCall(&context, "/" + std::string(method.full_name), {}, &request, &response,
                 [&](::grpc::Status end) { status.set_value(std::move(end)); });
  return status.get_future().get();
}

TEST(GrpcStream, RequestsThatCannotBeParsedAreInvalid) {
  Backend backend(AsyncEcho());
  for (const MethodInfo& method : TestServiceInfo().methods) {
    EXPECT_EQ(CallWithGarbage(backend, method).error_code(), ::grpc::INVALID_ARGUMENT)
        << method.name;
  }
}

}  // namespace
}  // namespace protorest::grpc::testing
