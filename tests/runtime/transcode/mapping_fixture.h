// The service of mapping.proto behind a transcoder.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "tests/support/fake_exchange.h"
#include "tests/support/mapping/mapping.h"
#include "transcode/transcoder.h"

namespace protorest::test {

class Mapping {
 public:
  explicit Mapping(transcode::Options options = {}) : transcoder_(std::move(options), runner_) {
    EXPECT_TRUE(transcoder_.Add(handler).ok());
  }
  // The timers of ended calls are cancelled, and keep the calls till then.
  ~Mapping() { runner_.FireTimers(); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  // Serves to the end; what was posted runs too.
  FakeExchange& Serve(FakeExchange& exchange) {
    transcoder_.OnRequest(exchange);
    runner_.RunPosted();
    return exchange;
  }
  std::uint64_t skipped_headers() const { return transcoder_.skipped_headers(); }
  // The status alone.
  int Status(const std::string& method, const std::string& target, std::string body = "") {
    FakeExchange exchange(method, target);
    if (!body.empty()) exchange.Body(std::move(body));
    return Serve(exchange).status();
  }

  std::shared_ptr<mapping::EchoMapping> handler = std::make_shared<mapping::EchoMapping>();

 private:
  FakeRunner runner_;
  transcode::Transcoder transcoder_;
};

}  // namespace protorest::test
