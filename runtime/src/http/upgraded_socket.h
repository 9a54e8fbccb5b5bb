// UpgradedSocket: a socket as Beast's WebSocket reads and writes it.
#pragma once

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace protorest::http {

// Reads first what has come behind the upgrade request. Writes are gathered: each is complete at
// once, and what has come together leaves in one piece. Where so much is gathered that the peer
// does not read, nothing is read from it either: it would be answered, pings with pongs, and the
// answers would pile up. All in the strand.
class UpgradedSocket {
 public:
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol,
                                                  boost::asio::io_context::executor_type>;
  using executor_type = boost::asio::strand<boost::asio::io_context::executor_type>;
  using Error = boost::beast::error_code;

  // `on_sent` is called, in the strand, whenever the kernel has taken bytes or refuses them;
  // `owner` is kept alive meanwhile.
  UpgradedSocket(Socket socket, executor_type strand, std::string_view unread,
                 std::weak_ptr<void> owner, std::function<void()> on_sent)
      : socket_(std::move(socket)),
        strand_(std::move(strand)),
        unread_(unread),
        owner_(std::move(owner)),
        on_sent_(std::move(on_sent)),
        room_(strand_) {}

  // Whether more is to be written at once: then writes may wait for it.
  void Cork(bool corked) { corked_ = corked; }
  // Bytes not yet taken by the kernel.
  std::size_t unsent() const { return gathered_.size() + sending_.size() - offset_; }
  bool failed() const { return static_cast<bool>(error_); }
  // So many that nothing is read.
  bool crowded() const { return !error_ && !shut_ && unsent() > kCrowd; }
  // Counts the bytes that it has taken.
  std::size_t sent() const { return sent_; }

  // Sends a FIN as soon as all is sent.
  void ShutdownWhenSent();
  // Ends what is pending. The descriptor stays, lest another connection gets its number.
  void ShutdownNow();

  // --- What Beast asks of a stream.

  executor_type get_executor() const { return strand_; }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (crowded()) {
      room_.expires_at(boost::asio::steady_timer::time_point::max());
      room_.async_wait(boost::asio::bind_executor(
          strand_, [this, buffers, handler = std::forward<Handler>(handler)](const auto&) mutable {
            async_read_some(buffers, std::move(handler));
          }));
      return;
    }
    if (unread_.empty()) {
      socket_.async_read_some(buffers, std::forward<Handler>(handler));
      return;
    }
    const std::size_t size =
        boost::asio::buffer_copy(buffers, boost::asio::buffer(unread_.data(), unread_.size()));
    unread_.erase(0, size);
    boost::asio::post(
        strand_, boost::beast::bind_front_handler(std::forward<Handler>(handler), Error(), size));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    const std::size_t size = boost::asio::buffer_size(buffers);
    if (!error_) {
      const std::size_t before = gathered_.size();
      gathered_.resize(before + size);
      boost::asio::buffer_copy(boost::asio::buffer(gathered_.data() + before, size), buffers);
      if (!corked_ || gathered_.size() > kPiece) Flush();
    }
    boost::asio::post(strand_, boost::beast::bind_front_handler(std::forward<Handler>(handler),
                                                                error_, error_ ? 0 : size));
  }

  // The end of a WebSocket: what is gathered goes out, then the FIN. Waiting for the peer's is the
  // session's.
  template <class Handler>
  friend void async_teardown(boost::beast::role_type, UpgradedSocket& socket, Handler&& handler) {
    socket.ShutdownWhenSent();
    boost::asio::post(socket.strand_,
                      boost::beast::bind_front_handler(std::forward<Handler>(handler), Error()));
  }
  friend void teardown(boost::beast::role_type, UpgradedSocket& socket, Error&) {
    socket.ShutdownWhenSent();
  }
  friend void beast_close_socket(UpgradedSocket& socket) { socket.ShutdownNow(); }

 private:
  static constexpr std::size_t kPiece = std::size_t{64} * 1024;
  static constexpr std::size_t kCrowd = 4 * kPiece;  // a message that is written is no crowd yet

  // Lets a read that waits for room go on.
  void LetRead() { room_.cancel(); }
  void Flush();
  void OnWritten(const Error& error, std::size_t size);

  Socket socket_;
  executor_type strand_;
  std::string unread_;
  std::weak_ptr<void> owner_;
  std::function<void()> on_sent_;
  std::string gathered_;
  std::string sending_;     // being written
  std::size_t offset_ = 0;  // what of it the kernel has taken
  bool writing_ = false;
  std::size_t sent_ = 0;
  Error error_;
  bool corked_ = false;
  bool shut_when_sent_ = false;
  bool shut_ = false;
  boost::asio::steady_timer room_;  // what a read waits for; never passes
};

}  // namespace protorest::http
