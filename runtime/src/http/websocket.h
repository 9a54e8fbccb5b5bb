// WebSocket: whole messages both ways, on a connection that an exchange has given up for them.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "protorest/done.h"

namespace protorest::http {

struct WebSocketOptions {
  std::string_view subprotocol;             // what the handshake answers; "" for none
  std::size_t max_message_bytes = 4 << 20;  // larger ones, after decompression, end it with 1009
  std::chrono::milliseconds ping_interval{
      30'000};  // a peer that leaves one unanswered is gone; 0: none
};

// Close codes that the http layer sends by itself: 1001 when the server drains, 1002 for a breach
// of the protocol, 1007 for a text that is not UTF-8, 1009 for a message beyond the limit.
enum CloseCode : int { kCloseNormal = 1000, kCloseGoingAway = 1001, kCloseUnsupported = 1003 };

// Gets the peer's messages, one for each Receive.
class MessageSink {
 public:
  // `message` is valid until this returns. `binary`: it came as a binary message, else as text,
  // which is valid UTF-8.
  virtual void OnMessage(std::string_view message, bool binary) = 0;
  // There are no more: the peer has closed, is gone or broke the protocol, or the server drains.
  virtual void OnNoMessage() = 0;

 protected:
  ~MessageSink() = default;
};

// It belongs to its exchange, and both stay valid until Close. The rest is as with an exchange:
// the methods may be called from any thread, Receive by one at a time and Send by one at a time;
// what is pending ends with Close, and callbacks come with no lock held.
class WebSocket {
 public:
  // Asks for the next message; `sink` hears of it once. At most one message is read ahead: the rest
  // waits with the peer.
  virtual void Receive(MessageSink& sink) = 0;

  // Queues a copy of `message`; messages queued in a row leave in one write. False: so much is
  // queued now that the writer should wait for WhenWritable.
  virtual bool Send(std::string_view message, bool binary) = 0;
  // Calls `ready(true)` once there is room again, `ready(false)` when the peer is gone.
  virtual void WhenWritable(Done ready) = 0;

  // Sends what is queued, then closes; ends the exchange. `reason` is cut to the 123 bytes that a
  // close frame has for it, between two characters.
  virtual void Close(int code, std::string_view reason) = 0;

 protected:
  ~WebSocket() = default;
};

}  // namespace protorest::http
