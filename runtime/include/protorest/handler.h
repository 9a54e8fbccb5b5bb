// Handler: the one interface between the protocols that call a service and the code that backs it.
#pragma once

#include <google/protobuf/message.h>

#include <cstddef>
#include <new>
#include <string_view>

#include "protorest/context.h"
#include "protorest/service.h"
#include "protorest/status.h"
#include "protorest/stream.h"
#include "protorest/task.h"

namespace protorest {

// One call on its way from a protocol to a handler: the context, and per kind of method the
// request, the response and the stream. The protocol owns all of it and keeps it until the call has
// finished. A handler gets an empty response. The accessors trust the caller about the types:
// generated code alone uses them.
class Call {
 public:
  // `request` is there unless the method streams requests, `response` unless it streams responses,
  // `stream` where it streams at all.
  Call(Context& context, google::protobuf::Message* request, google::protobuf::Message* response,
       MessageStream* stream)
      : context_(context), request_(request), response_(response), stream_(stream) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  Context& context() { return context_; }

  template <class T>
  const T& request() const {
    return static_cast<const T&>(*request_);
  }
  template <class T>
  T& response() {
    return static_cast<T&>(*response_);
  }
  // Reader<T>, Writer<T>, ReaderWriter<In, Out> or their Async twins.
  template <class T>
  T& stream() {
    static_assert(sizeof(T) <= sizeof(typed_stream_));
    return *new (typed_stream_) T(*stream_);
  }

  // The same as arguments, which become what the handler's method takes:
  //   return GetUser(call.context(), call.request(), call.response());
  struct Request {
    const Call& call;
    template <class T>
    operator const T&() const {  // NOLINT(google-explicit-constructor): that is what it is for
      return call.request<T>();
    }
  };
  struct Response {
    Call& call;
    template <class T>
    operator T&() const {  // NOLINT(google-explicit-constructor)
      return call.response<T>();
    }
  };
  struct Stream {
    Call& call;
    template <class T>
    operator T&() const {  // NOLINT(google-explicit-constructor)
      return call.stream<T>();
    }
  };
  Request request() const { return {*this}; }
  Response response() { return {*this}; }
  Stream stream() { return {*this}; }

 private:
  Context& context_;
  google::protobuf::Message* request_;
  google::protobuf::Message* response_;
  MessageStream* stream_;
  alignas(void*) std::byte typed_stream_[sizeof(void*)];
};

// Told how a call ended; `status` may be moved from.
struct Finish {
  void (*function)(void* target, Status& status) = nullptr;
  void* target = nullptr;

  void operator()(Status& status) const { function(target, status); }
};

// The base of every handler, plain or coroutine. A handler serves many calls at the same time.
class Handler {
 public:
  virtual ~Handler() = default;

  virtual const ServiceInfo& service() const = 0;

  // Whether Invoke may hold its thread for as long as the handler likes.
  virtual bool blocking() const = 0;

  // Runs method number `method` of the service table. `finish` is called once: before Invoke
  // returns (always so for blocking handlers), or later on any thread. `call` must live until then.
  // An exception from the handler becomes INTERNAL without its text (rule E26).
  virtual void Invoke(std::size_t method, Call& call, Finish finish) = 0;
};

// Base of the generated XxxHandler: ordinary code that may block.
class PlainHandler : public Handler {
 public:
  bool blocking() const final { return true; }
  void Invoke(std::size_t method, Call& call, Finish finish) final;

 protected:
  // Generated: calls the method by its number.
  virtual Status Dispatch(std::size_t method, Call& call) = 0;
};

// Base of the generated XxxAsyncHandler: coroutines.
class AsyncHandler : public Handler {
 public:
  bool blocking() const final { return false; }
  void Invoke(std::size_t method, Call& call, Finish finish) final;

 protected:
  virtual Task<Status> Dispatch(std::size_t method, Call& call) = 0;
};

// What a method answers that its handler does not override: UNIMPLEMENTED with the method's full
// name.
Status Unimplemented(std::string_view method);
Task<Status> UnimplementedAsync(std::string_view method);

}  // namespace protorest
