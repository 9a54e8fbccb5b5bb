#include "http/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

#include "http/http1.h"
#include "http/http2.h"

namespace protorest::http {
namespace {

constexpr std::size_t kInputBuffer = 4096;
// An output buffer grown past this by a large response is given back.
constexpr std::size_t kKeepOutput = 256 << 10;
// Rounds of produce and send in one turn, before other connections get theirs.
constexpr int kRounds = 16;
constexpr std::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

// The connection whose turn this thread has.
thread_local const Connection* this_turn = nullptr;

}  // namespace

struct Connection::ReadHandler {
  using allocator_type = HandlerAllocator<std::byte>;
  allocator_type get_allocator() const { return allocator_type(connection->read_memory_); }
  void operator()(const boost::system::error_code& error, std::size_t size) {
    connection->read_error_ = error;
    connection->read_size_ = size;
    connection->SignalHere(kRead);
  }
  ConnectionPtr connection;
};

struct Connection::WritableHandler {
  using allocator_type = HandlerAllocator<std::byte>;
  allocator_type get_allocator() const { return allocator_type(connection->writable_memory_); }
  void operator()(const boost::system::error_code&) { connection->SignalHere(kWritable); }
  ConnectionPtr connection;
};

struct Connection::TurnHandler {
  using allocator_type = HandlerAllocator<std::byte>;
  allocator_type get_allocator() const { return allocator_type(connection->turn_memory_); }
  void operator()() { connection->TakeTurn(); }
  ConnectionPtr connection;
};

Connection::Connection(std::shared_ptr<Hub> hub, Socket socket, std::string peer)
    : hub_(std::move(hub)),
      peer_(std::move(peer)),
      socket_(std::move(socket)),
      fd_(socket_.native_handle()),
      input_(kInputBuffer) {}

Connection::~Connection() = default;

bool Connection::InTurn() const { return this_turn == this; }

bool Connection::PeerGone() const {
  pollfd poll_for{fd_, POLLRDHUP, 0};
  return ::poll(&poll_for, 1, 0) > 0 && (poll_for.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

// --- The turn.

void Connection::Start() {
  // Not in the listener's turn: a handler that blocks would keep others from being accepted.
  if (hub_->Add(*this)) Signal(kStart);
}

void Connection::Signal(std::uint32_t event) {
  const std::uint32_t before = events_.fetch_or(event | kTurn, std::memory_order_acq_rel);
  if ((before & kTurn) == 0) PostTurn();
}

void Connection::SignalHere(std::uint32_t event) {
  std::uint32_t nothing = 0;
  if (events_.compare_exchange_strong(nothing, kTurn, std::memory_order_acq_rel)) {
    RunTurn(event);
  } else if ((events_.fetch_or(event | kTurn, std::memory_order_acq_rel) & kTurn) == 0) {
    TakeTurn();
  }
}

void Connection::PostTurn() {
  boost::asio::post(hub_->io.get_executor(), TurnHandler{ConnectionPtr(this)});
}

void Connection::TakeTurn() {
  RunTurn(events_.exchange(kTurn, std::memory_order_acq_rel) & ~kTurn);
}

void Connection::RunTurn(std::uint32_t events) {
  const Connection* const outer = std::exchange(this_turn, this);
  for (;;) {
    Handle(events);
    if (std::exchange(yield_, false)) {
      PostTurn();
      break;
    }
    std::uint32_t only_turn = kTurn;
    if (events_.compare_exchange_strong(only_turn, 0, std::memory_order_acq_rel)) break;
    events = events_.exchange(kTurn, std::memory_order_acq_rel) & ~kTurn;
  }
  this_turn = outer;
}

void Connection::Handle(std::uint32_t events) {
  if (closed_) return;
  if ((events & kRead) != 0) OnReadDone();
  if ((events & kWritable) != 0) write_armed_ = false;
  if ((events & kTick) != 0) OnTick();
  if ((events & kClose) != 0) Break();

  bool more = true;
  for (int round = 0; more; ++round) {
    if (round == kRounds) {
      yield_ = true;
      break;
    }
    more = (protocol_ != nullptr || ChooseProtocol()) && protocol_->Advance();
    if (!Flush()) break;
  }
  ArmRead();
  CloseIfDone();
  SetDeadline();
}

bool Connection::ChooseProtocol() {
  const std::string_view start = input_.unread().substr(0, kHttp2Preface.size());
  if (start.empty() || broken_) return false;
  if (!kHttp2Preface.starts_with(start)) {
    protocol_ = std::make_unique<Http1>(*this);
  } else if (start.size() == kHttp2Preface.size()) {
    protocol_ = std::make_unique<Http2>(*this);
  } else {
    return false;
  }
  return true;
}

// --- Reading.

void Connection::ArmRead() {
  if (read_armed_ || read_closed_ || handed_over_) return;
  const std::size_t want = protocol_ != nullptr ? protocol_->WantsRead() : kInputBuffer / 4;
  if (want == 0) return;
  bool moved = false;
  const std::span<char> space = input_.Space(want, &moved);
  if (moved && protocol_ != nullptr) protocol_->OnInputMoved();
  read_armed_ = true;
  socket_.async_read_some(boost::asio::buffer(space.data(), space.size()),
                          ReadHandler{ConnectionPtr(this)});
}

void Connection::OnReadDone() {
  read_armed_ = false;
  input_.Commit(read_size_);
  if (!read_error_ || read_error_ == boost::asio::error::operation_aborted) return;
  if (read_error_ != boost::asio::error::eof) return Break();
  // Half-closed: whoever still wants to answer may, but a client that waits is not told apart from
  // one that left, so calls that run on are told that it left.
  read_closed_ = true;
  if (protocol_ != nullptr) protocol_->OnPeerLost(false);
}

// --- Writing.

bool Connection::lost() {
  const std::lock_guard lock(mutex_);
  return broken_;
}

bool Connection::congested() {
  const std::lock_guard lock(mutex_);
  return queued() > limits().write_high_water;
}

bool Connection::all_sent() {
  const std::lock_guard lock(mutex_);
  return queued() == 0;
}

bool Connection::Flush() {
  if (write_armed_) return false;
  for (;;) {
    if (sent_ == sending_.size()) {
      if (sending_.capacity() > kKeepOutput) std::string().swap(sending_);
      sending_.clear();
      sent_ = 0;
      const std::lock_guard lock(mutex_);
      if (broken_) output_.clear();
      unsent_ = output_.size();
      if (unsent_ == 0) return true;
      sending_.swap(output_);
    }
    const ssize_t sent =
        ::send(fd_, sending_.data() + sent_, sending_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      sent_ += static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      ArmWritable();
      return false;
    } else if (errno != EINTR) {
      Break();
      return true;
    }
  }
}

void Connection::ArmWritable() {
  {
    const std::lock_guard lock(mutex_);
    unsent_ = sending_.size() - sent_;
  }
  write_armed_ = true;
  write_deadline_ = hub_->now() + static_cast<std::uint32_t>(limits().write_timeout.count());
  socket_.async_wait(Socket::wait_write, WritableHandler{ConnectionPtr(this)});
}

void Connection::ShutdownSend() {
  if (std::exchange(send_shut_, true)) return;
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

std::optional<Connection::Socket> Connection::HandOverSocket() {
  if (!all_sent() || broken_) return std::nullopt;
  if (read_armed_) {
    boost::system::error_code ignored;
    socket_.cancel(ignored);  // its handler takes the turn
    return std::nullopt;
  }
  handed_over_ = true;
  return std::move(socket_);
}

// --- The end.

void Connection::Break() {
  {
    const std::lock_guard lock(mutex_);
    if (broken_) return;
    broken_ = true;
    output_.clear();
    unsent_ = 0;
  }
  sending_.clear();
  sent_ = 0;
  read_closed_ = true;
  // Not closed yet: PeerGone may be asking about the descriptor on another thread.
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  if (protocol_ == nullptr) return;
  protocol_->OnPeerLost(true);
  events_.fetch_or(kWake, std::memory_order_relaxed);  // whoever waits is told in another round
}

void Connection::OnTick() {
  const std::uint32_t now = hub_->now();
  if (!IsDue(now)) return;
  if (write_armed_ && now >= write_deadline_) return Break();
  if (protocol_ == nullptr) return Break();
  if (!read_armed_ && !handed_over_ && PeerGone()) protocol_->OnPeerLost(false);
  if (const std::uint32_t deadline = protocol_->deadline(); deadline != 0 && now >= deadline) {
    protocol_->OnDeadline();
  }
}

void Connection::SetDeadline() {
  const auto in = [this](std::chrono::seconds time) {
    return hub_->now() + static_cast<std::uint32_t>(time.count());
  };
  std::uint32_t deadline = 0;
  if (protocol_ != nullptr) {
    deadline = protocol_->deadline();
    // No read is in flight to tell that the peer is gone: ask every second.
    if (!read_armed_ && !read_closed_ && !handed_over_ && !protocol_->idle())
      deadline = in(std::chrono::seconds(1));
  } else if (input_.size() > 0) {
    deadline = in(limits().head_timeout);
  } else {
    deadline = in(limits().idle_timeout);
  }
  if (write_armed_ && (deadline == 0 || write_deadline_ < deadline)) deadline = write_deadline_;
  deadline_.store(deadline, std::memory_order_relaxed);
}

void Connection::CloseIfDone() {
  if (protocol_ != nullptr) {
    if (!protocol_->idle()) return;
    if (!broken_ && !(protocol_->finished() && all_sent())) return;
  } else if (!read_closed_ && !(hub_->draining() && input_.size() == 0)) {
    return;
  }
  boost::system::error_code ignored;
  if (reset_when_sent_) socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
  closed_ = true;
  socket_.close(ignored);
  hub_->Remove(*this);
}

}  // namespace protorest::http
