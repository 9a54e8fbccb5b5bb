// The blocking forms of MessageStream's steps.
#include "protorest/stream.h"

#include <atomic>

namespace protorest {
namespace {

// Runs one step and holds the thread until it is done.
template <class Start>
bool Wait(Start start) {
  enum State : int { kPending, kFailed, kOk };
  std::atomic<int> state = kPending;
  start(Done{[](void* target, bool ok) {
               auto* done = static_cast<std::atomic<int>*>(target);
               // The waiter may return, and `state` die, right after the store; notify needs its
               // address alone (the standard library's notify does not read through it).
               done->store(ok ? kOk : kFailed, std::memory_order_release);
               done->notify_one();
             },
             &state});
  state.wait(kPending, std::memory_order_acquire);
  return state.load(std::memory_order_relaxed) == kOk;
}

}  // namespace

bool MessageStream::BlockingRead(google::protobuf::Message& message) {
  return Wait([&](Done done) { Read(message, done); });
}

bool MessageStream::BlockingWrite(const google::protobuf::Message& message) {
  return Wait([&](Done done) { Write(message, done); });
}

}  // namespace protorest
