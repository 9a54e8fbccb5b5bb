#include "http/hub.h"

#include <chrono>
#include <utility>

#include "http/connection.h"

namespace protorest::http {

Hub::Hub(boost::asio::io_context& io, Service& service, const HttpLimits& limits)
    : io(io), service(service), limits(limits), timer_(io) {}

void Hub::Start(std::function<void()> each_second) {
  const std::lock_guard lock(mutex_);
  each_second_ = std::move(each_second);
  Arm();
}

void Hub::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  timer_.cancel();
}

void Hub::Arm() {
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self != nullptr) self->Sweep();
  });
}

void Hub::Sweep() {
  const std::uint32_t now = now_.fetch_add(1, std::memory_order_relaxed) + 1;
  ForEach([now](Connection& connection) {
    if (connection.IsDue(now)) connection.Signal(Connection::kTick);
  });
  std::function<void()> each_second;
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    each_second = each_second_;
    Arm();
  }
  each_second();
}

template <class Action>
void Hub::ForEach(Action action) {
  const std::lock_guard lock(mutex_);
  for (Connection* each = first_; each != nullptr; each = each->next_) action(*each);
}

bool Hub::Add(Connection& connection) {
  const std::lock_guard lock(mutex_);
  if (stopped_ || draining()) return false;
  intrusive_ptr_add_ref(&connection);
  connection.next_ = first_;
  if (first_ != nullptr) first_->previous_ = &connection;
  first_ = &connection;
  ++size_;
  return true;
}

void Hub::Remove(Connection& connection) {
  Done drained;
  {
    const std::lock_guard lock(mutex_);
    if (&connection != first_ && connection.previous_ == nullptr) return;  // abandoned
    (connection.previous_ != nullptr ? connection.previous_->next_ : first_) = connection.next_;
    if (connection.next_ != nullptr) connection.next_->previous_ = connection.previous_;
    connection.previous_ = connection.next_ = nullptr;
    --size_;
    if (size_ == 0 && draining()) drained = std::exchange(drained_, {});
  }
  intrusive_ptr_release(&connection);
  if (drained.function != nullptr) drained(true);
}

std::size_t Hub::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

void Hub::Drain(Done drained) {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    if (size_ > 0) drained_ = std::exchange(drained, {});
  }
  if (drained.function != nullptr) return drained(true);
  ForEach([](Connection& connection) { connection.Signal(Connection::kDrain); });
}

void Hub::CloseAll() {
  ForEach([](Connection& connection) { connection.Signal(Connection::kClose); });
}

void Hub::Abandon() {
  for (;;) {
    Connection* connection = nullptr;
    {
      const std::lock_guard lock(mutex_);
      connection = first_;
    }
    if (connection == nullptr) return;
    Remove(*connection);
  }
}

}  // namespace protorest::http
