// The server under test for streams: the same service as coroutines, as blocking code, as a proxy
// in this process, and as a gateway to a gRPC server elsewhere.
//   stream_server async|plain|proxy|gateway=HOST:PORT [heartbeat]
// prints "gRPC on …" and "REST on …".
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "protorest/grpc/service.h"
#include "protorest/server.h"
#include "streams.rest.pb.h"

namespace {

using namespace std::chrono_literals;
using namespace streams::v1;
using protorest::Context;
using protorest::Status;
using protorest::Task;

struct Counts {
  std::atomic<int> open = 0;
  std::atomic<int> started = 0;
  std::atomic<int> cancelled = 0;
  std::atomic<int> finished = 0;
};

// Counts one call from here to the end of its scope.
class Counted {
 public:
  Counted(Counts& counts, Context& context) : counts_(counts), context_(context) {
    ++counts_.open;
    ++counts_.started;
  }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() {
    --counts_.open;
    ++(gone_ || context_.cancelled() ? counts_.cancelled : counts_.finished);
  }

  // A step failed because the client is gone: a write may say so before the context does.
  Status Gone() {
    gone_ = true;
    return Status::Cancelled("");
  }

 private:
  bool gone_ = false;
  Counts& counts_;
  Context& context_;
};

// The tick before the first: what a client that comes back has seen of an earlier stream.
std::int64_t LastSeen(const Context& context) {
  return std::atoll(std::string(context.metadata("last-event-id").value_or("0")).c_str());
}

class AsyncStreams final : public StreamServiceAsyncHandler {
 public:
  Task<Status> Ticks(Context& context, const TicksRequest& request,
                     protorest::AsyncWriter<Tick>& responses) override {
    Counted counted(counts_, context);
    while (counts_.started < request.await_started()) {
      if (!co_await context.Sleep(1ms)) co_return Status::Cancelled("");
    }
    Tick tick;
    for (std::int64_t i = LastSeen(context) + 1; request.count() == 0 || i <= request.count();
         ++i) {
      tick.set_number(i);
      if (!co_await responses.Write(tick)) co_return counted.Gone();
    }
    co_return Status::Ok();
  }

  Task<Status> Echo(Context& context, protorest::AsyncReaderWriter<Tick, Tick>& stream) override {
    Counted counted(counts_, context);
    Tick tick;
    while (co_await stream.Read(tick)) {
      if (!co_await stream.Write(tick)) break;
    }
    co_return Status::Ok();
  }

  Task<Status> Sum(Context& context, protorest::AsyncReader<Tick>& requests,
                   Tick& response) override {
    Counted counted(counts_, context);
    Tick tick;
    while (co_await requests.Read(tick)) response.set_number(response.number() + tick.number());
    co_return Status::Ok();
  }

  Task<Status> Slow(Context& context, const SlowRequest& request, Tick& response) override {
    Counted counted(counts_, context);
    if (!co_await context.Sleep(std::chrono::milliseconds(request.delay_ms()))) {
      co_return Status::Cancelled("");
    }
    response.set_number(request.delay_ms());
    co_return Status::Ok();
  }

  Task<Status> Break(Context& context, const Tick& request,
                     protorest::AsyncWriter<Tick>& responses) override {
    Counted counted(counts_, context);
    Tick tick;
    for (std::int64_t i = 1; i <= request.number(); ++i) {
      tick.set_number(i);
      if (!co_await responses.Write(tick)) co_return counted.Gone();
    }
    co_return Status::FailedPrecondition("broken on purpose");
  }

  Task<Status> AwaitCounters(Context& context, const Counters& request,
                             Counters& response) override {
    const auto deadline = protorest::Clock::now() + 10s;
    while ((counts_.open < request.open() || counts_.cancelled < request.cancelled() ||
            counts_.finished < request.finished()) &&
           protorest::Clock::now() < deadline) {
      if (!co_await context.Sleep(1ms)) co_return Status::Cancelled("");
    }
    response.set_open(counts_.open);
    response.set_cancelled(counts_.cancelled);
    response.set_finished(counts_.finished);
    co_return Status::Ok();
  }

 private:
  Counts counts_;
};

// The same with blocking calls; each waiting call holds a thread.
class PlainStreams final : public StreamServiceHandler {
 public:
  Status Ticks(Context& context, const TicksRequest& request,
               protorest::Writer<Tick>& responses) override {
    Counted counted(counts_, context);
    Block(context, 1h, [&] { return counts_.started >= request.await_started(); });
    Tick tick;
    for (std::int64_t i = LastSeen(context) + 1; request.count() == 0 || i <= request.count();
         ++i) {
      tick.set_number(i);
      if (!responses.Write(tick)) return counted.Gone();
    }
    return Status::Ok();
  }

  Status Echo(Context& context, protorest::ReaderWriter<Tick, Tick>& stream) override {
    Counted counted(counts_, context);
    Tick tick;
    while (stream.Read(tick) && stream.Write(tick)) {
    }
    return Status::Ok();
  }

  Status Sum(Context& context, protorest::Reader<Tick>& requests, Tick& response) override {
    Counted counted(counts_, context);
    Tick tick;
    while (requests.Read(tick)) response.set_number(response.number() + tick.number());
    return Status::Ok();
  }

  Status Slow(Context& context, const SlowRequest& request, Tick& response) override {
    Counted counted(counts_, context);
    Block(context, std::chrono::milliseconds(request.delay_ms()), [] { return false; });
    response.set_number(request.delay_ms());
    return context.cancelled() ? Status::Cancelled("") : Status::Ok();
  }

  Status Break(Context& context, const Tick& request, protorest::Writer<Tick>& responses) override {
    Counted counted(counts_, context);
    Tick tick;
    for (std::int64_t i = 1; i <= request.number(); ++i) {
      tick.set_number(i);
      if (!responses.Write(tick)) return counted.Gone();
    }
    return Status::FailedPrecondition("broken on purpose");
  }

  Status AwaitCounters(Context& context, const Counters& request, Counters& response) override {
    Block(context, 10s, [&] {
      return counts_.open >= request.open() && counts_.cancelled >= request.cancelled() &&
             counts_.finished >= request.finished();
    });
    response.set_open(counts_.open);
    response.set_cancelled(counts_.cancelled);
    response.set_finished(counts_.finished);
    return Status::Ok();
  }

 private:
  // What a handler that knows no coroutines does: it holds its thread.
  template <class Condition>
  static void Block(Context& context, std::chrono::milliseconds most, Condition until) {
    const auto deadline = protorest::Clock::now() + most;
    while (!until() && !context.cancelled() && protorest::Clock::now() < deadline) {
      std::this_thread::sleep_for(1ms);
    }
  }

  Counts counts_;
};

std::unique_ptr<grpc::Server> ServeGrpc(grpc::Service& service, int& port) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  return builder.BuildAndStart();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc > 1 ? argv[1] : "";
  const std::string option = argc > 2 ? argv[2] : "";
  const bool heartbeat = option == "heartbeat";
  std::shared_ptr<protorest::Handler> handler;
  if (kind == "plain") {
    handler = std::make_shared<PlainStreams>();
  } else {
    handler = std::make_shared<AsyncStreams>();
  }
  int grpc_port = 0;
  protorest::grpc::Service service(handler);
  const auto grpc_server = ServeGrpc(service, grpc_port);

  // Soon enough for a test to wait for it, or never: the first one settles the response's status.
  protorest::ServerOptions options{.address = "127.0.0.1:0",
                                   .sse_heartbeat = heartbeat ? 20ms : 0ms};
  if (option == "aip193") options.errors.format = protorest::ErrorFormat::kAip193;
  if (option == "problem") options.errors.format = protorest::ErrorFormat::kProblem;
  protorest::Server rest(options);
  constexpr std::string_view kGateway = "gateway=";
  if (kind == "proxy") {
    rest.Add(StreamServiceProxy(grpc_server->InProcessChannel({})));
  } else if (kind.starts_with(kGateway)) {
    rest.Add(StreamServiceProxy(
        grpc::CreateChannel(kind.substr(kGateway.size()), grpc::InsecureChannelCredentials())));
  } else {
    rest.Add(handler);
  }
  const Status status = rest.Run([&] {
    std::printf("gRPC on 127.0.0.1:%d\nREST on 127.0.0.1:%d\n", grpc_port, rest.port());
    std::fflush(stdout);
  });
  grpc_server->Shutdown(std::chrono::system_clock::now() + 5s);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
