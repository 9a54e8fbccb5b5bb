// ActiveCall: one call in progress: its context, its handler's run, its cancellation and deadline.
#pragma once

#include <atomic>
#include <optional>
#include <stop_token>
#include <string>

#include "http/exchange.h"
#include "protorest/context.h"
#include "protorest/handler.h"
#include "protorest/status.h"
#include "transcode/call_registry.h"
#include "transcode/head_fields.h"
#include "transcode/head_metadata.h"
#include "transcode/method.h"
#include "transcode/options.h"
#include "transcode/runner.h"

namespace protorest::transcode {

// What all calls of a transcoder share.
struct Engine {
  Engine(Options all, Runner& runner);

  const Options options;
  const HeaderRules* const response_headers;  // null where they take everything
  MetadataPolicy metadata;
  Status status;  // whether the options make sense
  Runner& runner;
  CallRegistry calls;
};

// Counted: the call itself holds one reference from Begin until it has answered, and so does
// everything that will call back. With the last one the object is recycled.
class ActiveCall : private Runner::Holder {
 public:
  explicit ActiveCall(Engine& engine);
  virtual ~ActiveCall();
  ActiveCall(const ActiveCall&) = delete;
  ActiveCall& operator=(const ActiveCall&) = delete;

  void Ref() { refs_.fetch_add(1, std::memory_order_relaxed); }
  void Unref();
  bool TryRef();  // false: the object is not in a call
  bool running() const { return refs_.load(std::memory_order_relaxed) != 0; }

  // The client is gone, the deadline has passed, or the server gives up: the handler hears of it.
  void Cancel();

 protected:
  // Takes over the exchange; metadata, deadline and context are set. Not OK: the call must answer
  // that.
  Status Begin(http::Exchange& exchange, Method& method, const HeadFields& fields);

  // Runs the handler: a plain one on another thread unless RunsInPlace, all others at once.
  // Complete follows.
  void Run(google::protobuf::Message* request, google::protobuf::Message* response,
           MessageStream* stream);

  // From here to the end of the exchange, the client's going away cancels the call.
  void WatchPeer();

  // The handler has returned `status`. Any thread.
  virtual void Complete(Status& status) = 0;
  // The deadline has passed: answer now, while the handler may go on for some time. Any thread.
  virtual void Expire() = 0;
  // Cancel has been called; once.
  virtual void OnCancelled() {}
  // No reference is left.
  virtual void Recycle() = 0;

  http::Exchange& exchange() { return *exchange_; }
  Method& method() { return *method_; }
  Context& context() { return context_; }
  const Options& options() const { return engine_.options; }
  Engine& engine() { return engine_; }
  bool te_trailers() const { return te_trailers_; }
  // The runner had no thread for the handler: Complete's status means nothing.
  bool refused() const { return refused_; }

  // True for the first caller: the one who ends the exchange, Complete's side or Expire's.
  bool ClaimEnd() { return !ended_.exchange(true, std::memory_order_acq_rel); }

 private:
  enum class Phase { kInvoking, kReturned, kFinished };

  void RunPlain();
  void RunAsync();
  void OnAsyncFinish(Status& status);
  void Finished();
  void StartDeadline();
  bool RunsInPlace() const;
  void OnHeldLong() override;

  Engine& engine_;
  std::atomic<int> refs_ = 0;
  http::Exchange* exchange_ = nullptr;
  Method* method_ = nullptr;
  HeadMetadata metadata_;
  Context context_;
  bool te_trailers_ = false;
  std::atomic<bool> ended_ = false;

  std::optional<Call> call_;
  Status status_;  // what the handler returned
  std::atomic<Phase> phase_ = Phase::kInvoking;
  bool watching_ = false;
  bool in_place_ = false;
  bool refused_ = false;
  bool multiplexed_ = false;  // the connection carries other calls beside this one
  std::atomic<bool> cancelled_ = false;
  std::optional<std::stop_source> deadline_stop_;  // there while the deadline's timer runs
};

}  // namespace protorest::transcode
