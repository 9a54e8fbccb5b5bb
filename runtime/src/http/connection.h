// Connection: a socket, its buffers, and the turn in which one thread at a time works on it.
#pragma once

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/handler_memory.h"
#include "http/hub.h"
#include "http/input_buffer.h"
#include "http/protocol.h"

namespace protorest::http {

// Everything but Signal, Wake, InTurn, PeerGone, peer, and what stands under the mutex belongs to
// the turn: the thread that finds no other at work takes it, does all there is to do, and gives it
// back. Events that come meanwhile are left as bits for that thread, so nobody ever waits for a
// turn.
class Connection {
 public:
  enum Event : std::uint32_t {
    kTurn = 1,      // some thread has the turn, or is about to
    kStart = 2,     // the connection is new
    kRead = 4,      // the read in flight has ended
    kWritable = 8,  // the socket takes bytes again
    kWake = 16,     // an exchange was called from another thread
    kTick = 32,     // a deadline has passed
    kDrain = 64,    // the server is stopping
    kClose = 128,   // close at once
  };
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol,
                                                  boost::asio::io_context::executor_type>;

  Connection(std::shared_ptr<Hub> hub, Socket socket, std::string peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // --- From any thread.

  // Begins to serve; once.
  void Start();
  // Lets the turn deal with `event`, on a thread of the loop.
  void Signal(std::uint32_t event);
  // What an exchange did is left to the turn: to this one, or to one on a thread of the loop.
  void Wake() {
    if (!InTurn()) Signal(kWake);
  }
  bool InTurn() const;
  // Asks the kernel whether the peer has closed its side or the connection is broken.
  bool PeerGone() const;
  std::string_view peer() const { return peer_; }
  bool IsDue(std::uint32_t now) const {
    const std::uint32_t deadline = deadline_.load(std::memory_order_relaxed);
    return deadline != 0 && now >= deadline;
  }

  // Guards the output and what exchanges share between threads. Never held across a callback.
  std::mutex& mutex() { return mutex_; }
  // Under the mutex: bytes to send. What is appended leaves at the end of the turn.
  std::string& output() { return output_; }
  // Under the mutex: bytes not yet taken by the kernel.
  std::size_t queued() const { return output_.size() + unsent_; }
  // Under the mutex: nothing can be sent any more.
  bool broken() const { return broken_; }

  // --- In the turn.

  Hub& hub() { return *hub_; }
  const HttpLimits& limits() const { return hub_->limits; }
  InputBuffer& input() { return input_; }
  bool read_closed() const { return read_closed_; }
  // Nothing more comes or goes: the protocol has been told.
  bool lost();
  // More is queued than a writer should add to.
  bool congested();
  // All output has been taken by the kernel.
  bool all_sent();
  // Cuts the connection once the output is sent, so that the peer sees a reset.
  void ResetWhenSent() { reset_when_sent_ = true; }
  // Says that no more will be sent, and goes on reading.
  void ShutdownSend();
  // Gives the socket away, for the protocol to use by itself; from then on this object only keeps
  // its place with the hub. Nullopt: output or a read is still on its way; ask again.
  std::optional<Socket> HandOverSocket();
  // The connection is of no use any more: drops the output, and tells the protocol.
  void Break();

 private:
  friend class Hub;
  friend void intrusive_ptr_add_ref(Connection* connection) {
    connection->references_.fetch_add(1, std::memory_order_relaxed);
  }
  friend void intrusive_ptr_release(Connection* connection) {
    if (connection->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete connection;
  }
  struct ReadHandler;
  struct WritableHandler;
  struct TurnHandler;

  void SignalHere(std::uint32_t event);
  void PostTurn();
  void TakeTurn();
  void RunTurn(std::uint32_t events);
  void Handle(std::uint32_t events);
  void OnTick();
  void OnReadDone();
  bool ChooseProtocol();
  // False: the kernel took all there was.
  bool Flush();
  void ArmRead();
  void ArmWritable();
  void SetDeadline();
  void CloseIfDone();

  const std::shared_ptr<Hub> hub_;
  const std::string peer_;
  Socket socket_;
  const int fd_;  // stays open as long as an exchange is
  std::atomic<std::uint32_t> events_ = 0;
  std::atomic<std::uint32_t> references_ = 0;
  std::atomic<std::uint32_t> deadline_ = 0;

  std::mutex mutex_;
  std::string output_;      // under the mutex
  std::size_t unsent_ = 0;  // under the mutex: what of sending_ the kernel has not taken
  bool broken_ = false;     // under the mutex

  // In the turn.
  InputBuffer input_;
  std::unique_ptr<Protocol> protocol_;
  std::string sending_;
  std::size_t sent_ = 0;              // of sending_
  std::uint32_t write_deadline_ = 0;  // 0: nothing is stuck
  bool read_armed_ = false;
  bool write_armed_ = false;
  bool read_closed_ = false;
  bool reset_when_sent_ = false;
  bool send_shut_ = false;
  bool yield_ = false;  // enough for one turn, others wait
  bool closed_ = false;
  bool handed_over_ = false;

  // How the read in flight ended; written before kRead is signalled.
  boost::system::error_code read_error_;
  std::size_t read_size_ = 0;
  HandlerMemory read_memory_;
  HandlerMemory writable_memory_;
  HandlerMemory turn_memory_;

  // Under the hub's mutex.
  Connection* next_ = nullptr;
  Connection* previous_ = nullptr;
};

using ConnectionPtr = boost::intrusive_ptr<Connection>;

}  // namespace protorest::http
