// WebSocketSession: Beast's WebSocket on a socket that its connection has handed over.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/connection.h"
#include "http/upgraded_socket.h"
#include "http/websocket.h"
#include "protorest/context.h"

namespace protorest::http {

class Http1Exchange;

// All work is done in a strand; what the methods for any thread leave for it stands under the
// mutex.
//
// The life of one: Start sends the handshake; messages go both ways; then it closes (Close, the
// peer's close, GoAway) or breaks (a lost connection, a breach of the protocol, no pong, a stuck
// write); what the peer still sends is dropped, so that no reset destroys our close frame; over.
class WebSocketSession final : public WebSocket,
                               public std::enable_shared_from_this<WebSocketSession> {
 public:
  // Null unless `request` is a valid handshake (RFC 6455 section 4.2.1).
  static std::shared_ptr<WebSocketSession> Make(Connection& connection, Http1Exchange& exchange,
                                                const RequestHead& request,
                                                const WebSocketOptions& options);
  ~WebSocketSession();

  // --- WebSocket: from any thread.
  void Receive(MessageSink& sink) override;
  bool Send(std::string_view message, bool binary) override;
  void WhenWritable(Done ready) override;
  void Close(int code, std::string_view reason) override;

  // --- The connection's side.
  // `unread`: what has come behind the request.
  void Start(UpgradedSocket::Socket socket, std::string_view unread);
  // The server drains: 1001.
  void GoAway();
  // The connection is of no use any more.
  void Break();
  // It touches neither socket nor exchange any more.
  bool over() const { return over_.load(std::memory_order_acquire); }

 private:
  using Error = boost::beast::error_code;
  using Stream = boost::beast::websocket::stream<UpgradedSocket>;
  using Request = boost::beast::http::request<boost::beast::http::empty_body>;
  using Lock = std::unique_lock<std::mutex>;
  struct Message {
    std::string text;
    bool binary;
  };

  WebSocketSession(Connection& connection, Http1Exchange& exchange,
                   const WebSocketOptions& options);

  // Binds a member to the strand, and to this object's life.
  template <class... Arguments>
  auto Bind(void (WebSocketSession::*member)(Arguments...));
  void Post(void (WebSocketSession::*member)());
  UpgradedSocket& socket() { return stream_->next_layer(); }

  // In the strand: reading.
  void Accept();
  void OnAccepted(Error error);
  void ReadOn();
  void OnRead(Error error, std::size_t size);
  void DeliverHeld();
  // In the strand: writing.
  void WriteNext();
  void OnWritten(Error error, std::size_t size);
  void OnSent();
  // In the strand: keeping alive.
  void ArmTimer(std::chrono::milliseconds time);
  void ArmPing();
  void OnTimer(Error error);
  bool IsAlive();
  void OnPinged(Error error);
  // In the strand: ending.
  void TellUpperLayer();
  void StartClosing();
  void NotePeersEnd(const Error& error);
  void OnClosed(Error error);
  void Fail();
  void BreakNow();
  void Linger();
  void OnDropped(Error error, std::size_t size);
  void Finish();

  Connection& connection_;  // there until over_
  Http1Exchange& exchange_;
  const std::string subprotocol_;
  const std::size_t max_message_bytes_;
  const std::chrono::milliseconds ping_interval_;
  UpgradedSocket::executor_type strand_;
  std::atomic<bool> over_ = false;

  // In the strand.
  Request request_;
  std::optional<Stream> stream_;
  boost::beast::flat_buffer buffer_;  // the message that is being read
  Message writing_;
  boost::asio::steady_timer timer_;
  bool reading_ = false;
  bool waits_for_kernel_ = false;  // it has to take bytes before it is given more
  bool pinging_ = false;
  bool pinged_ = false;      // since something was heard
  std::size_t sent_ = 0;     // as of moved_
  Clock::time_point moved_;  // when the kernel last took bytes, or had none to take
  bool closing_ = false;     // we send a close frame and wait for the peer's
  bool failed_ = false;      // the stream is of no use any more
  bool peer_ended_ = false;  // nothing more can be read
  bool lingering_ = false;   // what still comes is dropped
  std::array<char, 512> dropped_;

  std::mutex mutex_;
  MessageSink* sink_ = nullptr;
  Done writable_;
  std::deque<Message> queue_;
  std::size_t queued_ = 0;   // bytes in queue_
  std::size_t unsent_ = 0;   // bytes with the socket
  bool writer_runs_ = true;  // WriteNext will be called: by OnAccepted, at first
  bool held_ = false;        // buffer_ has a message that nobody has asked for
  bool lost_ = false;        // no message comes or goes any more
  bool ended_ = false;       // Close has been called
  bool close_wanted_ = false;
  int close_code_ = kCloseNormal;
  std::string close_reason_;
};

}  // namespace protorest::http
