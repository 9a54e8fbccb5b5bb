// Heartbeat: calls back at an interval for as long as a call is open.
#pragma once

#include <optional>
#include <stop_token>

#include "protorest/context.h"
#include "transcode/active_call.h"

namespace protorest::transcode {

class Heartbeat {
 public:
  explicit Heartbeat(ActiveCall& owner) : owner_(owner) {}

  // Calls `beat` every `interval` until Stop, on a thread of the loop. The owner is kept alive
  // meanwhile. Once.
  void Start(Timers& timers, Clock::duration interval, Done beat);

  // A beat may be under way on another thread; none begins any more.
  void Stop() {
    if (stop_) stop_->request_stop();
  }

 private:
  void Arm();
  void Fire(bool passed);

  ActiveCall& owner_;
  Timers* timers_ = nullptr;
  Clock::duration interval_{};
  Done beat_;
  std::optional<std::stop_source> stop_;
};

}  // namespace protorest::transcode
