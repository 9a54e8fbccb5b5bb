// One timer after the other.
#include "transcode/heartbeat.h"

namespace protorest::transcode {

void Heartbeat::Start(Timers& timers, Clock::duration interval, Done beat) {
  timers_ = &timers;
  interval_ = interval;
  beat_ = beat;
  stop_.emplace();
  Arm();
}

void Heartbeat::Arm() {
  owner_.Ref();
  timers_->At(
      Clock::now() + interval_, stop_->get_token(),
      {[](void* target, bool passed) { static_cast<Heartbeat*>(target)->Fire(passed); }, this});
}

void Heartbeat::Fire(bool passed) {
  if (passed && !stop_->stop_requested()) {
    beat_(true);
    Arm();  // a Stop that came meanwhile ends it at once
  }
  owner_.Unref();
}

}  // namespace protorest::transcode
