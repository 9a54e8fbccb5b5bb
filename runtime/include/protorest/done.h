// Done: a one-shot callback that costs no allocation, and the awaitable made of it.
#pragma once

#include <atomic>
#include <coroutine>
#include <utility>

namespace protorest {

// Called exactly once with the outcome of an asynchronous step: perhaps before the call that took
// it has returned, perhaps later on another thread. Whoever made it keeps `target` alive until
// then.
struct Done {
  void (*function)(void* target, bool ok) = nullptr;
  void* target = nullptr;

  void operator()(bool ok) const { function(target, ok); }
};

// Awaits one step: `co_await Step([&](Done done) { stream.Read(message, done); })` is the step's
// ok. A step that is done at once does not suspend.
template <class Start>
class [[nodiscard]] Step {
 public:
  explicit Step(Start start) : start_(std::move(start)) {}
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> awaiter) {
    awaiter_ = awaiter;
    start_(Done{&Step::Finish, this});
    // Whoever comes second (this line, or Finish) goes on with the coroutine.
    return !arrived_.exchange(true, std::memory_order_acq_rel);
  }
  bool await_resume() const noexcept { return ok_; }

 private:
  static void Finish(void* target, bool ok) {
    auto* step = static_cast<Step*>(target);
    step->ok_ = ok;
    if (step->arrived_.exchange(true, std::memory_order_acq_rel)) step->awaiter_.resume();
  }

  Start start_;
  std::coroutine_handle<> awaiter_;
  std::atomic<bool> arrived_ = false;
  bool ok_ = false;
};

}  // namespace protorest
