// In its steady state the http layer allocates nothing for a request, on either protocol.
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <string>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"
#include "tests/support/allocations.h"

namespace protorest::http {
namespace {

class WholeBody final : public BodySink {
 public:
  void Serve(Exchange& exchange) {
    exchange_ = &exchange;
    exchange.ReadBody(*this);
  }
  void OnBody(std::string_view piece, bool) override {
    const Header headers[] = {{"content-type", "text/plain"}};
    exchange_->Respond({.status = 200, .headers = headers, .content_length = {}}, piece);
  }
  void OnBodyError() override { exchange_->Abort(); }

 private:
  Exchange* exchange_ = nullptr;
};

// By the server while `act` ran; the test's thread is exempt.
template <class Act>
long AllocationsOfServer(Act act) {
  test::CountThisThread(false);
  const long made = test::AllocationsIn(act);
  test::CountThisThread(true);
  return made;
}

TEST(Allocations, NoneForAnHttp1Request) {
  WholeBody body;
  TestServer server([&](Exchange& exchange) { body.Serve(exchange); }, {}, 1);
  RawClient client(server.port());
  const std::string get = "GET /v1/users/42?view=full HTTP/1.1\r\nhost: x\r\naccept: */*\r\n\r\n";
  const std::string post =
      "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2000\r\n\r\n" + std::string(2000, 'x');
  const std::string chunked =
      "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  EXPECT_EQ(AllocationsOfServer([&] {
              for (int i = 0; i < 200; ++i) {
                for (const std::string* request : {&get, &post, &chunked}) {
                  client.Send(*request);
                  ASSERT_EQ(client.Read().status, 200);
                }
                client.Send(get + get + get);
                for (int j = 0; j < 3; ++j) ASSERT_EQ(client.Read().status, 200);
              }
            }),
            0);
}

TEST(Allocations, NoneForAnHttp2Request) {
  WholeBody body;
  TestServer server([&](Exchange& exchange) { body.Serve(exchange); }, {}, 1);
  H2Client client(server.port());
  EXPECT_EQ(AllocationsOfServer([&] {
              for (int i = 0; i < 200; ++i) {
                const std::int32_t get =
                    client.Submit("GET", "/v1/users/42", std::nullopt, {{"accept", "*/*"}});
                const std::int32_t post = client.Submit("POST", "/", std::string(2000, 'x'));
                ASSERT_TRUE(client.RunUntilClosed(get));
                ASSERT_TRUE(client.RunUntilClosed(post));
                ASSERT_EQ(client.stream(post).body.size(), 2000u);
              }
            }),
            0);
}

TEST(Allocations, NoneForARequestAnsweredOnAnotherThread) {
  Promise<Exchange*>* held = nullptr;
  TestServer server([&](Exchange& exchange) { held->Set(&exchange); }, {}, 1);
  RawClient client(server.port());
  EXPECT_EQ(AllocationsOfServer([&] {
              for (int i = 0; i < 200; ++i) {
                Promise<Exchange*> promise;
                held = &promise;
                client.Send("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
                Exchange* const exchange = *promise.Wait();
                // The server's thread reads on while the request's head is still in use.
                Promise<bool> reading;
                boost::asio::post(server.io(), [&reading] { reading.Set(true); });
                reading.Wait();
                Reply(*exchange, "hello");
                ASSERT_EQ(client.Read().body, "hello");
              }
            }),
            0);
}

}  // namespace
}  // namespace protorest::http
