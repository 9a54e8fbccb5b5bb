// Exchange: one HTTP request and its response, whatever the protocol version. The seam between the
// http layer, which knows connections, and the layers above, which know none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "protorest/context.h"
#include "protorest/done.h"

namespace protorest::http {

class WebSocket;
struct WebSocketOptions;

struct Header {
  std::string_view name;   // HTTP/2: lower case; HTTP/1.1: as sent
  std::string_view value;  // without surrounding white space
};

struct RequestHead {
  std::string_view method;          // "GET"
  std::string_view path;            // raw, as sent, before the first '?'; "/v1/users/a%20b"
  std::string_view query;           // raw, after the '?', without it
  std::string_view authority;       // Host or :authority
  std::span<const Header> headers;  // without HTTP/2 pseudo headers
  int version = 11;                 // 10, 11 or 20
  bool websocket = false;           // asks to become a WebSocket (HTTP/1.1 alone)
  bool has_body = false;            // false: the body is known to be empty
  std::optional<std::uint64_t> content_length;

  // The first header of that name, compared without case; nullopt if there is none.
  std::optional<std::string_view> Find(std::string_view name) const;
};

struct ResponseHead {
  int status = 200;
  std::span<const Header> headers;  // names lower case; framing headers are the http layer's own
  // Set: sent as Content-Length and kept to. Unset: chunked (HTTP/1.1), until END_STREAM (HTTP/2).
  std::optional<std::uint64_t> content_length;
};

// Gets the request body, one piece for each ReadBody.
class BodySink {
 public:
  // A piece of the body, valid until this returns. `last`: no further piece follows (it may be
  // empty).
  virtual void OnBody(std::string_view piece, bool last) = 0;
  // The body cannot be had: the peer is gone, or broke the protocol. No further call follows.
  virtual void OnBodyError() = 0;

  // When all of the body is wanted at the latest; it has to keep to body_timeout and min_body_rate
  // of HttpLimits then, too. nullopt: it is a stream, which may be silent as long as it likes.
  // Called under a lock.
  virtual std::optional<Clock::time_point> wanted_by() const { return std::nullopt; }
  // It did not come by then; the exchange can still be answered. No further call follows.
  virtual void OnBodyLate() { OnBodyError(); }

 protected:
  ~BodySink() = default;
};

// One request and its response. It belongs to its connection, and stays valid until the layer above
// has ended it with exactly one of Respond, Finish or Abort, even when the peer is long gone: then
// writes are dropped, reads end in OnBodyError, and ending it frees it.
//
// Ending it also ends what is pending: ReadBody in OnBodyError, WhenWritable in ready(false),
// WatchPeer in gone(true); each may be called from within. After them the exchange calls nobody.
//
// A response to HEAD is given like the one to GET, body and all; the http layer drops the body.
//
// Threads: the methods may be called from any thread, but reading calls by one thread at a time,
// and writing calls by one thread at a time (a reader and a writer may run side by side). Callbacks
// come from the loop's threads or from within the call that asked for them, never with a lock held.
//
// What OnRequest, OnBody and other callbacks do holds up their connection until they return:
// nothing is read, and what they send leaves when they return. A plain unary handler may run there,
// even block; whoever waits for this exchange's own callbacks, or streams, must do so on another
// thread.
class Exchange {
 public:
  virtual const RequestHead& request() const = 0;  // valid as long as the exchange
  virtual std::string_view peer() const = 0;       // "ipv4:127.0.0.1:54321"

  // Asks for the next piece; `sink` hears of it once, at once where bytes are at hand. Unread bytes
  // push back on the peer (TCP window, HTTP/2 flow control). A whole small body comes as one piece.
  virtual void ReadBody(BodySink& sink) = 0;

  // Calls `gone(false)` when the peer goes away or resets before the exchange has ended, else
  // `gone(true)` when it ends. At most one at a time; set before the response is ended.
  virtual void WatchPeer(Done gone) = 0;
  // Asks the kernel whether the peer has closed or reset the connection (or the stream). For a
  // watchdog over handlers that run within OnRequest, where WatchPeer cannot fire. From any thread;
  // costs a system call. Like every method, not once the exchange is ended.
  virtual bool PeerGone() const = 0;

  // The whole response at once; copies what it needs. Ends the exchange.
  virtual void Respond(const ResponseHead& head, std::string_view body) = 0;

  // A response in pieces: StartResponse, then SendBody any number of times, then Finish (or Abort).
  virtual void StartResponse(const ResponseHead& head) = 0;
  // Queues a copy of `piece`; pieces sent before the loop comes round leave in one write.
  // False: so much is queued now that the writer should wait for WhenWritable.
  virtual bool SendBody(std::string_view piece) = 0;
  // Calls `ready(true)` once there is room again, `ready(false)` when the peer is gone.
  virtual void WhenWritable(Done ready) = 0;
  // Ends the exchange; trailers go out where the protocol and the peer's TE allow them (rule E17).
  virtual void Finish(std::span<const Header> trailers) = 0;
  // Ends the exchange so that no client takes the response for whole: cuts the connection
  // (HTTP/1.1), RST_STREAM INTERNAL_ERROR (HTTP/2). Also ends an exchange whose peer is gone.
  virtual void Abort() = 0;

  // Instead of a response: makes the connection a WebSocket, which ends the exchange with its
  // Close. Of this object's methods request, peer, WatchPeer and PeerGone go on to serve. Null
  // where the request is no valid handshake: that is to be answered then. From within OnRequest
  // alone.
  virtual WebSocket* Upgrade(const WebSocketOptions& options) = 0;

 protected:
  ~Exchange() = default;
};

// What the http layer serves. Called on a thread of the loop, once for each request, at its head.
class Service {
 public:
  virtual void OnRequest(Exchange& exchange) = 0;

 protected:
  ~Service() = default;
};

}  // namespace protorest::http
