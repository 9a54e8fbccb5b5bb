// The life of a call around its handler.
#include "transcode/active_call.h"

#include <algorithm>
#include <utility>

#include "transcode/answer.h"
#include "transcode/timeout.h"
#include "transcode/violations.h"

namespace protorest::transcode {

namespace {

// The shorter one where both are given (rule E11).
Status ReadTimeout(const HeadFields& fields, Clock::duration& timeout) {
  timeout = Clock::duration::max();
  Violations violations;
  const auto take = [&](const std::optional<std::string_view>& text, auto parse,
                        std::string_view expected) {
    if (!text) return;
    if (const std::optional<Clock::duration> read = parse(*text)) {
      timeout = std::min(timeout, *read);
    } else {
      violations.AddText("", expected, *text);
    }
  };
  take(fields.grpc_timeout, ParseGrpcTimeout,
       "a Grpc-Timeout of at most 8 digits and one of H M S m u n, \"500m\"");
  take(fields.request_timeout, ParseRequestTimeout,
       "an X-Request-Timeout in seconds, \"30\" or \"0.25\"");
  return violations.ToStatus();
}

Options WithLowerNames(Options options) {
  options.request_headers = options.request_headers.Lower();
  options.response_headers = options.response_headers.Lower();
  return options;
}

const HeaderRules* UnlessAll(const HeaderRules& rules) {
  const bool all = rules.deny.empty() && rules.allow == HeaderRules().allow && rules.prefix.empty();
  return all ? nullptr : &rules;
}

}  // namespace

Engine::Engine(Options all, Runner& runner)
    : options(WithLowerNames(std::move(all))),
      response_headers(UnlessAll(options.response_headers)),
      status(TrustedProxies::Parse(options.trusted_proxies, metadata.proxies)),
      runner(runner) {
  metadata.rules = UnlessAll(options.request_headers);
}

ActiveCall::ActiveCall(Engine& engine) : engine_(engine), metadata_(engine.metadata) {
  engine_.calls.Add(*this);
}

ActiveCall::~ActiveCall() { engine_.calls.Remove(*this); }

void ActiveCall::Unref() {
  if (refs_.fetch_sub(1, std::memory_order_acq_rel) == 1) Recycle();
}

bool ActiveCall::TryRef() {
  int refs = refs_.load(std::memory_order_relaxed);
  while (refs != 0) {
    if (refs_.compare_exchange_weak(refs, refs + 1, std::memory_order_acquire)) return true;
  }
  return false;
}

Status ActiveCall::Begin(http::Exchange& exchange, Method& method, const HeadFields& fields) {
  exchange_ = &exchange;
  method_ = &method;
  multiplexed_ = exchange.request().version >= 20;
  te_trailers_ = fields.te_trailers;
  ended_.store(false, std::memory_order_relaxed);
  cancelled_.store(false, std::memory_order_relaxed);
  phase_.store(Phase::kInvoking, std::memory_order_relaxed);
  watching_ = false;
  in_place_ = false;
  refused_ = false;
  deadline_stop_.reset();
  Context::Init init;
  init.method = method.info->full_name;
  init.peer = exchange.peer();
  init.metadata = &metadata_;
  init.timers = &engine_.runner.timers();
  init.log = &engine_.options.log;
  init.response_headers = engine_.response_headers;
  Status status = metadata_.Reset(exchange.request(), init.peer, fields.has_binary);
  if (fields.grpc_timeout || fields.request_timeout) {
    // The exchange may end before the handler does.
    metadata_.Detach();
    init.peer = metadata_.peer();
    Clock::duration timeout;
    Status read = ReadTimeout(fields, timeout);
    if (read.ok()) {
      init.deadline = Clock::now() + timeout;
    } else if (status.ok()) {
      status = std::move(read);
    }
  }
  context_.Reset(init);
  refs_.store(1, std::memory_order_release);
  return status;
}

void ActiveCall::Cancel() {
  if (cancelled_.exchange(true)) return;
  context_.Cancel();
  OnCancelled();
}

void ActiveCall::WatchPeer() {
  if (std::exchange(watching_, true)) return;
  Ref();
  exchange_->WatchPeer({[](void* target, bool ended) {
                          auto* call = static_cast<ActiveCall*>(target);
                          if (!ended) call->Cancel();
                          call->Unref();
                        },
                        this});
}

// A thread that waits for this connection's own events must not be the one that serves it: streams
// are posted. So are calls with a deadline, whose answer would have to wait for the handler
// otherwise.
bool ActiveCall::RunsInPlace() const {
  return method_->info->kind == MethodKind::kUnary && !deadline_stop_ &&
         (!multiplexed_ || method_->cost.IsShort());
}

void ActiveCall::Run(google::protobuf::Message* request, google::protobuf::Message* response,
                     MessageStream* stream) {
  call_.emplace(context_, request, response, stream);
  if (context_.deadline() != Clock::time_point::max()) {
    if (context_.deadline() <= Clock::now()) {
      status_ = DeadlineExceeded();
      return Finished();
    }
    WatchPeer();  // before the deadline, which may end the exchange from now on
    StartDeadline();
  }
  if (!method_->handler->blocking()) {
    RunAsync();
  } else if (RunsInPlace()) {
    in_place_ = true;
    RunPlain();
  } else {
    WatchPeer();
    engine_.runner.Post([](void* target) { static_cast<ActiveCall*>(target)->RunPlain(); }, this);
  }
}

void ActiveCall::RunPlain() {
  if (ended_.load(std::memory_order_relaxed)) return Finished();  // expired while it was queued
  if (!engine_.runner.Enter(*this)) {
    refused_ = true;
    return Finished();
  }
  MethodCost& cost = method_->cost;
  const bool measures = multiplexed_ && cost.Measures();
  const Clock::time_point start = measures ? Clock::now() : Clock::time_point();
  method_->handler->Invoke(method_->number, *call_,
                           {[](void* target, Status& status) {
                              static_cast<ActiveCall*>(target)->status_ = std::move(status);
                            },
                            this});
  if (measures) cost.Record(Clock::now() - start);
  engine_.runner.Leave();
  Finished();
}

// The handler may finish within Invoke, or at any time afterwards on another thread; whichever of
// the two sides comes second goes on. So the exchange is not ended while WatchPeer is being set.
void ActiveCall::RunAsync() {
  method_->handler->Invoke(method_->number, *call_,
                           {[](void* target, Status& status) {
                              static_cast<ActiveCall*>(target)->OnAsyncFinish(status);
                            },
                            this});
  if (phase_.load(std::memory_order_acquire) != Phase::kFinished) WatchPeer();
  if (phase_.exchange(Phase::kReturned, std::memory_order_acq_rel) == Phase::kFinished) Finished();
}

void ActiveCall::OnAsyncFinish(Status& status) {
  status_ = std::move(status);
  if (phase_.exchange(Phase::kFinished, std::memory_order_acq_rel) == Phase::kReturned) Finished();
}

void ActiveCall::Finished() {
  if (deadline_stop_) deadline_stop_->request_stop();
  Complete(status_);
  Unref();
}

void ActiveCall::StartDeadline() {
  deadline_stop_.emplace();
  Ref();
  engine_.runner.timers().At(context_.deadline(), deadline_stop_->get_token(),
                             {[](void* target, bool passed) {
                                auto* call = static_cast<ActiveCall*>(target);
                                if (passed) call->Expire();
                                call->Unref();
                              },
                              this});
}

// Nothing tells a connection that is held up by its handler that the peer has gone: this asks.
void ActiveCall::OnHeldLong() {
  if (!in_place_ || context_.cancelled() || !exchange_->PeerGone()) return;
  Ref();
  engine_.runner.Post(
      [](void* target) {
        auto* call = static_cast<ActiveCall*>(target);
        call->Cancel();
        call->Unref();
      },
      this);
}

}  // namespace protorest::transcode
