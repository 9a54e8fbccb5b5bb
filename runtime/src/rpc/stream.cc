// The blocking forms of MessageStream's steps.
#include "protorest/stream.h"

#include <atomic>

namespace protorest {
namespace {

// Runs one step and holds the thread until it is done. A step that is done at once, as most are,
// costs no system call.
template <class Start>
bool Wait(Start start) {
  enum State : int { kPending, kWaiting, kFailed, kOk };
  std::atomic<int> state = kPending;
  start(Done{[](void* target, bool ok) {
               auto* state = static_cast<std::atomic<int>*>(target);
               const int before = state->exchange(ok ? kOk : kFailed, std::memory_order_acq_rel);
               // The waiter may return, and `state` die, right after the exchange; notify needs its
               // address alone (the standard library's notify does not read through it).
               if (before == kWaiting) state->notify_one();
             },
             &state});
  int now = kPending;
  if (state.compare_exchange_strong(now, kWaiting, std::memory_order_acq_rel)) {
    state.wait(kWaiting, std::memory_order_acquire);
    now = state.load(std::memory_order_relaxed);
  }
  return now == kOk;
}

}  // namespace

bool MessageStream::BlockingRead(google::protobuf::Message& message) {
  return Wait([&](Done done) { Read(message, done); });
}

bool MessageStream::BlockingWrite(const google::protobuf::Message& message) {
  return Wait([&](Done done) { Write(message, done); });
}

}  // namespace protorest
