// Gate: lets one side end what others may still be using.
#pragma once

#include <atomic>
#include <cstdint>

namespace protorest::transcode {

// Several threads use a thing, each use between Enter and Leave. Close bars further uses, and tells
// exactly one thread, the closer or the last user to leave, that the thing is now its own to end.
class Gate {
 public:
  // False once closed. Nests.
  bool Enter() {
    std::uint32_t state = state_.load(std::memory_order_relaxed);
    do {
      if (state & kClosed) return false;
    } while (!state_.compare_exchange_weak(state, state + kUser, std::memory_order_acq_rel));
    return true;
  }

  // True: the gate is closed and the caller was the last user: the caller ends the thing.
  [[nodiscard]] bool Leave() {
    return state_.fetch_sub(kUser, std::memory_order_acq_rel) == (kClosed | kUser);
  }

  // Call it once. True: nobody is inside: the caller ends the thing.
  [[nodiscard]] bool Close() { return state_.fetch_or(kClosed, std::memory_order_acq_rel) == 0; }

 private:
  static constexpr std::uint32_t kClosed = 1;
  static constexpr std::uint32_t kUser = 2;

  std::atomic<std::uint32_t> state_ = 0;
};

}  // namespace protorest::transcode
