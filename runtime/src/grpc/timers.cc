// A timer is a ::grpc::Alarm that frees itself once it has rung or was cancelled.
#include "grpc/timers.h"

#include <grpcpp/alarm.h>

#include <atomic>
#include <optional>
#include <utility>

#include "grpc/metadata.h"

namespace protorest::grpc {
namespace {

class Sleep {
 public:
  static void Start(Clock::time_point when, std::stop_token cancel, Done done) {
    auto* sleep = new Sleep(done);
    sleep->alarm_.Set(ToGrpcTime(when), [sleep](bool rung) {
      sleep->rung_ = rung;
      sleep->Leave();
    });
    // After Set: cancelling an alarm that is not set does nothing.
    sleep->on_cancel_.emplace(std::move(cancel), Cancel{&sleep->alarm_});
    sleep->Leave();
  }

 private:
  struct Cancel {
    ::grpc::Alarm* alarm;
    void operator()() const { alarm->Cancel(); }
  };

  explicit Sleep(Done done) : done_(done) {}

  // Called by Start and by the alarm, in either order: the second one ends it all.
  void Leave() {
    if (parties_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const Done done = done_;
    const bool rung = rung_;
    delete this;
    done(rung);
  }

  const Done done_;
  std::atomic<int> parties_ = 2;
  bool rung_ = false;
  ::grpc::Alarm alarm_;
  std::optional<std::stop_callback<Cancel>> on_cancel_;  // last: it uses alarm_
};

}  // namespace

void AlarmTimers::At(Clock::time_point when, std::stop_token cancel, Done done) {
  Sleep::Start(when, std::move(cancel), done);
}

}  // namespace protorest::grpc
