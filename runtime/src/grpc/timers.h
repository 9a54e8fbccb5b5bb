// Timers of calls that come through gRPC: its own timer thread keeps the time.
#pragma once

#include <stop_token>

#include "protorest/context.h"

namespace protorest::grpc {

class AlarmTimers final : public Timers {
 public:
  void At(Clock::time_point when, std::stop_token cancel, Done done) override;
};

}  // namespace protorest::grpc
