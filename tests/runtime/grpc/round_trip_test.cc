// A handler behind a Service behind a channel behind a Client: all kinds of method, both flavours
// of handler, in process and over a socket.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <tuple>

#include "protorest/generated/grpc.h"
#include "tests/runtime/grpc/test_service.h"
#include "tests/runtime/grpc/test_support.h"

namespace protorest::grpc::testing {
namespace {

enum class Flavour { kPlain, kAsync };
enum class Transport { kInProcess, kLoopback };

StringValue Text(std::string text) {
  StringValue value;
  value.set_value(std::move(text));
  return value;
}

Int32Value Number(int number) {
  Int32Value value;
  value.set_value(number);
  return value;
}

class RoundTrip : public ::testing::TestWithParam<std::tuple<Flavour, Transport>> {
 protected:
  static std::shared_ptr<Handler> Echo() {
    if (std::get<0>(GetParam()) == Flavour::kPlain) return PlainEcho();
    return AsyncEcho();
  }

  Backend backend_{Echo()};
  Client client_{std::get<1>(GetParam()) == Transport::kInProcess ? backend_.InProcess()
                                                                  : backend_.Loopback()};
  Context context_;
};

TEST_P(RoundTrip, Unary) {
  StringValue response;
  EXPECT_EQ(Await(client_.Unary(Method(kUnary), context_, Text("hé"), response)), Status::Ok());
  EXPECT_EQ(response.value(), "hé");
}

TEST_P(RoundTrip, ServerStream) {
  FakeStream stream;
  EXPECT_EQ(Await(client_.ServerStream(Method(kServerStream), context_, Number(1000), stream)),
            Status::Ok());
  ASSERT_EQ(stream.responses().size(), 1000u);
  EXPECT_EQ(stream.responses()[999], Number(999).SerializeAsString());
}

TEST_P(RoundTrip, ServerStreamOfNothing) {
  FakeStream stream;
  EXPECT_EQ(Await(client_.ServerStream(Method(kServerStream), context_, Number(0), stream)),
            Status::Ok());
  EXPECT_TRUE(stream.responses().empty());
}

TEST_P(RoundTrip, ClientStream) {
  FakeStream stream;
  for (int i = 1; i <= 1000; ++i) stream.Send(Number(i));
  stream.HalfClose();
  Int32Value response;
  EXPECT_EQ(Await(client_.ClientStream(Method(kClientStream), context_, stream, response)),
            Status::Ok());
  EXPECT_EQ(response.value(), 500500);
}

TEST_P(RoundTrip, BidiIsFullDuplex) {
  FakeStream stream;
  std::future<Status> status = Start(client_.BidiStream(Method(kBidi), context_, stream));
  for (int i = 0; i < 100; ++i) {
    stream.Send(Text(std::to_string(i)));  // the answer comes while the requests are still open
    ASSERT_TRUE(stream.WaitForResponses(i + 1));
    EXPECT_EQ(stream.responses()[i], Text(std::to_string(i)).SerializeAsString());
  }
  stream.HalfClose();
  EXPECT_EQ(status.get(), Status::Ok());
  EXPECT_EQ(stream.responses().size(), 100u);
}

TEST_P(RoundTrip, LargeMessages) {
  const std::string large(3 << 20, 'x');  // many HTTP/2 frames; below gRPC's limit of 4 MiB
  StringValue response;
  EXPECT_EQ(Await(client_.Unary(Method(kUnary), context_, Text(large), response)), Status::Ok());
  EXPECT_EQ(response.value(), large);
}

TEST_P(RoundTrip, TwoHundredStreamsAtATime) {
  constexpr int kStreams = 200;
  std::vector<Context> contexts(kStreams);
  std::vector<FakeStream> streams(kStreams);
  std::vector<std::future<Status>> statuses;
  for (int i = 0; i < kStreams; ++i) {
    statuses.push_back(Start(client_.BidiStream(Method(kBidi), contexts[i], streams[i])));
  }
  for (int round = 1; round <= 3; ++round) {
    for (FakeStream& stream : streams) stream.Send(Text("message"));
    for (FakeStream& stream : streams) ASSERT_TRUE(stream.WaitForResponses(round));
  }
  for (FakeStream& stream : streams) stream.HalfClose();
  for (std::future<Status>& status : statuses) EXPECT_EQ(status.get(), Status::Ok());
}

INSTANTIATE_TEST_SUITE_P(
    All, RoundTrip,
    ::testing::Combine(::testing::Values(Flavour::kPlain, Flavour::kAsync),
                       ::testing::Values(Transport::kInProcess, Transport::kLoopback)),
    [](const auto& info) {
      return std::string(std::get<0>(info.param) == Flavour::kPlain ? "Plain" : "Async") +
             (std::get<1>(info.param) == Transport::kInProcess ? "InProcess" : "Loopback");
    });

}  // namespace
}  // namespace protorest::grpc::testing
