// The message streams that handlers read from and write to.
#pragma once

#include <google/protobuf/message.h>

#include "protorest/done.h"

namespace protorest {

// Both directions of one call, type-erased; every protocol implements it, the typed streams below
// wrap it. Threads: one Read and one Write may be under way at the same time, each from any thread.
// Cancellation: once the call's context is cancelled, pending and later steps end with ok == false.
class MessageStream {
 public:
  virtual ~MessageStream() = default;

  // Reads the next message into `message` (cleared first), which must stay alive until `done`.
  // ok == false: no message follows (end of stream, an invalid message, or the call is cancelled).
  virtual void Read(google::protobuf::Message& message, Done done) = 0;

  // Sends `message`, which has been encoded when this returns. `done` waits for room
  // (backpressure). ok == false: the peer is gone or the call is over; the message is dropped.
  virtual void Write(const google::protobuf::Message& message, Done done) = 0;

  // Ends a pending Read, and every later one, with ok == false; the rest of the requests is not
  // wanted. For a handler that is ready to return its status while it still waits for a request (a
  // proxy whose backend has answered early). Any thread, any number of times; the pending Read's
  // `done` may be called from within.
  virtual void CancelRead() = 0;

  // The same, holding the calling thread until it is done.
  bool BlockingRead(google::protobuf::Message& message);
  bool BlockingWrite(const google::protobuf::Message& message);
};

// What a plain (blocking) handler gets. Valid for the time of the handler's call only.

// The requests of a client-streaming call.
template <class Request>
class Reader {
 public:
  explicit Reader(MessageStream& stream) : stream_(&stream) {}

  // Waits for the next request. False: there is none any more; the handler then returns its status
  // (if the stream ended because the client sent something invalid, that error is what it is told).
  bool Read(Request& request) { return stream_->BlockingRead(request); }

 private:
  MessageStream* stream_;
};

// The responses of a server-streaming call.
template <class Response>
class Writer {
 public:
  explicit Writer(MessageStream& stream) : stream_(&stream) {}

  // Sends one response; waits while the client is slower than the handler. False: the client is
  // gone, and the handler does well to return.
  bool Write(const Response& response) { return stream_->BlockingWrite(response); }

 private:
  MessageStream* stream_;
};

// Both directions of a bidirectional call; one thread may read while another writes.
template <class Request, class Response>
class ReaderWriter {
 public:
  explicit ReaderWriter(MessageStream& stream) : stream_(&stream) {}

  bool Read(Request& request) { return stream_->BlockingRead(request); }
  bool Write(const Response& response) { return stream_->BlockingWrite(response); }

 private:
  MessageStream* stream_;
};

// What a coroutine handler gets: the same, awaited. `co_await requests.Read(request)` is a bool.

template <class Request>
class AsyncReader {
 public:
  explicit AsyncReader(MessageStream& stream) : stream_(&stream) {}

  auto Read(Request& request) {
    return Step([stream = stream_, &request](Done done) { stream->Read(request, done); });
  }

  // For those who pass the call on to another server: the stream without its types.
  MessageStream& stream() { return *stream_; }

 private:
  MessageStream* stream_;
};

template <class Response>
class AsyncWriter {
 public:
  explicit AsyncWriter(MessageStream& stream) : stream_(&stream) {}

  auto Write(const Response& response) {
    return Step([stream = stream_, &response](Done done) { stream->Write(response, done); });
  }

  // For those who pass the call on to another server: the stream without its types.
  MessageStream& stream() { return *stream_; }

 private:
  MessageStream* stream_;
};

template <class Request, class Response>
class AsyncReaderWriter {
 public:
  explicit AsyncReaderWriter(MessageStream& stream) : stream_(&stream) {}

  auto Read(Request& request) {
    return Step([stream = stream_, &request](Done done) { stream->Read(request, done); });
  }
  auto Write(const Response& response) {
    return Step([stream = stream_, &response](Done done) { stream->Write(response, done); });
  }

  // For those who pass the call on to another server: the stream without its types.
  MessageStream& stream() { return *stream_; }

 private:
  MessageStream* stream_;
};

}  // namespace protorest
