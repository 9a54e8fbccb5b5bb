// Waits end by time or by cancellation, once, whichever comes first.
#include "server/asio_timers.h"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <future>
#include <latch>
#include <stop_token>
#include <thread>
#include <vector>

namespace protorest::server {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

class AsioTimersTest : public testing::Test {
 protected:
  AsioTimersTest() : work_(io_.get_executor()) {
    for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  ~AsioTimersTest() override {
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
  }

  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  AsioTimers timers_{io_};
  std::vector<std::thread> threads_;
};

Done Into(std::promise<bool>& promise) {
  return {[](void* target, bool ok) { static_cast<std::promise<bool>*>(target)->set_value(ok); },
          &promise};
}

TEST_F(AsioTimersTest, TimePasses) {
  std::promise<bool> outcome;
  const Clock::time_point when = Clock::now() + std::chrono::milliseconds(5);
  timers_.At(when, {}, Into(outcome));
  EXPECT_TRUE(outcome.get_future().get());
  EXPECT_GE(Clock::now(), when);
}

TEST_F(AsioTimersTest, CancellationEndsAWait) {
  std::promise<bool> outcome;
  std::stop_source stop;
  timers_.At(Clock::now() + hours(1), stop.get_token(), Into(outcome));
  stop.request_stop();
  EXPECT_FALSE(outcome.get_future().get());
}

TEST_F(AsioTimersTest, WhatIsCancelledBeforehandDoesNotWait) {
  std::promise<bool> outcome;
  std::stop_source stop;
  stop.request_stop();
  timers_.At(Clock::now() + hours(1), stop.get_token(), Into(outcome));
  EXPECT_FALSE(outcome.get_future().get());
}

TEST_F(AsioTimersTest, TimeAndCancellationAtOnceCallBackOnce) {
  constexpr int kRounds = 2000;
  std::latch done(kRounds);  // counts below zero, and dies, if one calls twice
  std::vector<std::stop_source> stops(kRounds);
  for (int i = 0; i < kRounds; ++i) {
    timers_.At(Clock::now() + microseconds(i % 50), stops[static_cast<std::size_t>(i)].get_token(),
               {[](void* target, bool) { static_cast<std::latch*>(target)->count_down(); }, &done});
    stops[static_cast<std::size_t>(i)].request_stop();
  }
  done.wait();
}

}  // namespace
}  // namespace protorest::server
