// The loop's threads: they grow while handlers block, keep one for the connections, and shrink
// again.
#include "server/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

namespace protorest::server {
namespace {

// A job that enters as a handler does. It may be told several times, also before it waits.
class Blocking final : public transcode::Runner::Holder {
 public:
  void OnHeldLong() override {
    held_long_ = true;
    held_long_.notify_one();
  }
  void WaitUntilHeldLong() { held_long_.wait(false); }

 private:
  std::atomic<bool> held_long_ = false;
};

void Post(Threads& threads, std::function<void()> job) {
  threads.Post(
      [](void* target) {
        const std::unique_ptr<std::function<void()>> owned(
            static_cast<std::function<void()>*>(target));
        (*owned)();
      },
      new std::function<void()>(std::move(job)));
}

// Jobs that enter, say so, and wait for `leave`.
class BlockedHandlers {
 public:
  BlockedHandlers(Threads& threads, int count) : entered_(count), left_(count) {
    for (int i = 0; i < count; ++i) {
      Post(threads, [this, &threads] {
        Blocking holder;
        refused_ += threads.Enter(holder) ? 0 : 1;
        entered_.count_down();
        leave_.wait();
        threads.Leave();
        left_.count_down();
      });
    }
    entered_.wait();  // needs a thread for each
  }
  ~BlockedHandlers() { Release(); }
  void Release() {
    if (std::exchange(released_, true)) return;
    leave_.count_down();
    left_.wait();
  }
  int refused() const { return refused_; }

 private:
  std::latch entered_;
  std::latch leave_{1};
  std::latch left_;
  std::atomic<int> refused_ = 0;
  bool released_ = false;
};

TEST(Threads, GrowWhileHandlersBlock) {
  boost::asio::io_context io;
  Threads threads(io, 2, 64);
  threads.Start();
  BlockedHandlers blocked(threads, 20);
  EXPECT_EQ(blocked.refused(), 0);
  EXPECT_GE(threads.size(), 20);
  // Someone is left to answer.
  std::promise<void> answered;
  Post(threads, [&] { answered.set_value(); });
  answered.get_future().wait();
}

TEST(Threads, OneIsKeptFromHandlersAtTheMaximum) {
  boost::asio::io_context io;
  Threads threads(io, 1, 4);
  threads.Start();
  BlockedHandlers blocked(threads, 3);
  EXPECT_EQ(blocked.refused(), 0);
  for (int i = 0; i < 10; ++i) {
    std::promise<bool> entered;
    Post(threads, [&] {
      Blocking holder;
      entered.set_value(threads.Enter(holder));
    });
    EXPECT_FALSE(entered.get_future().get());
  }
  EXPECT_EQ(threads.size(), 4);
  blocked.Release();
  std::promise<bool> entered;
  Post(threads, [&] {
    Blocking holder;
    entered.set_value(threads.Enter(holder));
    threads.Leave();
  });
  EXPECT_TRUE(entered.get_future().get());
}

TEST(Threads, TheMaximumIsAtLeastOneMoreThanTheThreads) {
  boost::asio::io_context io;
  Threads threads(io, 2, 1);
  threads.Start();
  BlockedHandlers blocked(threads, 2);
  EXPECT_EQ(blocked.refused(), 0);
}

TEST(Threads, AHandlerThatHoldsItsThreadForLongHearsOfIt) {
  boost::asio::io_context io;
  Threads threads(io, 1, 4);
  threads.Start();
  std::promise<void> done;
  Post(threads, [&] {
    Blocking holder;
    ASSERT_TRUE(threads.Enter(holder));
    holder.WaitUntilHeldLong();
    threads.Leave();
    done.set_value();
  });
  done.get_future().wait();
}

TEST(Threads, ShrinkOnceTheyAreNotNeeded) {
  boost::asio::io_context io;
  Threads threads(io, 1, 8);
  threads.Start();
  BlockedHandlers(threads, 4).Release();
  EXPECT_GE(threads.size(), 4);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (threads.size() > 1 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_EQ(threads.size(), 1);
  // And grow again.
  BlockedHandlers blocked(threads, 4);
  EXPECT_EQ(blocked.refused(), 0);
}

// Handlers of all lengths from many sides, for the sanitizers.
TEST(Threads, ManyHandlers) {
  constexpr int kJobs = 20000;
  boost::asio::io_context io;
  Threads threads(io, 2, 16);
  threads.Start();
  std::latch done(kJobs);
  for (int i = 0; i < kJobs; ++i) {
    Post(threads, [&threads, &done, i] {
      Blocking holder;
      if (threads.Enter(holder)) {
        if (i % 1000 == 0) holder.WaitUntilHeldLong();
        threads.Leave();
      }
      done.count_down();
    });
  }
  done.wait();
}

}  // namespace
}  // namespace protorest::server
