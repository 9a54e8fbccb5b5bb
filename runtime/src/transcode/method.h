// Method: one method of a handler, as the transcoder runs it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include "protorest/handler.h"
#include "protorest/json.h"
#include "transcode/pool.h"

namespace protorest::transcode {

class UnaryCall;

// How long a method's handler holds its thread: a moving average of the calls that were measured.
class MethodCost {
 public:
  // Whether a call should be measured: each one until the first result, then one of eight.
  bool Measures() {
    return average_.load(std::memory_order_relaxed) == 0 ||
           (calls_.fetch_add(1, std::memory_order_relaxed) & 7) == 0;
  }
  void Record(std::chrono::nanoseconds time) {
    const std::int64_t old = average_.load(std::memory_order_relaxed);
    const std::int64_t now = time.count() + 1;  // 0 means "not measured"
    average_.store(old == 0 ? now : old + (now - old) / 8, std::memory_order_relaxed);
  }
  // Short enough to hold up the connection's other calls meanwhile: a hop to another thread costs
  // some 5 µs of CPU, so it pays from about ten times that on.
  bool IsShort() const {
    const std::int64_t average = average_.load(std::memory_order_relaxed);
    return average != 0 && average < 50'000;
  }

 private:
  std::atomic<std::int64_t> average_ = 0;  // ns
  std::atomic<std::uint32_t> calls_ = 0;
};

struct Method {
  std::shared_ptr<Handler> handler;
  std::size_t number = 0;  // in the service table
  const MethodInfo* info = nullptr;
  const json::Codec* request_codec = nullptr;
  const json::Codec* response_codec = nullptr;
  MethodCost cost;
  Pool<UnaryCall> unary_calls;
};

}  // namespace protorest::transcode
