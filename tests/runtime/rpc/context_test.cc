// Context: cancellation and response metadata.
#include "protorest/context.h"

#include <gtest/gtest.h>

#include <chrono>
#include <coroutine>
#include <stdexcept>
#include <string>
#include <thread>

namespace protorest {
namespace {

TEST(Context, CancelReachesTokensTakenBeforeAndAfter) {
  Context context;
  const std::stop_token before = context.stop_token();
  EXPECT_FALSE(before.stop_requested());
  context.Cancel();
  EXPECT_TRUE(context.cancelled());
  EXPECT_TRUE(before.stop_requested());
  EXPECT_TRUE(context.stop_token().stop_requested());
}

TEST(Context, StopCallbackMayUseTheContext) {
  Context context;
  bool seen = false;
  const std::stop_callback callback(context.stop_token(),
                                    [&] { seen = context.stop_token().stop_requested(); });
  context.Cancel();
  EXPECT_TRUE(seen);
}

TEST(Context, CancelFromAnotherThread) {
  Context context;
  std::jthread canceller([&] { context.Cancel(); });
  while (!context.cancelled()) std::this_thread::yield();
  canceller.join();
  EXPECT_TRUE(context.stop_token().stop_requested());
}

TEST(Context, ResetMakesItNew) {
  Context context;
  context.Cancel();
  EXPECT_TRUE(context.AddHeader("x-a", "1"));
  context.Reset({.method = "a.B/C"});
  EXPECT_FALSE(context.cancelled());
  EXPECT_FALSE(context.stop_token().stop_requested());
  EXPECT_TRUE(context.response_headers().empty());
  EXPECT_EQ(context.method(), "a.B/C");
}

// Keeps the last time that it was given, and calls nobody.
class KeptTime final : public Timers {
 public:
  void At(Clock::time_point when, std::stop_token, Done) override { when_ = when; }
  Clock::time_point when() const { return when_; }

 private:
  Clock::time_point when_;
};

TEST(Context, SleepForEverIsLong) {
  KeptTime timers;
  Context context;
  context.Reset({.timers = &timers});
  const auto sleep = [&](auto duration) {
    auto step = context.Sleep(duration);
    step.await_suspend(std::noop_coroutine());
    return timers.when();
  };
  const Clock::time_point before = Clock::now();
  const auto years = std::chrono::hours(99 * 365 * 24);
  EXPECT_GT(sleep(Clock::duration::max()), before + years);
  EXPECT_GT(sleep(std::chrono::milliseconds::max()), before + years);
  EXPECT_GT(sleep(std::chrono::hours::max()), before + years);
  EXPECT_LT(sleep(std::chrono::milliseconds::min()), before);
  EXPECT_GE(sleep(std::chrono::milliseconds(5)), before + std::chrono::milliseconds(5));
}

TEST(Context, ALogLineIsOneLine) {
  std::string line;
  const Log log = [&](std::string_view text) { line = text; };
  Context context;
  context.Reset({.log = &log});
  context.LogLine("name: a\r\nserving everything\x1b[2J\x7f\tö");
  EXPECT_EQ(line, "name: a  serving everything [2J  ö");
}

TEST(Context, WhatALogThrowsIsDropped) {
  const Log log = [](std::string_view) { throw std::runtime_error("full"); };
  Context context;
  context.Reset({.log = &log});
  context.LogLine("line");
}

TEST(Context, HeadersAreLowerCasedAndChecked) {
  Context context;
  EXPECT_TRUE(context.AddHeader("X-Request-Id", "7"));
  EXPECT_TRUE(context.AddHeader("x-spaced", " \ta b "));  // the ends are no part of it
  EXPECT_FALSE(context.AddHeader("bad name", "7"));
  EXPECT_FALSE(context.AddHeader("", "7"));
  EXPECT_FALSE(context.AddHeader("x-split", "a\r\nset-cookie: b"));
  EXPECT_TRUE(context.AddTrailer("trace-bin", std::string_view("\0\1", 2)));
  ASSERT_EQ(context.response_headers().size(), 2u);
  EXPECT_EQ(context.response_headers()[0].first, "x-request-id");
  EXPECT_EQ(context.response_headers()[1].second, "a b");
  EXPECT_EQ(context.response_trailers()[0].second, std::string_view("\0\1", 2));
}

TEST(Context, NoHeadersAreTakenOnceTheyGoOut) {
  Context context;
  EXPECT_TRUE(context.AddHeader("x-early", "1"));
  EXPECT_EQ(context.SealHeaders().size(), 1u);
  EXPECT_FALSE(context.AddHeader("x-late", "1"));
  EXPECT_EQ(context.response_headers().size(), 1u);
  context.Reset({});
  EXPECT_TRUE(context.AddHeader("x-next-call", "1"));
}

TEST(Context, E24_AnEventIdIsOneLineAndTakenOnce) {
  Context context;
  EXPECT_FALSE(context.SetEventId("a\rb"));
  EXPECT_FALSE(context.SetEventId(std::string_view("a\0b", 3)));
  EXPECT_EQ(context.TakeEventId(), std::nullopt);
  EXPECT_TRUE(context.SetEventId("7"));
  EXPECT_EQ(context.TakeEventId(), "7");
  EXPECT_EQ(context.TakeEventId(), std::nullopt);
}

}  // namespace
}  // namespace protorest
