// Signal: whoever comes second wakes the waiter.
#include "grpc/signal.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "rpc/detached.h"

namespace protorest::grpc {
namespace {

// Takes the signal's life as soon as it is awake, which is the earliest that is allowed.
Detached WaitAndFree(std::unique_ptr<Signal>& signal, bool& awake) {
  co_await signal->Wait();
  signal.reset();
  awake = true;
}

TEST(Signal, RaisedFirst) {
  auto signal = std::make_unique<Signal>();
  bool awake = false;
  signal->Raise();
  WaitAndFree(signal, awake);
  EXPECT_TRUE(awake);
}

TEST(Signal, AwaitedFirst) {
  auto signal = std::make_unique<Signal>();
  bool awake = false;
  WaitAndFree(signal, awake);
  EXPECT_FALSE(awake);
  signal->Raise();
  EXPECT_TRUE(awake);
}

TEST(Signal, BothAtATime) {
  for (int i = 0; i < 500; ++i) {
    auto signal = std::make_unique<Signal>();
    bool awake = false;
    std::thread raiser([raised = signal.get()] { raised->Raise(); });
    WaitAndFree(signal, awake);
    raiser.join();
    EXPECT_TRUE(awake);
  }
}

}  // namespace
}  // namespace protorest::grpc
