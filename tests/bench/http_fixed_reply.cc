// http_fixed_reply [address] [threads]: the http layer alone with a fixed reply, to measure what a
// request costs before any transcoding (wrk, h2load).
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

#include "http/listener.h"

namespace {

class FixedReply final : public protorest::http::Service {
 public:
  void OnRequest(protorest::http::Exchange& exchange) override {
    static constexpr std::string_view kBody =
        R"({"id":"u-000042","name":"Ada Lovelace","email":"ada@example.com","age":36,"createdAt":"1700000000"})";
    static constexpr protorest::http::Header kHeaders[] = {{"content-type", "application/json"}};
    exchange.Respond({.status = 200, .headers = kHeaders, .content_length = {}}, kBody);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view address = argc > 1 ? argv[1] : "127.0.0.1:8080";
  const int threads = argc > 2 ? std::atoi(argv[2]) : 1;
  boost::asio::io_context io(threads);
  FixedReply service;
  protorest::http::Listener listener(io, service, {});
  if (const std::error_code error = listener.Listen(address)) {
    std::fprintf(stderr, "cannot listen: %s\n", error.message().c_str());
    return 1;
  }
  std::printf("listening on port %d\n", listener.port());
  std::fflush(stdout);
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back([&io] { io.run(); });
  io.run();
}
