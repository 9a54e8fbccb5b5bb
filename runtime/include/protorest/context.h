// Context: what a handler knows of its call beside the request, and what it can say beside the
// response.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protorest/done.h"
#include "protorest/headers.h"

namespace protorest {

using Clock = std::chrono::steady_clock;

namespace detail {

// A hundred years at most, so that "for ever", milliseconds::max(), can be added to a time.
template <class Rep, class Period>
constexpr Clock::duration WithinReason(std::chrono::duration<Rep, Period> duration) {
  constexpr std::chrono::hours kLongest{100 * 365 * 24};
  if (duration > kLongest) return kLongest;
  if (duration < -kLongest) return -kLongest;
  return std::chrono::duration_cast<Clock::duration>(duration);
}

}  // namespace detail

// The metadata that came with a request: REST headers or gRPC metadata. Implemented by the
// protocol.
class RequestMetadata {
 public:
  virtual ~RequestMetadata() = default;

  // The first value of `key` (lower case). Values of keys that end in "-bin" are decoded bytes.
  virtual std::optional<std::string_view> Find(std::string_view key) const = 0;

  // Every pair that may travel on to another server: no hop-by-hop headers, none that belong to the
  // transport (rules E14, E16). Keys are lower case.
  virtual void ForEach(
      const std::function<void(std::string_view key, std::string_view value)>& visit) const = 0;

  // See Context::client_address and Context::host.
  virtual std::string ClientAddress(std::string_view peer) const { return std::string(peer); }
  virtual std::string_view Host() const { return {}; }
};

// What the protocol lends a call so that its coroutines can wait without holding a thread.
class Timers {
 public:
  virtual ~Timers() = default;

  // Calls `done(true)` at `when`, or `done(false)` as soon as `cancel` is stopped. Any thread.
  virtual void At(Clock::time_point when, std::stop_token cancel, Done done) = 0;
};

// Where the runtime and handlers report what no client may see: one line without its end, control
// characters replaced by spaces. Called from any thread, several at once, and the call that it is
// about waits for it: it should not block. What it throws is dropped.
using Log = std::function<void(std::string_view line)>;

// One call. Made by the protocol, valid until the handler has returned its status.
// Threads: reading and Cancel from any thread; AddHeader and AddTrailer from one at a time.
class Context {
 public:
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  // "users.v1.UserService/GetUser".
  std::string_view method() const { return method_; }

  // The client's address as the protocol knows it: "ipv4:127.0.0.1:54321", "ipv6:[::1]:54321",
  // "unix:" …, the form that gRPC uses.
  std::string_view peer() const { return peer_; }

  // Over REST the IP address of the client, "203.0.113.7": the peer's, or what trusted proxies say
  // (ServerOptions::trusted_proxies). Elsewhere the peer.
  std::string client_address() const {
    return metadata_ ? metadata_->ClientAddress(peer_) : std::string(peer_);
  }

  // Over REST the host that the client asked for, "api.example.com" or with a port: of its Host
  // header, or of the X-Forwarded-Host that a trusted proxy has added. Elsewhere "".
  std::string_view host() const { return metadata_ ? metadata_->Host() : std::string_view(); }

  // The first value of a request header or metadata key; give the key in lower case.
  std::optional<std::string_view> metadata(std::string_view key) const {
    return metadata_ ? metadata_->Find(key) : std::nullopt;
  }
  const RequestMetadata* request_metadata() const { return metadata_; }

  // When the client stops waiting; Clock::time_point::max() when it set no limit. The runtime
  // enforces it (rule E11): the context is cancelled and the client told DEADLINE_EXCEEDED.
  Clock::time_point deadline() const { return deadline_; }

  // True once the client is gone, the deadline has passed, or the server gives up draining. A
  // handler that works for long looks at it now and then, or registers with stop_token().
  bool cancelled() const { return cancelled_.load(std::memory_order_acquire); }
  std::stop_token stop_token();

  // Waits for `duration` without holding a thread; false when the call is cancelled first.
  // For coroutine handlers:  if (!co_await context.Sleep(1s)) co_return Status::Cancelled("");
  template <class Rep, class Period>
  auto Sleep(std::chrono::duration<Rep, Period> duration) {
    return Step([this, when = Clock::now() + detail::WithinReason(duration)](Done done) {
      if (timers_) {
        timers_->At(when, stop_token(), done);
      } else {
        done(false);
      }
    });
  }

  // Response metadata: headers go out with the first byte of the response, trailers after the last.
  // Keys are lower-cased; one that is no HTTP token, or a value with a control character, is
  // refused (false), and so is a header that comes too late. Over REST a header is an HTTP header
  // of the same name, behind the prefix of ServerOptions::response_headers where that has one.
  bool AddHeader(std::string_view key, std::string_view value);
  bool AddTrailer(std::string_view key, std::string_view value);

  // Gives the next message of a response stream an id, for clients that read Server-Sent Events: a
  // browser that has lost its connection sends the last one it saw back, as metadata
  // "last-event-id". A stream without ids of its own numbers its messages, on from that one. Other
  // forms of a response know no ids. Call it before the Write, from its thread; an id with a line
  // break or a NUL is refused (false).
  bool SetEventId(std::string_view id);

  // The HTTP status of the response, over REST alone: 200 to 399 where the call succeeds (201 with
  // a "location" header), 400 to 599 where it fails; one that does not fit the outcome is passed
  // over. Without it success is as the .proto says (200), an error as its code says. Until the
  // first message of a stream has gone out. False: no such status.
  bool set_http_status(int status);
  int http_status() const { return http_status_.load(std::memory_order_relaxed); }  // 0: not set

  // Reports something to the server's log (standard error where the server was given none), as one
  // line.
  void LogLine(std::string_view line) const;

  using Pairs = std::vector<std::pair<std::string, std::string>>;
  // For protocols: response_headers once the handler adds no more, because it has returned, or
  // because SealHeaders has told it that they are going out. Sealing is for any thread.
  const Pairs& SealHeaders();
  const Pairs& response_headers() const { return headers_; }
  const Pairs& response_trailers() const { return trailers_; }
  // For protocols: the id that SetEventId gave, once.
  std::optional<std::string> TakeEventId() { return std::exchange(event_id_, std::nullopt); }

  // For protocols, which make contexts.
  struct Init {
    std::string_view method = {};
    std::string_view peer = {};
    const RequestMetadata* metadata = nullptr;      // outlives the call
    Timers* timers = nullptr;                       // outlives the call
    const Log* log = nullptr;                       // outlives the call
    const HeaderRules* response_headers = nullptr;  // which ones AddHeader takes; null: all
    Clock::time_point deadline = Clock::time_point::max();
  };
  // Makes this context ready for a (further) call; keeps the memory it has.
  void Reset(const Init& init);
  // Cancels the call: once is enough, later ones do nothing. Runs the stop callbacks on this
  // thread.
  void Cancel();

 private:
  std::string_view method_;
  std::string_view peer_;
  const RequestMetadata* metadata_ = nullptr;
  Timers* timers_ = nullptr;
  const Log* log_ = nullptr;
  const HeaderRules* header_rules_ = nullptr;
  Clock::time_point deadline_ = Clock::time_point::max();
  std::atomic<int> http_status_ = 0;
  Pairs trailers_;
  std::optional<std::string> event_id_;

  std::atomic<bool> cancelled_ = false;
  std::mutex mutex_;  // guards the rest; held only for a moment
  Pairs headers_;
  bool headers_sealed_ = false;
  std::optional<std::stop_source> stop_;  // made when first asked for: it allocates
};

}  // namespace protorest
