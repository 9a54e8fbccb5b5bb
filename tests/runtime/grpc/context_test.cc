// What crosses with a call beside its messages: errors, metadata, deadline, cancellation. Each case
// is a proxy's call to a handler behind another server, over a socket.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

#include "protorest/generated/grpc.h"
#include "tests/runtime/grpc/test_service.h"
#include "tests/runtime/grpc/test_support.h"

namespace protorest::grpc::testing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// An asynchronous handler that a test scripts, and a client for it.
class AcrossGrpc : public ::testing::Test {
 protected:
  Client Connect() {
    backend_.emplace(handler_, ServiceOptions{.log = [this](std::string_view line) {
                       const std::lock_guard lock(log_mutex_);
                       log_ += line;
                     }});
    return Client(backend_->Loopback());
  }
  Status CallUnary() {
    return Await(Connect().Unary(Method(kUnary), context_, request_, response_));
  }
  std::string log() {
    const std::lock_guard lock(log_mutex_);
    return log_;
  }

  // Makes the unary method wait until it is cancelled, and say so.
  void WaitForCancellation() {
    handler_->unary = [this](Context& context, const StringValue&, StringValue&) -> Task<Status> {
      started_.set_value();
      cancelled_.set_value(!co_await context.Sleep(hours(1)) && context.cancelled());
      co_return Status::Cancelled("");
    };
  }
  bool WasCancelled() {
    std::future<bool> cancelled = cancelled_.get_future();
    return cancelled.wait_for(kSoon) == std::future_status::ready && cancelled.get();
  }

  std::shared_ptr<AsyncTestHandler> handler_ = AsyncEcho();
  std::promise<void> started_;
  std::promise<bool> cancelled_;
  std::mutex log_mutex_;
  std::string log_;
  Context context_;
  StringValue request_;
  Int32Value number_;
  StringValue response_;
  std::optional<Backend> backend_;
};

TEST_F(AcrossGrpc, ErrorsKeepCodeMessageAndDetails) {
  const Status sent =
      Status::InvalidArgument("no good: \xe2\x82\xac").AddFieldViolation("email", "has no @");
  handler_->unary = [&](Context&, const StringValue&, StringValue&) -> Task<Status> {
    co_return sent;
  };
  EXPECT_EQ(CallUnary(), sent);
}

TEST_F(AcrossGrpc, AnErrorEndsAStreamAfterItsMessages) {
  handler_->server_stream = [](Context&, const Int32Value& request,
                               AsyncWriter<Int32Value>& responses) -> Task<Status> {
    co_await responses.Write(request);
    co_return Status::Aborted("enough");
  };
  FakeStream stream;
  EXPECT_EQ(Await(Connect().ServerStream(Method(kServerStream), context_, number_, stream)),
            Status::Aborted("enough"));
  EXPECT_EQ(stream.responses().size(), 1u);
}

TEST_F(AcrossGrpc, E26_AnExceptionIsInternalWithoutItsText) {
  handler_->unary = [](Context&, const StringValue&, StringValue&) -> Task<Status> {
    throw std::runtime_error("a secret");
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Internal("internal error"));
  EXPECT_NE(log().find("a secret"), std::string::npos);
}

TEST_F(AcrossGrpc, RequestMetadataReachesTheHandler) {
  const std::string bytes("\0\xff\x01", 3);
  const FakeMetadata metadata({{"x-name", "Ada"},
                               {"x-key-bin", bytes},
                               {"te", "trailers"},
                               {"x!odd", "gRPC would abort"},
                               {"x-accent", "\xc3\xa9"}});
  context_.Reset({.metadata = &metadata});
  handler_->unary = [&](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    EXPECT_EQ(context.metadata("x-name"), "Ada");
    EXPECT_EQ(context.metadata("x-key-bin"), bytes);  // E13
    EXPECT_EQ(context.metadata("x-accent"), std::nullopt);
    EXPECT_EQ(context.metadata("none"), std::nullopt);
    EXPECT_EQ(context.method(), "test.v1.TestService/Unary");
    EXPECT_TRUE(context.peer().starts_with("ipv4:127.0.0.1:")) << context.peer();
    std::vector<std::string> travelling;
    context.request_metadata()->ForEach(
        [&](std::string_view key, std::string_view) { travelling.emplace_back(key); });
    EXPECT_EQ(travelling, (std::vector<std::string>{"x-key-bin", "x-name"}));
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Ok());
}

TEST_F(AcrossGrpc, ResponseMetadataComesBack) {
  const std::string bytes("\0\xff\x01", 3);
  handler_->unary = [&](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    context.AddHeader("Location", "/v1/users/1");
    context.AddHeader("x-key-bin", bytes);
    context.AddHeader("x-accent", "\xc3\xa9");  // metadata cannot carry it: dropped
    context.AddTrailer("x-cost", "12");
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Ok());
  EXPECT_EQ(context_.response_headers(),
            (Context::Pairs{{"location", "/v1/users/1"}, {"x-key-bin", bytes}}));
  EXPECT_EQ(context_.response_trailers(), (Context::Pairs{{"x-cost", "12"}}));
}

TEST_F(AcrossGrpc, MetadataOfAnErrorComesBack) {
  handler_->unary = [](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    context.AddHeader("x-head", "1");
    context.AddTrailer("x-tail", "2");
    co_return Status::NotFound("nothing").AddFieldViolation("id", "unknown");
  };
  EXPECT_EQ(CallUnary().code(), Code::kNotFound);
  EXPECT_EQ(context_.response_headers(), (Context::Pairs{{"x-head", "1"}}));
  EXPECT_EQ(context_.response_trailers(), (Context::Pairs{{"x-tail", "2"}}));
}

TEST_F(AcrossGrpc, HeadersBehindTheFirstMessageAreRefused) {
  handler_->server_stream = [](Context& context, const Int32Value& request,
                               AsyncWriter<Int32Value>& responses) -> Task<Status> {
    EXPECT_TRUE(context.AddHeader("x-early", "1"));
    co_await responses.Write(request);
    EXPECT_FALSE(context.AddHeader("x-late", "2"));
    co_return Status::Ok();
  };
  FakeStream stream;
  Client client = Connect();
  EXPECT_EQ(Await(client.ServerStream(Method(kServerStream), context_, number_, stream)),
            Status::Ok());
  EXPECT_EQ(context_.response_headers(), (Context::Pairs{{"x-early", "1"}}));
}

// A stream's headers are there before its first message is passed on, since they go out with it.
TEST_F(AcrossGrpc, HeadersOfAStreamComeBeforeItsFirstMessage) {
  handler_->server_stream = [](Context& context, const Int32Value& request,
                               AsyncWriter<Int32Value>& responses) -> Task<Status> {
    context.AddHeader("x-head", "1");
    co_await responses.Write(request);
    co_await context.Sleep(hours(1));  // the stream is still open when the header is looked at
    co_return Status::Ok();
  };
  FakeStream stream;
  Client client = Connect();
  std::future<Status> status =
      Start(client.ServerStream(Method(kServerStream), context_, number_, stream));
  ASSERT_TRUE(stream.WaitForResponses(1));
  EXPECT_EQ(context_.response_headers(), (Context::Pairs{{"x-head", "1"}}));
  context_.Cancel();
  EXPECT_EQ(status.get().code(), Code::kCancelled);
}

TEST_F(AcrossGrpc, E11_TheDeadlineIsKeptAndTheHandlerCancelled) {
  WaitForCancellation();
  context_.Reset({.deadline = Clock::now() + milliseconds(50)});
  EXPECT_EQ(CallUnary().code(), Code::kDeadlineExceeded);
  EXPECT_TRUE(WasCancelled());
}

TEST_F(AcrossGrpc, E11_TheHandlerKnowsTheDeadline) {
  const Clock::time_point deadline = Clock::now() + hours(1);
  context_.Reset({.deadline = deadline});
  handler_->unary = [&](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    EXPECT_LT(std::chrono::abs(context.deadline() - deadline), std::chrono::minutes(1));
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Ok());
}

TEST_F(AcrossGrpc, NoDeadlineIsNoDeadline) {
  handler_->unary = [&](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    EXPECT_EQ(context.deadline(), Clock::time_point::max());
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Ok());
}

TEST_F(AcrossGrpc, SleepWakesUpInTime) {
  handler_->unary = [&](Context& context, const StringValue&, StringValue&) -> Task<Status> {
    const Clock::time_point when = Clock::now() + milliseconds(20);
    EXPECT_TRUE(co_await context.Sleep(milliseconds(20)));
    EXPECT_GE(Clock::now(), when - milliseconds(1));  // gRPC counts whole milliseconds
    co_return Status::Ok();
  };
  EXPECT_EQ(CallUnary(), Status::Ok());
}

TEST_F(AcrossGrpc, E12_CancellationReachesTheHandler) {
  WaitForCancellation();
  Client client = Connect();
  std::future<Status> status = Start(client.Unary(Method(kUnary), context_, request_, response_));
  started_.get_future().wait();
  context_.Cancel();
  EXPECT_EQ(status.get().code(), Code::kCancelled);
  EXPECT_TRUE(WasCancelled());
}

TEST_F(AcrossGrpc, E12_ACallThatIsCancelledBeforeItStartsNeverRuns) {
  Client client = Connect();
  context_.Cancel();
  EXPECT_EQ(Await(client.Unary(Method(kUnary), context_, request_, response_)).code(),
            Code::kCancelled);
}

TEST_F(AcrossGrpc, E12_AReaderThatIsGoneCancelsTheHandler) {
  handler_->server_stream = [this](Context& context, const Int32Value& request,
                                   AsyncWriter<Int32Value>& responses) -> Task<Status> {
    while (co_await responses.Write(request)) {
    }
    cancelled_.set_value(context.cancelled());
    co_return Status::Ok();
  };
  FakeStream stream;
  Client client = Connect();
  std::future<Status> status =
      Start(client.ServerStream(Method(kServerStream), context_, number_, stream));
  ASSERT_TRUE(stream.WaitForResponses(1));
  stream.Disconnect();
  EXPECT_EQ(status.get().code(), Code::kCancelled);
  EXPECT_TRUE(WasCancelled());
}

// Half a stream of requests must not look like the whole of one.
TEST_F(AcrossGrpc, E12_ACancelledStreamOfRequestsIsNoEndOfStream) {
  handler_->client_stream = [this](Context& context, AsyncReader<Int32Value>& requests,
                                   Int32Value&) -> Task<Status> {
    Int32Value request;
    while (co_await requests.Read(request)) {
    }
    if (!context.cancelled()) co_await context.Sleep(std::chrono::seconds(5));
    cancelled_.set_value(context.cancelled());
    co_return Status::Ok();
  };
  FakeStream stream;
  Client client = Connect();
  Int32Value sum;
  std::future<Status> status =
      Start(client.ClientStream(Method(kClientStream), context_, stream, sum));
  stream.Send(Int32Value());
  ASSERT_TRUE(stream.WaitForPendingRead());
  context_.Cancel();
  stream.Disconnect();
  EXPECT_EQ(status.get().code(), Code::kCancelled);
  EXPECT_TRUE(WasCancelled());
}

}  // namespace
}  // namespace protorest::grpc::testing
