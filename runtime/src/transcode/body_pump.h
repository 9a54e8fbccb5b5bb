// BodyPump: reads a request body piece by piece without recursing, whichever thread brings the
// pieces.
#pragma once

#include <atomic>

#include "http/exchange.h"
#include "transcode/active_call.h"

namespace protorest::transcode {

// An exchange may call its sink from within ReadBody or later on another thread. Asking for the
// next piece from within the sink could recurse once for each piece; here whoever comes second, the
// ReadBody that returns or the sink that wants more, makes the next ReadBody.
//
// The sink calls More at most once for each piece. `owner` is kept alive while Pull runs.
class BodyPump {
 public:
  // Asks for a piece; and goes on for as long as the sink, called from within, says More.
  void Pull(ActiveCall& owner, http::Exchange& exchange, http::BodySink& sink) {
    owner.Ref();
    do {
      state_.store(kAsking, std::memory_order_relaxed);
      exchange.ReadBody(sink);
    } while (state_.exchange(kReturned, std::memory_order_acq_rel) == kMore);
    owner.Unref();
  }

  // From the sink. True: the sink has to call Pull itself.
  [[nodiscard]] bool More() {
    return state_.exchange(kMore, std::memory_order_acq_rel) == kReturned;
  }

 private:
  enum State { kAsking, kReturned, kMore };

  std::atomic<State> state_ = kReturned;
};

}  // namespace protorest::transcode
