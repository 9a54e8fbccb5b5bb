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
#include <system_error>
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
  ASSERT_TRUE(threads.Start());
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
  ASSERT_TRUE(threads.Start());
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
  ASSERT_TRUE(threads.Start());
  BlockedHandlers blocked(threads, 2);
  EXPECT_EQ(blocked.refused(), 0);
}

TEST(Threads, AHandlerThatHoldsItsThreadForLongHearsOfIt) {
  boost::asio::io_context io;
  Threads threads(io, 1, 4);
  ASSERT_TRUE(threads.Start());
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
  ASSERT_TRUE(threads.Start());
  BlockedHandlers(threads, 4).Release();
  EXPECT_GE(threads.size(), 4);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (threads.size() > 1 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_EQ(threads.size(), 1);
  // And grow again.
  BlockedHandlers blocked(threads, 4);
  EXPECT_EQ(blocked.refused(), 0);
}

// A system that has `left` threads.
struct SmallSystem {
  std::atomic<int> left;

  Threads::Spawn Spawn() {
    return [this](std::function<void()> run) {
      if (left.fetch_sub(1) > 0) return std::thread(std::move(run));
      left.fetch_add(1);
      throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    };
  }
};

bool TryEnter(Threads& threads) {
  std::promise<bool> entered;
  Post(threads, [&] {
    Blocking holder;
    const bool ok = threads.Enter(holder);
    if (ok) threads.Leave();
    entered.set_value(ok);
  });
  return entered.get_future().get();
}

TEST(Threads, WhereTheSystemHasNoMoreThoseThereAreCountAsTheMaximum) {
  SmallSystem system = {.left = 4};  // one of them is the watchdog
  boost::asio::io_context io;
  Threads threads(io, 1, 64, system.Spawn());
  ASSERT_TRUE(threads.Start());
  BlockedHandlers all_but_one(threads, 2);
  std::promise<void> told;
  std::promise<void> left;
  Post(threads, [&] {
    Blocking holder;
    EXPECT_TRUE(threads.Enter(holder));
    holder.WaitUntilHeldLong();  // meanwhile the watchdog has tried to grow
    told.set_value();
    threads.Leave();
    left.set_value();
  });
  told.get_future().wait();
  left.get_future().wait();
  EXPECT_EQ(threads.size(), 3);
  EXPECT_FALSE(TryEnter(threads)) << "one is kept for the connections";
  system.left = 60;  // and later there are some again
  while (!TryEnter(threads)) std::this_thread::yield();
  BlockedHandlers more(threads, 8);
  EXPECT_EQ(more.refused(), 0);
}

TEST(Threads, WithoutThreadsTheStartFailsAndCanBeTriedAgain) {
  for (const int threads_there : {0, 1, 2}) {  // none, too few, none for the watchdog
    SmallSystem system = {.left = threads_there};
    boost::asio::io_context io;
    Threads threads(io, 2, 8, system.Spawn());
    EXPECT_FALSE(threads.Start());
    EXPECT_EQ(threads.size(), 0);
    system.left = 8;
    ASSERT_TRUE(threads.Start());
    EXPECT_TRUE(TryEnter(threads));
  }
}

TEST(Threads, StartAgainAfterStop) {
  boost::asio::io_context io;
  Threads threads(io, 2, 8);
  ASSERT_TRUE(threads.Start());
  threads.Stop();
  EXPECT_EQ(threads.size(), 0);
  ASSERT_TRUE(threads.Start());
  EXPECT_TRUE(TryEnter(threads));
}

// Handlers of all lengths from many sides, for the sanitizers.
TEST(Threads, ManyHandlers) {
  constexpr int kJobs = 20000;
  boost::asio::io_context io;
  Threads threads(io, 2, 16);
  ASSERT_TRUE(threads.Start());
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
