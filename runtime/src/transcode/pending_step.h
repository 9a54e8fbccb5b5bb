// PendingStep: a Done that waits, for which completion and cancellation may race.
#pragma once

#include <atomic>

#include "protorest/done.h"

namespace protorest::transcode {

// At most one step is pending at a time. Whoever takes it, and nobody else, calls its Done.
class PendingStep {
 public:
  // Sequentially consistent, as is Take: one who arms and then sees no cancellation is seen by the
  // one who cancels and then takes.
  void Arm(Done done) {
    done_ = done;
    armed_.store(true);
  }

  // True: the step was pending and is the caller's now.
  [[nodiscard]] bool Take(Done& done) {
    if (!armed_.exchange(false)) return false;
    done = done_;
    return true;
  }

  // Takes and calls, if it was pending.
  void Fire(bool ok) {
    if (Done done; Take(done)) done(ok);
  }

 private:
  Done done_;
  std::atomic<bool> armed_ = false;
};

}  // namespace protorest::transcode
