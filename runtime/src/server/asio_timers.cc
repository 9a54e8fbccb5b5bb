// One wait: a steady_timer and a stop callback, of which the first to fire counts.
#include "server/asio_timers.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <utility>

namespace protorest::server {
namespace {

namespace asio = boost::asio;

// Shared by the timer's handler and by what the stop callback posts.
class Wait : public std::enable_shared_from_this<Wait> {
 public:
  Wait(asio::io_context& io, Done done) : io_(io), timer_(io), done_(done) {}

  void Start(Clock::time_point when, std::stop_token cancel) {
    timer_.expires_at(when);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      self->Fire(!error);
    });
    // May call back at once, and on any thread from here on.
    stop_.emplace(std::move(cancel), Stop{this});
  }

 private:
  struct Stop {
    Wait* wait;
    // Runs within request_stop, or while the last owner waits in ~Wait: then there is nothing to
    // do.
    void operator()() const {
      if (auto self = wait->weak_from_this().lock()) {
        asio::post(self->io_, [self] {
          self->Fire(false);
          self->timer_.cancel();
        });
      }
    }
  };

  void Fire(bool ok) {
    if (!fired_.exchange(true)) done_(ok);
  }

  asio::io_context& io_;
  asio::steady_timer timer_;
  Done done_;
  std::atomic<bool> fired_ = false;
  std::optional<std::stop_callback<Stop>> stop_;
};

}  // namespace

void AsioTimers::At(Clock::time_point when, std::stop_token cancel, Done done) {
  std::make_shared<Wait>(io_, done)->Start(when, std::move(cancel));
}

}  // namespace protorest::server
