// Signal: one event, raised once and awaited once, in either order, from any threads.
#pragma once

#include <atomic>

#include "protorest/done.h"

namespace protorest::grpc {

class Signal {
 public:
  // The waiter may run, and end this signal's life, before Raise returns.
  void Raise() { Meet(); }

  auto Wait() {
    return Step([this](Done done) {
      waiter_ = done;
      Meet();
    });
  }

 private:
  // Whoever comes second wakes the waiter.
  void Meet() {
    if (met_.exchange(true, std::memory_order_acq_rel)) waiter_(true);
  }

  std::atomic<bool> met_ = false;
  Done waiter_;
};

}  // namespace protorest::grpc
