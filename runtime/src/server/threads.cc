// Starts, watches and ends the loop's threads.
#include "server/threads.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <system_error>
#include <utility>

namespace protorest::server {
namespace {

constexpr auto kTick = std::chrono::milliseconds(1);
// While no handler was seen to hold its thread: a look costs a switch to the watchdog's thread and
// back, which would be some 5 % of what a busy server does.
constexpr auto kCalmTick = std::chrono::milliseconds(4);
constexpr int kCalmTicks = 8;       // looks in a row without such a handler, until it is calm
constexpr int kQuietTicks = 10;     // then the watchdog goes to sleep
constexpr int kSpareTicks = 500;    // then a thread too many ends
constexpr int kHeldLongTicks = 16;  // how often a handler that holds its thread hears of it
constexpr int kRetryTicks = 100;    // until the system is asked again for a thread it did not have
constexpr std::uintptr_t kTalking = 1;

// Thrown through io_context::run, which is made for that, to take one thread out of the loop.
struct Retire {};

}  // namespace

thread_local Threads::Slot* Threads::current_ = nullptr;

Threads::Threads(boost::asio::io_context& io, int threads, int maximum, Spawn spawn)
    : io_(io),
      timers_(io),
      base_(std::max(threads, 1)),
      maximum_(std::max(maximum, base_ + 1)),
      spawn_(std::move(spawn)),
      slots_(static_cast<std::size_t>(maximum_)),
      most_(maximum_) {}

Threads::~Threads() { Stop(); }

std::thread Threads::SpawnThread(std::function<void()> run) { return std::thread(std::move(run)); }

bool Threads::Start() {
  io_.restart();
  work_.emplace(io_.get_executor());
  stopping_ = false;
  retry_ticks_ = 0;
  bool started = true;
  for (int i = 0; started && i < base_; ++i) started = Launch(slots_[static_cast<std::size_t>(i)]);
  started = started && StartWatchdog();
  if (!started) EndLoop();
  return started;
}

bool Threads::StartWatchdog() {
  try {
    watchdog_ = spawn_([this] { Watch(); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void Threads::Stop() {
  if (!watchdog_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  watchdog_.join();
  EndLoop();
}

void Threads::EndLoop() {
  work_.reset();
  io_.stop();
  for (Slot& slot : slots_) {
    if (!slot.thread.joinable()) continue;
    slot.thread.join();
    if (slot.ended.load(std::memory_order_relaxed)) --retiring_;
  }
  live_.store(0);
  most_.store(maximum_);
  saturated_.store(false);
}

bool Threads::Launch(Slot& slot) {
  slot.ended.store(false, std::memory_order_relaxed);
  const int live = live_.fetch_add(1) + 1;
  // Before the new thread can enter a handler: Enter relies on it.
  if (live >= most_.load()) saturated_.store(true);
  try {
    slot.thread = spawn_([this, &slot] { RunLoop(slot); });
  } catch (const std::system_error&) {
    live_.fetch_sub(1);
    most_.store(std::max(live - 1, 2));  // the only thread has to run handlers
    saturated_.store(true);
    retry_ticks_ = kRetryTicks;
    return false;
  }
  LiftLimit();
  return true;
}

void Threads::LiftLimit() {
  most_.store(maximum_);
  saturated_.store(live_ == maximum_);
}

void Threads::RunLoop(Slot& slot) {
  current_ = &slot;
  try {
    io_.run();
  } catch (const Retire&) {
    slot.ended.store(true, std::memory_order_release);
  }
  current_ = nullptr;
}

void Threads::Post(void (*function)(void*), void* target) {
  boost::asio::post(io_, [function, target] { function(target); });
}

bool Threads::Enter(Holder& holder) {
  Slot& slot = *current_;
  slot.turn.store(slot.turn.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  // Sequentially consistent: either the watchdog, about to sleep, sees the holder, or this sees it
  // asleep.
  slot.holder.exchange(reinterpret_cast<std::uintptr_t>(&holder));
  if (asleep_.load()) {
    const std::lock_guard lock(mutex_);
    asleep_.store(false);
    wake_.notify_one();
  }
  if (saturated_.load() && Busy() >= most_.load()) {
    Leave();
    return false;
  }
  return true;
}

void Threads::Leave() {
  Slot& slot = *current_;
  std::uintptr_t holder = slot.holder.load(std::memory_order_relaxed) & ~kTalking;
  std::uintptr_t expected = holder;
  while (!slot.holder.compare_exchange_weak(expected, 0)) {
    if (expected & kTalking) slot.holder.wait(expected);
    expected = holder;
  }
}

int Threads::Busy() const {
  return static_cast<int>(std::count_if(slots_.begin(), slots_.end(),
                                        [](const Slot& slot) { return slot.holder.load() != 0; }));
}

void Threads::Watch() {
  while (WaitForTick(quiet_ticks_ >= kQuietTicks && live_ == base_ && retry_ticks_ == 0)) {
    active_ = false;
    Reap();
    const int held = Inspect();
    calm_ticks_ = held > 0 ? 0 : calm_ticks_ + 1;
    quiet_ticks_ = active_ || held > 0 ? 0 : quiet_ticks_ + 1;
    if (retry_ticks_ > 0 && --retry_ticks_ == 0) {
      Retry(held);
    } else if (held >= live_ && retry_ticks_ == 0) {
      Grow();
    } else {
      Shrink(held);
    }
  }
}

// False when it is time to end.
bool Threads::WaitForTick(bool sleep) {
  std::unique_lock lock(mutex_);
  if (sleep) {
    asleep_.store(true);
    if (Busy() == 0) wake_.wait(lock, [this] { return stopping_ || !asleep_.load(); });
    asleep_.store(false);
    quiet_ticks_ = 0;
  }
  wake_.wait_for(lock, calm_ticks_ < kCalmTicks ? kTick : kCalmTick, [this] { return stopping_; });
  return !stopping_;
}

int Threads::Inspect() {
  int held = 0;
  for (Slot& slot : slots_) {
    if (!slot.thread.joinable()) continue;
    const std::uint32_t turn = slot.turn.load(std::memory_order_relaxed);
    if (turn != slot.last_turn) {
      slot.last_turn = turn;
      slot.ticks = 0;
      active_ = true;
    } else if (slot.holder.load(std::memory_order_relaxed) != 0) {
      ++held;
      if (++slot.ticks % kHeldLongTicks == 0) Inspect(slot);
    }
  }
  return held;
}

// Tells the holder, and keeps it from leaving meanwhile.
void Threads::Inspect(Slot& slot) {
  std::uintptr_t holder = slot.holder.load();
  if (holder == 0 || !slot.holder.compare_exchange_strong(holder, holder | kTalking)) return;
  reinterpret_cast<Holder*>(holder)->OnHeldLong();
  slot.holder.store(holder);
  slot.holder.notify_one();
}

// By a quarter at a time: many calls that block at once get their threads within a few
// milliseconds.
void Threads::Grow() {
  spare_ticks_ = 0;
  int more = std::min(std::max(1, live_ / 4), maximum_ - live_);
  for (Slot& slot : slots_) {
    if (more == 0) return;
    if (slot.thread.joinable()) continue;
    if (!Launch(slot)) return;
    --more;
  }
}

// The system had no thread a while ago.
void Threads::Retry(int held) {
  if (held + 1 < live_) return LiftLimit();  // none is needed any more
  Grow();
}

// Ends a thread once there has been more than one to spare for a while.
void Threads::Shrink(int held) {
  const int needed = std::max(base_, held + 1);
  spare_ticks_ = live_ - retiring_ > needed ? spare_ticks_ + 1 : 0;
  if (spare_ticks_ < kSpareTicks) return;
  spare_ticks_ = kSpareTicks - 10;  // the next one soon, while it stays so
  ++retiring_;
  boost::asio::post(io_, [] { throw Retire(); });
}

// Joins the threads that have left the loop.
void Threads::Reap() {
  for (Slot& slot : slots_) {
    if (!slot.ended.load(std::memory_order_acquire)) continue;
    slot.thread.join();
    slot.ended.store(false, std::memory_order_relaxed);
    --retiring_;
    live_.fetch_sub(1);
    saturated_.store(false);
  }
}

}  // namespace protorest::server
