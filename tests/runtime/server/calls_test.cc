// Calls that go wrong or wait: deadlines, clients that leave, handlers that block, servers that
// stop.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/server/test_server.h"

namespace protorest {
namespace {

using http::H2Client;
using notes::AsyncNotes;
using notes::Note;
using notes::PlainNotes;

// Holds the thread until the call is cancelled.
void WaitForCancellation(Context& context) {
  std::latch cancelled(1);
  const std::stop_callback callback(context.stop_token(), [&] { cancelled.count_down(); });
  cancelled.wait();
}

TEST(Calls, E11_APlainHandlerThatBlocksDoesNotDelayThe504) {
  std::latch leave(1);
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [&](Context&, const Note&, Note&) {
    leave.wait();
    return Status();
  };
  RunningServer server(handler);
  RawClient client(server.port());
  client.Send(Get("/v1/notes/a", "grpc-timeout: 20m\r\n"));
  EXPECT_EQ(client.Read().status, 504);  // the handler is still there
  leave.count_down();
}

TEST(Calls, E11_ACoroutineIsCancelledAtItsDeadline) {
  std::latch cancelled(1);
  auto handler = std::make_shared<AsyncNotes>();
  handler->get = [&](Context& context, const Note&, Note&) -> Task<Status> {
    EXPECT_FALSE(co_await context.Sleep(std::chrono::hours(1)));
    cancelled.count_down();
    co_return Status::Cancelled("");
  };
  RunningServer server(handler);
  RawClient client(server.port());
  client.Send(Get("/v1/notes/a", "x-request-timeout: 0.02\r\n"));
  EXPECT_EQ(client.Read().status, 504);
  cancelled.wait();
}

// Deadlines that pass at every moment of a call's first millisecond, for the sanitizers.
TEST(Calls, E11_DeadlinesThatPassWhileACallStarts) {
  auto plain = std::make_shared<PlainNotes>();
  plain->get = [](Context&, const Note&, Note&) { return Status(); };
  plain->list = [](Context&, const Note&, notes::Writer<Note>& notes) {
    for (int i = 0; i < 20 && notes.Write(Note()); ++i) {
    }
    return Status();
  };
  auto async = std::make_shared<AsyncNotes>();
  async->get = [](Context& context, const Note&, Note&) -> Task<Status> {
    co_await context.Sleep(std::chrono::microseconds(200));
    co_return Status();
  };
  async->list = [](Context&, const Note&, notes::AsyncWriter<Note>& notes) -> Task<Status> {
    for (int i = 0; i < 20; ++i) {
      if (!co_await notes.Write(Note())) break;
    }
    co_return Status();
  };
  for (const std::shared_ptr<Handler>& handler :
       {std::shared_ptr<Handler>(plain), std::shared_ptr<Handler>(async)}) {
    RunningServer server(handler, {.threads = 4});
    RawClient client(server.port());
    for (int i = 0; i < 400; ++i) {
      const std::string timeout = "grpc-timeout: " + std::to_string(i * 2) + "u\r\n";
      client.Send(Get("/v1/notes/a", timeout));
      const int status = client.Read().status;
      ASSERT_TRUE(status == 200 || status == 504 || status == 499) << status;
      client.Send(Get("/v1/notes", timeout + "accept: application/jsonl\r\n"));
      ASSERT_TRUE(client.Read().whole);
    }
  }
}

// A client that leaves, in each place where a handler may be then.
class ClientGone : public testing::Test {
 protected:
  // Sends `request`, waits until the handler is in it, and leaves.
  void Leave(std::shared_ptr<Handler> handler, const std::string& request) {
    RunningServer server(std::move(handler), {.drain_timeout = std::chrono::seconds(10)});
    RawClient client(server.port());
    client.Send(request);
    started_.wait();
    client.Close();
    cancelled_.wait();
  }

  std::latch started_{1};
  std::latch cancelled_{1};
};

TEST_F(ClientGone, E12_PlainUnary) {
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [this](Context& context, const Note&, Note&) {
    started_.count_down();
    WaitForCancellation(context);
    cancelled_.count_down();
    return Status::Cancelled("");
  };
  Leave(handler, Get("/v1/notes/a"));
}

TEST_F(ClientGone, E12_PlainInRead) {
  auto handler = std::make_shared<PlainNotes>();
  handler->upload = [this](Context& context, notes::Reader<Note>& notes, Note&) {
    Note note;
    EXPECT_TRUE(notes.Read(note));
    started_.count_down();
    EXPECT_FALSE(notes.Read(note));
    EXPECT_TRUE(context.cancelled());
    cancelled_.count_down();
    return Status::Cancelled("");
  };
  Leave(handler, ChunkedPost("/v1/notes:upload") + Chunk("{}\n"));
}

TEST_F(ClientGone, E12_PlainInWrite) {
  auto handler = std::make_shared<PlainNotes>();
  handler->list = [this](Context&, const Note&, notes::Writer<Note>& notes) {
    Note note;
    note.set_text(std::string(100'000, 'x'));
    EXPECT_TRUE(notes.Write(note));
    started_.count_down();
    while (notes.Write(note)) {
    }
    cancelled_.count_down();
    return Status::Cancelled("");
  };
  Leave(handler, Get("/v1/notes"));
}

TEST_F(ClientGone, E12_PlainStreamThatDoesNeither) {
  auto handler = std::make_shared<PlainNotes>();
  handler->list = [this](Context& context, const Note&, notes::Writer<Note>&) {
    started_.count_down();
    WaitForCancellation(context);
    cancelled_.count_down();
    return Status::Cancelled("");
  };
  Leave(handler, Get("/v1/notes"));
}

TEST_F(ClientGone, E12_CoroutineInSleep) {
  auto handler = std::make_shared<AsyncNotes>();
  handler->get = [this](Context& context, const Note&, Note&) -> Task<Status> {
    started_.count_down();
    EXPECT_FALSE(co_await context.Sleep(std::chrono::hours(1)));
    cancelled_.count_down();
    co_return Status::Cancelled("");
  };
  Leave(handler, Get("/v1/notes/a"));
}

TEST_F(ClientGone, E12_CoroutineInRead) {
  auto handler = std::make_shared<AsyncNotes>();
  handler->upload = [this](Context&, notes::AsyncReader<Note>& notes, Note&) -> Task<Status> {
    Note note;
    EXPECT_TRUE(co_await notes.Read(note));
    started_.count_down();
    EXPECT_FALSE(co_await notes.Read(note));
    cancelled_.count_down();
    co_return Status::Cancelled("");
  };
  Leave(handler, ChunkedPost("/v1/notes:upload") + Chunk("{}\n"));
}

TEST_F(ClientGone, E12_ResetHttp2Stream) {
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [this](Context& context, const Note& request, Note&) {
    if (request.name() != "slow") return Status();
    started_.count_down();
    WaitForCancellation(context);
    cancelled_.count_down();
    return Status::Cancelled("");
  };
  RunningServer server(handler);
  H2Client client(server.port());
  const std::int32_t slow = client.Submit("GET", "/v1/notes/slow");
  client.Flush();
  started_.wait();
  // The connection goes on beside the blocked call.
  const std::int32_t quick = client.Submit("GET", "/v1/notes/quick");
  EXPECT_TRUE(client.RunUntilClosed(quick));
  client.Reset(slow);
  client.Flush();
  cancelled_.wait();
}

TEST(Calls, BlockingHandlersDoNotStarveTheOthers) {
  constexpr int kBlocked = 40;
  std::latch entered(kBlocked);
  std::latch leave(1);
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [&](Context&, const Note& request, Note& response) {
    if (request.name() == "slow") {
      entered.count_down();
      leave.wait();
    }
    response.set_name(request.name());
    return Status();
  };
  RunningServer server(handler, {.threads = 2, .max_threads = 64});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < kBlocked; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->Send(Get("/v1/notes/slow"));
  }
  entered.wait();
  RawClient quick(server.port());
  for (int i = 0; i < 100; ++i) {
    quick.Send(Get("/v1/notes/quick"));
    ASSERT_EQ(quick.Read().body, R"({"name":"quick"})");
  }
  leave.count_down();
  for (const auto& client : clients) EXPECT_EQ(client->Read().body, R"({"name":"slow"})");
}

TEST(Calls, PastTheMaximumOfThreadsCallsAreRefusedAndConnectionsAnswered) {
  constexpr int kMaximum = 8;
  std::latch entered(kMaximum - 1);
  std::latch leave(1);
  auto handler = std::make_shared<PlainNotes>();
  handler->list = [&](Context&, const Note&, notes::Writer<Note>&) {
    entered.count_down();
    leave.wait();
    return Status();
  };
  handler->get = [](Context&, const Note&, Note&) { return Status(); };
  RunningServer server(handler, {.threads = 1, .max_threads = kMaximum});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < kMaximum - 1; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->Send(Get("/v1/notes"));
  }
  entered.wait();
  RawClient client(server.port());
  for (const std::string target : {"/v1/notes/a", "/v1/notes"}) {
    client.Send(Get(target));
    Response refused = client.Read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers["retry-after"], "1");
  }
  client.Send(Get("/openapi.json"));
  EXPECT_EQ(client.Read().status, 200);
  leave.count_down();
  for (const auto& blocked : clients) EXPECT_EQ(blocked->Read().body, "[]");
}

TEST(Calls, AThousandStreamsOfCoroutines) {
  constexpr int kStreams = 1000;
  auto handler = std::make_shared<AsyncNotes>();
  handler->chat = [](Context&, notes::AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) {
      if (!co_await notes.Write(note)) break;
    }
    co_return Status();
  };
  RunningServer server(handler, {.threads = 2});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < kStreams; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->Send(ChunkedPost("/v1/chat", "accept: application/x-ndjson\r\n") +
                         Chunk("{\"number\":1}\n"));
  }
  // All are open when the first is answered for the second time.
  for (const auto& client : clients) ReadUntil(*client, "{\"number\":1}\n");
  for (const auto& client : clients) client->Send(Chunk("{\"number\":2}\n") + "0\r\n\r\n");
  for (const auto& client : clients) {
    ASSERT_NE(ReadUntil(*client, "0\r\n\r\n").find("{\"number\":2}\n"), std::string::npos);
  }
}

TEST(Calls, PlainStreamsUpToTheMaximumOfThreads) {
  constexpr int kStreams = 200;
  auto handler = std::make_shared<PlainNotes>();
  handler->chat = [](Context&, notes::ReaderWriter<Note, Note>& notes) {
    Note note;
    while (notes.Read(note) && notes.Write(note)) {
    }
    return Status();
  };
  RunningServer server(handler, {.threads = 2, .max_threads = kStreams + 1});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < kStreams; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->Send(ChunkedPost("/v1/chat", "accept: application/x-ndjson\r\n") +
                         Chunk("{\"number\":1}\n"));
  }
  for (const auto& client : clients) ReadUntil(*client, "{\"number\":1}\n");
  RawClient late(server.port());
  late.Send(ChunkedPost("/v1/chat") + "0\r\n\r\n");
  EXPECT_EQ(late.Read().status, 503);
  for (const auto& client : clients) client->Send(Chunk("{\"number\":2}\n") + "0\r\n\r\n");
  for (const auto& client : clients) {
    ASSERT_NE(ReadUntil(*client, "0\r\n\r\n").find("{\"number\":2}\n"), std::string::npos);
  }
}

TEST(Calls, ShutdownUnderLoadLosesNoAnswer) {
  constexpr int kClients = 8;
  auto handler = std::make_shared<PlainNotes>();
  std::latch busy(2000);
  std::atomic<int> handled = 0;
  handler->get = [&](Context&, const Note& request, Note& response) {
    if (handled.fetch_add(1) < 2000) busy.count_down();
    response.set_name(request.name());
    return Status();
  };
  auto server = std::make_unique<RunningServer>(handler, ServerOptions{.threads = 2});
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&answered, port = server->port()] {
      RawClient client(port);
      for (;;) {
        client.Send(Get("/v1/notes/a"));
        const Response response = client.Read();
        if (response.status == 0) break;  // closed before the request was taken up
        EXPECT_TRUE(response.whole);
        EXPECT_EQ(response.status, 200);
        ++answered;
        if (response.headers.contains("connection")) break;  // close
      }
    });
  }
  busy.wait();
  (*server)->Shutdown();
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, handled);
}

TEST(Calls, ShutdownCancelsWhatOutlastsTheGrace) {
  std::latch started(2);
  auto plain = std::make_shared<PlainNotes>();
  plain->get = [&](Context& context, const Note&, Note&) {
    started.count_down();
    WaitForCancellation(context);
    return Status::Unavailable("stopping");
  };
  plain->upload = [&](Context&, notes::Reader<Note>& notes, Note&) {
    Note note;
    started.count_down();
    EXPECT_FALSE(notes.Read(note));
    return Status::Unavailable("stopping");
  };
  RunningServer server(plain);
  RawClient unary(server.port());
  unary.Send(Get("/v1/notes/a"));
  RawClient stream(server.port());
  stream.Send(ChunkedPost("/v1/notes:upload"));
  RawClient silent(server.port());  // a body that never comes: no handler runs
  silent.Send("POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n");
  started.wait();
  server->Shutdown(std::chrono::milliseconds(20));
  EXPECT_EQ(unary.Read().status, 503);
  EXPECT_EQ(stream.Read().status, 503);
  EXPECT_TRUE(silent.AtEnd());
}

TEST(Calls, ShutdownWithAGraceForEverCancelsNothing) {
  std::latch started(1);
  std::latch go(1);
  auto plain = std::make_shared<PlainNotes>();
  plain->get = [&](Context& context, const Note&, Note&) {
    started.count_down();
    go.wait();
    EXPECT_FALSE(context.cancelled());
    return Status();
  };
  RunningServer server(plain);
  RawClient client(server.port());
  RawClient idle(server.port());
  client.Send(Get("/v1/notes/a"));
  started.wait();
  std::thread stop([&] { server->Shutdown(std::chrono::milliseconds::max()); });
  EXPECT_TRUE(idle.AtEnd()) << "the drain has begun";
  std::this_thread::sleep_for(
      std::chrono::milliseconds(20));  // so that a cancellation would be seen
  go.count_down();
  EXPECT_EQ(client.Read().status, 200);
  stop.join();
}

}  // namespace
}  // namespace protorest
