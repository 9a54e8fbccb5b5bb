// Servers and loads for the cost of streams; tests/bench/streams/run starts and measures them.
//   streams_bench rest|grpc-sync|grpc-callback      serves, prints its port
//   streams_bench load-rest|load-grpc PORT STREAMS  reads so many streams, one after another
//   streams_bench load-events PORT CONNECTIONS SECONDS
#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protorest/server.h"
#include "streams.grpc.pb.h"
#include "streams.rest.pb.h"

namespace {

using namespace std::chrono_literals;
using namespace streams::v1;
using protorest::Context;
using protorest::Status;
using protorest::Task;

[[noreturn]] void Die(const char* what) {
  std::perror(what);
  std::exit(1);
}

// `count` messages without a pause; 0: one a second, without end.
class Streams final : public StreamServiceAsyncHandler {
 public:
  Task<Status> Ticks(Context& context, const TicksRequest& request,
                     protorest::AsyncWriter<Tick>& ticks) override {
    Tick tick;
    for (std::int64_t i = 1; request.count() == 0 || i <= request.count(); ++i) {
      if (request.count() == 0 && !co_await context.Sleep(1s)) break;
      tick.set_number(i);
      if (!co_await ticks.Write(tick)) break;
    }
    co_return Status::Ok();
  }
};

class SyncStreams final : public StreamService::Service {
  grpc::Status Ticks(grpc::ServerContext*, const TicksRequest* request,
                     grpc::ServerWriter<Tick>* ticks) override {
    Tick tick;
    for (std::int64_t i = 1; i <= request->count(); ++i) {
      tick.set_number(i);
      if (!ticks->Write(tick)) break;
    }
    return grpc::Status::OK;
  }
};

class CallbackStreams final : public StreamService::CallbackService {
  grpc::ServerWriteReactor<Tick>* Ticks(grpc::CallbackServerContext*,
                                        const TicksRequest* request) override {
    class Reactor final : public grpc::ServerWriteReactor<Tick> {
     public:
      explicit Reactor(std::int64_t count) : count_(count) { Next(); }
      void OnWriteDone(bool ok) override { ok ? Next() : Finish(grpc::Status::CANCELLED); }
      void OnDone() override { delete this; }

     private:
      void Next() {
        if (tick_.number() == count_) return Finish(grpc::Status::OK);
        tick_.set_number(tick_.number() + 1);
        StartWrite(&tick_);
      }
      const std::int64_t count_;
      Tick tick_;
    };
    return new Reactor(request->count());
  }
};

int ServeRest() {
  protorest::Server server({.address = "127.0.0.1:0", .threads = 1});
  server.Add(std::make_shared<Streams>());
  const Status status = server.Run([&] {
    std::printf("%d\n", server.port());
    std::fflush(stdout);
  });
  return status.ok() ? 0 : 1;
}

int ServeGrpc(grpc::Service& service) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  std::printf("%d\n", port);
  std::fflush(stdout);
  server->Wait();
  return 0;
}

constexpr int kMessages = 1000;

int Connect(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    Die("connect");
  }
  return fd;
}

void Send(int fd, std::string_view text) {
  if (::write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) Die("write");
}

// One keep-alive connection; each stream must end with its last message and the last chunk.
int LoadRest(int port, int streams) {
  const int fd = Connect(port);
  const std::string end = "{\"number\":\"" + std::to_string(kMessages) + "\"}\n\r\n0\r\n\r\n";
  std::vector<char> buffer(256 * 1024);
  for (int i = 0; i < streams; ++i) {
    Send(fd, "GET /v1/ticks?count=" + std::to_string(kMessages) +
                 " HTTP/1.1\r\nHost: h\r\nAccept: application/x-ndjson\r\n\r\n");
    std::string tail;
    while (!tail.ends_with(end)) {
      const ssize_t size = ::read(fd, buffer.data(), buffer.size());
      if (size <= 0) Die("read");
      tail.append(buffer.data(), static_cast<std::size_t>(size));
      if (tail.size() > end.size()) tail.erase(0, tail.size() - end.size());
    }
  }
  return 0;
}

int LoadGrpc(int port, int streams) {
  const auto stub = StreamService::NewStub(
      grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()));
  TicksRequest request;
  request.set_count(kMessages);
  for (int i = 0; i < streams; ++i) {
    grpc::ClientContext context;
    const auto reader = stub->Ticks(&context, request);
    Tick tick;
    int read = 0;
    while (reader->Read(&tick)) ++read;
    if (read != kMessages || !reader->Finish().ok()) Die("the stream broke");
  }
  return 0;
}

// One of many streams of events: counts them, and sees that none is missing.
struct EventStream {
  int fd = -1;
  long events = 0;
  std::string rest;

  void Take(std::string_view text) {
    rest += text;
    for (std::size_t at = 0; (at = rest.find("id: ")) != rest.npos;) {
      const std::size_t end = rest.find("\n\n", at);
      if (end == rest.npos) break;
      if (std::atol(rest.c_str() + at + 4) != ++events) Die("an event was missed");
      rest.erase(0, end + 2);
    }
  }
};

// Opens them all, then reads for so many seconds; prints how many events the slowest and the
// fastest stream got.
int LoadEvents(int port, int connections, int seconds) {
  std::vector<EventStream> streams(static_cast<std::size_t>(connections));
  const int poll = ::epoll_create1(0);
  for (EventStream& stream : streams) {
    stream.fd = Connect(port);
    Send(stream.fd, "GET /v1/ticks HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &stream}};
    if (::epoll_ctl(poll, EPOLL_CTL_ADD, stream.fd, &event) != 0) Die("epoll_ctl");
  }
  std::puts("open");
  std::fflush(stdout);
  std::vector<epoll_event> events(1024);
  std::vector<char> buffer(64 * 1024);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 100);
    for (int i = 0; i < ready; ++i) {
      auto* stream = static_cast<EventStream*>(events[static_cast<std::size_t>(i)].data.ptr);
      const ssize_t size = ::read(stream->fd, buffer.data(), buffer.size());
      if (size <= 0) Die("a stream ended");
      stream->Take({buffer.data(), static_cast<std::size_t>(size)});
    }
  }
  long least = streams[0].events;
  long most = 0;
  for (const EventStream& stream : streams) {
    least = std::min(least, stream.events);
    most = std::max(most, stream.events);
  }
  std::printf("%ld %ld\n", least, most);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  const auto number = [&](int i) { return i < argc ? std::atoi(argv[i]) : 0; };
  SyncStreams sync;
  CallbackStreams callback;
  if (mode == "rest") return ServeRest();
  if (mode == "grpc-sync") return ServeGrpc(sync);
  if (mode == "grpc-callback") return ServeGrpc(callback);
  if (mode == "load-rest") return LoadRest(number(2), number(3));
  if (mode == "load-grpc") return LoadGrpc(number(2), number(3));
  if (mode == "load-events") return LoadEvents(number(2), number(3), number(4));
  std::fputs("see the top of streams_bench.cc\n", stderr);
  return 2;
}
