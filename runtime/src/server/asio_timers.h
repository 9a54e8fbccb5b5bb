// AsioTimers: lets calls wait without holding a thread.
#pragma once

#include <boost/asio/io_context.hpp>

#include "protorest/context.h"

namespace protorest::server {

// Calls back on the loop's threads, never from within At or from within the cancelling thread.
class AsioTimers final : public Timers {
 public:
  explicit AsioTimers(boost::asio::io_context& io) : io_(io) {}

  void At(Clock::time_point when, std::stop_token cancel, Done done) override;

 private:
  boost::asio::io_context& io_;
};

}  // namespace protorest::server
