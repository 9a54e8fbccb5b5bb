// Threads: the event loop's threads, which grow in number while plain handlers block.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "server/asio_timers.h"
#include "transcode/runner.h"

namespace protorest::server {

// All threads run one io_context, and plain handlers run on them in place. A watchdog looks once in
// a millisecond (less often while no handler was seen to block): when every thread has been held by
// one handler since it last looked, it starts more, up to the maximum; once the maximum is reached
// one thread is kept from handlers, so that connections are still answered. Threads that were not
// needed for a second or two end again. Where the system has no thread to give, those that there
// are count as the maximum, until a later try brings one.
//
// A call pays two atomic exchanges on a cache line that its thread owns. The watchdog sleeps while
// nothing happens.
class Threads final : public transcode::Runner {
 public:
  // Makes a thread; throws std::system_error where the system has none. Tests give their own.
  using Spawn = std::function<std::thread(std::function<void()> run)>;

  // `maximum` is taken as threads + 1 at least.
  Threads(boost::asio::io_context& io, int threads, int maximum, Spawn spawn = SpawnThread);
  ~Threads();

  // False: the system has not as many threads, and none runs. It may be tried again, also after
  // Stop.
  bool Start();
  // Stops the loop and joins the threads. Not from one of them.
  void Stop();

  int size() const { return live_.load(std::memory_order_relaxed); }

  void Post(void (*function)(void*), void* target) override;
  bool Enter(Holder& holder) override;
  void Leave() override;
  Timers& timers() override { return timers_; }

 private:
  // One thread. `holder` is the Holder in progress, 0 if none; its lowest bit is set while the
  // watchdog talks to it.
  struct alignas(64) Slot {
    std::atomic<std::uintptr_t> holder = 0;
    std::atomic<std::uint32_t> turn = 0;  // counts the Enters
    std::atomic<bool> ended = false;      // the thread has left the loop and can be joined
    // The rest is the watchdog's own.
    std::uint32_t last_turn = 0;
    int ticks = 0;  // for how many looks the same handler has been there
    std::thread thread;
  };

  static std::thread SpawnThread(std::function<void()> run);
  bool Launch(Slot& slot);  // false: the system has no thread
  bool StartWatchdog();
  void EndLoop();
  void RunLoop(Slot& slot);
  int Busy() const;

  void Watch();
  bool WaitForTick(bool sleep);
  int Inspect();  // returns how many threads are held
  void Inspect(Slot& slot);
  void Grow();
  void Retry(int held);
  void LiftLimit();
  void Shrink(int held);
  void Reap();

  static thread_local Slot* current_;

  boost::asio::io_context& io_;
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  AsioTimers timers_;
  const int base_;
  const int maximum_;
  const Spawn spawn_;
  std::vector<Slot> slots_;
  std::atomic<int> live_ = 0;
  std::atomic<int> most_;                // maximum_, or what the system has
  std::atomic<bool> saturated_ = false;  // `most_` threads run: Enter has to count

  std::thread watchdog_;
  std::mutex mutex_;  // guards stopping_, and the sleep of the watchdog
  std::condition_variable wake_;
  bool stopping_ = false;
  std::atomic<bool> asleep_ = false;

  // The watchdog's own.
  bool active_ = false;  // something has happened since the last look
  int quiet_ticks_ = 0;  // looks in a row at which nothing happened
  int calm_ticks_ = 0;   // looks in a row at which no handler held its thread
  int spare_ticks_ = 0;  // looks in a row at which there were more threads than needed
  int retiring_ = 0;     // threads asked to end that have not yet
  int retry_ticks_ = 0;  // looks until the system is asked again for a thread that it did not have
};

}  // namespace protorest::server
