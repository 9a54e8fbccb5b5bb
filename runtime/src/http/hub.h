// Hub: what the connections of one listener share: limits, the coarse clock and its sweep, drain.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "http/exchange.h"
#include "protorest/http_limits.h"

namespace protorest::http {

class Connection;

class Hub : public std::enable_shared_from_this<Hub> {
 public:
  Hub(boost::asio::io_context& io, Service& service, const HttpLimits& limits);

  // Begins the sweep: once a second the clock advances, connections past their deadline are woken,
  // and `each_second` is called.
  void Start(std::function<void()> each_second);
  void Stop();

  // Seconds since the start, as of the last sweep.
  std::uint32_t now() const { return now_.load(std::memory_order_relaxed); }
  bool draining() const { return draining_.load(std::memory_order_relaxed); }

  // False: it came too late, the hub is draining or stopped.
  bool Add(Connection& connection);
  void Remove(Connection& connection);
  std::size_t size() const;

  void Drain(Done drained);
  void CloseAll();
  // Lets go of all connections; for the end, when no thread runs the loop any more.
  void Abandon();

  boost::asio::io_context& io;
  Service& service;
  const HttpLimits limits;

 private:
  void Arm();
  void Sweep();
  template <class Action>
  void ForEach(Action action);

  std::atomic<std::uint32_t> now_ = 1;
  std::atomic<bool> draining_ = false;
  mutable std::mutex mutex_;
  Connection* first_ = nullptr;  // a list through the connections; each holds a reference
  std::size_t size_ = 0;
  bool stopped_ = false;
  Done drained_;
  std::function<void()> each_second_;
  boost::asio::steady_timer timer_;
};

}  // namespace protorest::http
