// A whole server over real sockets: every kind of method, both protocols, both flavours of handler.
#include "protorest/server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <future>
#include <latch>
#include <memory>
#include <stdexcept>
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

Note Numbered(int number) {
  Note note;
  note.set_number(number);
  return note;
}

std::shared_ptr<PlainNotes> MakePlain() {
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [](Context&, const Note& request, Note& response) {
    response = request;
    return Status();
  };
  handler->create = handler->get;
  handler->list = [](Context&, const Note& request, notes::Writer<Note>& notes) {
    for (int i = 0; i < request.number(); ++i) {
      if (!notes.Write(Numbered(i))) return Status::Cancelled("gone");
    }
    return Status();
  };
  handler->upload = [](Context&, notes::Reader<Note>& notes, Note& response) {
    Note note;
    while (notes.Read(note)) response.set_number(response.number() + note.number());
    return Status();
  };
  handler->chat = [](Context&, notes::ReaderWriter<Note, Note>& notes) {
    Note note;
    while (notes.Read(note) && notes.Write(note)) {
    }
    return Status();
  };
  return handler;
}

std::shared_ptr<AsyncNotes> MakeAsync() {
  auto handler = std::make_shared<AsyncNotes>();
  handler->get = [](Context&, const Note& request, Note& response) -> Task<Status> {
    response = request;
    co_return Status();
  };
  handler->create = [](Context& context, const Note& request, Note& response) -> Task<Status> {
    co_await context.Sleep(std::chrono::milliseconds(1));
    response = request;
    co_return Status();
  };
  handler->list = [](Context&, const Note& request,
                     notes::AsyncWriter<Note>& notes) -> Task<Status> {
    for (int i = 0; i < request.number(); ++i) {
      if (!co_await notes.Write(Numbered(i))) co_return Status::Cancelled("gone");
    }
    co_return Status();
  };
  handler->upload = [](Context&, notes::AsyncReader<Note>& notes, Note& response) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) response.set_number(response.number() + note.number());
    co_return Status();
  };
  handler->chat = [](Context&, notes::AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) {
      if (!co_await notes.Write(note)) break;
    }
    co_return Status();
  };
  return handler;
}

// Both flavours behave alike.
class ServerTest : public testing::TestWithParam<bool> {
 protected:
  static std::shared_ptr<Handler> MakeHandler() {
    if (GetParam()) return MakeAsync();
    return MakePlain();
  }

  RunningServer server_{MakeHandler()};
};
INSTANTIATE_TEST_SUITE_P(Flavours, ServerTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Async" : "Plain"; });

TEST_P(ServerTest, Unary) {
  RawClient client(server_.port());
  client.Send(Get("/v1/notes/a%20b"));
  const Response get = client.Read();
  EXPECT_EQ(get.status, 200);
  EXPECT_EQ(get.body, R"({"name":"a b"})");
  client.Send("POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 12\r\n\r\n{\"text\":\"t\"}");
  EXPECT_EQ(client.Read().body, R"({"text":"t"})");
}

TEST_P(ServerTest, UnaryOverHttp2) {
  H2Client client(server_.port());
  for (int round = 0; round < 3; ++round) {  // posted first, in place once it is known to be short
    const std::int32_t get = client.Submit("GET", "/v1/notes/a");
    const std::int32_t create = client.Submit("POST", "/v1/notes", R"({"text":"t"})");
    ASSERT_TRUE(
        client.RunUntil([&] { return client.stream(get).closed && client.stream(create).closed; }));
    EXPECT_EQ(client.stream(get).headers[":status"], "200");
    EXPECT_EQ(client.stream(get).body, R"({"name":"a"})");
    EXPECT_EQ(client.stream(create).body, R"({"text":"t"})");
  }
}

TEST_P(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  RawClient client(server_.port());
  std::string requests;
  for (int i = 0; i < 50; ++i) requests += Get("/v1/notes/" + std::to_string(i));
  client.Send(requests);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.Read().body, "{\"name\":\"" + std::to_string(i) + "\"}");
  }
}

TEST_P(ServerTest, ServerStream) {
  RawClient client(server_.port());
  client.Send(Get("/v1/notes?number=3"));
  EXPECT_EQ(client.Read().body, R"([{},{"number":1},{"number":2}])");
  client.Send(Get("/v1/notes?number=2", "accept: application/jsonl\r\n"));
  EXPECT_EQ(client.Read().body, "{}\n{\"number\":1}\n");
}

TEST_P(ServerTest, ALongStreamIsHeldByTheClientsPace) {
  constexpr int kNotes = 200'000;  // more than any buffer between the two
  RawClient client(server_.port());
  client.Send(Get("/v1/notes?number=" + std::to_string(kNotes), "accept: application/jsonl\r\n"));
  const Response response = client.Read();
  EXPECT_TRUE(response.whole);
  EXPECT_EQ(std::count(response.body.begin(), response.body.end(), '\n'), kNotes);
}

TEST_P(ServerTest, ClientStream) {
  RawClient client(server_.port());
  client.Send(ChunkedPost("/v1/notes:upload") + Chunk("{\"number\":1}\n{\"num") +
              Chunk("ber\":2}\n") + "0\r\n\r\n");
  EXPECT_EQ(client.Read().body, R"({"number":3})");
}

TEST_P(ServerTest, ChatIsFullDuplex) {
  RawClient client(server_.port());
  client.Send(ChunkedPost("/v1/chat", "accept: application/x-ndjson\r\n"));
  std::string head;
  for (int i = 1; i <= 20; ++i) {
    const std::string line = "{\"number\":" + std::to_string(i) + "}\n";
    client.Send(Chunk(line));
    const std::string answer = ReadUntil(client, line);
    ASSERT_NE(answer.find(line), std::string::npos) << "round " << i;
  }
  client.Send("0\r\n\r\n");
  EXPECT_NE(ReadUntil(client, "0\r\n\r\n").find("0\r\n\r\n"), std::string::npos);
}

TEST_P(ServerTest, ChatOverHttp2) {
  H2Client client(server_.port());
  const std::int32_t chat = client.Submit("POST", "/v1/chat", "{\"number\":1}\n{\"number\":2}\n",
                                          {{"accept", "application/x-ndjson"}});
  ASSERT_TRUE(client.RunUntilClosed(chat));
  EXPECT_EQ(client.stream(chat).body, "{\"number\":1}\n{\"number\":2}\n");
}

TEST_P(ServerTest, OpenApiIsServed) {
  RawClient client(server_.port());
  client.Send(Get("/openapi.json"));
  Response json = client.Read();
  EXPECT_EQ(json.headers["content-type"], "application/json");
  EXPECT_NE(json.body.find("\"openapi\""), std::string::npos);
  client.Send(Get("/openapi.yaml"));
  EXPECT_NE(client.Read().body.find("openapi:"), std::string::npos);
  client.Send("DELETE /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(client.Read().status, 405);
  client.Send(Get("/openapi.txt"));
  EXPECT_EQ(client.Read().status, 404);
}

TEST(Server, APageIsServedBesideTheRoutes) {
  protorest::Server server({.address = "127.0.0.1:0", .openapi = false});
  server.Add(MakePlain());
  server.AddPage("/", "text/html", "<h1>");
  ASSERT_TRUE(server.Start().ok());
  RawClient client(static_cast<std::uint16_t>(server.port()));
  client.Send(Get("/"));
  Response page = client.Read();
  EXPECT_EQ(page.headers["content-type"], "text/html");
  EXPECT_EQ(page.body, "<h1>");
  client.Send(Get("/v1/notes/a"));
  EXPECT_EQ(client.Read().status, 200);
}

TEST(Server, OpenApiCanBeSwitchedOff) {
  RunningServer server(MakePlain(), {.openapi = false});
  RawClient client(server.port());
  client.Send(Get("/openapi.json"));
  EXPECT_EQ(client.Read().status, 404);
}

TEST(Server, P16_ARouteOfTwoServicesFailsStart) {
  Server server({.address = "127.0.0.1:0"});
  server.Add(MakePlain());
  server.Add(MakeAsync());
  const Status status = server.Start();
  EXPECT_EQ(status.code(), Code::kAlreadyExists);
  EXPECT_NE(status.message().find("notes.Notes/Get"), std::string::npos);
}

TEST(Server, Q26_JsonIsWrittenByTheServersOptionsAndByTheRequests) {
  RunningServer server(MakePlain(), {.json = {.proto_field_names = true, .write_defaults = true}});
  RawClient client(server.port());
  client.Send(Get("/v1/notes/a?kind=KIND_DRAFT"));
  EXPECT_EQ(client.Read().body, R"({"name":"a","text":"","number":0,"size":"0","tags":[],)"
                                R"("counts":{},"kind":"KIND_DRAFT"})");
  client.Send(Get("/v1/notes/a?kind=KIND_DRAFT&$alt=json;enum-encoding=int"));
  EXPECT_TRUE(client.Read().body.ends_with(R"("kind":1})"));
  client.Send(Get("/v1/notes/a?kind=KIND_DRAFT&%24alt=json%3Benum-encoding%3Dint"));
  EXPECT_TRUE(client.Read().body.ends_with(R"("kind":1})"));
  client.Send(Get("/v1/notes/a?$alt=proto"));
  EXPECT_EQ(client.Read().status, 400);
}

TEST(Server, E2_ErrorBodiesHaveOneShapeWhereverTheyComeFrom) {
  RunningServer server(MakePlain());
  for (const char* request :
       {"GET /none HTTP/1.1\r\nhost: x\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
    RawClient client(server.port());
    client.Send(request);
    const std::string body = client.Read().body;
    EXPECT_TRUE(body.starts_with(R"({"code":)")) << body;
    EXPECT_EQ(body.find("details"), std::string::npos) << body;
  }
}

TEST(Server, E2_AHookThatThrowsLeavesTheErrorAsItWas) {
  http::Promise<std::string> told;
  ServerOptions options;
  options.errors.hook = [](const Status&, ErrorResponse& response) {
    response.body = "half done";
    throw std::runtime_error("no\ntemplate");
  };
  options.log = [&](std::string_view line) {
    if (line.find("hook") != line.npos) told.Set(std::string(line));
  };
  RunningServer server(MakePlain(), options);
  RawClient client(server.port());
  for (const char* path : {"/none", "/v1/notes/a?no_such=1"}) {  // of the pages, of the routes
    client.Send(Get(path));
    const Response response = client.Read();
    EXPECT_TRUE(response.body.starts_with(R"({"code":)")) << response.body;
    EXPECT_EQ(told.Wait(), "the hook for errors threw: no template");
  }
}

TEST(Server, AnAddressThatIsTakenFailsStart) {
  RunningServer first(MakePlain());
  const std::string address = "127.0.0.1:" + std::to_string(first.port());
  Server second({.address = address});
  second.Add(MakePlain());
  const Status status = second.Start();
  EXPECT_EQ(status.code(), Code::kUnavailable);
  EXPECT_NE(status.message().find(address), std::string::npos);
  EXPECT_FALSE(second.Run().ok());
}

// At a Unix socket: nobody else can take its address in between.
TEST(Server, AStartThatFailedForTheAddressCanBeTriedAgain) {
  const std::string path = testing::TempDir() + "again." + std::to_string(::getpid());
  auto first = std::make_unique<Server>(ServerOptions{.address = "unix:" + path});
  ASSERT_TRUE(first->Start().ok());
  Server second({.address = "unix:" + path});
  second.Add(MakePlain());
  EXPECT_EQ(second.Start().code(), Code::kUnavailable);
  EXPECT_EQ(second.Start().code(), Code::kUnavailable);
  first.reset();
  const Status status = second.Start();
  ASSERT_TRUE(status.ok()) << status.message();
  RawClient client(path);
  client.Send(Get("/v1/notes/a"));
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(second.Start().code(), Code::kFailedPrecondition);
  ::unlink(path.c_str());
}

TEST(Server, WhatIsAddedAfterStartIsToldOfAndNotServed) {
  std::vector<std::string> log;
  Server server(
      {.address = "unix:", .log = [&](std::string_view line) { log.emplace_back(line); }});
  EXPECT_EQ(server.Start().code(), Code::kUnavailable);
  server.Add(MakePlain());
  server.AddPage("/page", "text/html", "<h1>");
  const std::vector<std::string> expected = {
      "notes.Notes is not served: it was added after Start",
      "the page /page is not served: it was added after Start"};
  EXPECT_EQ(log, expected);
  EXPECT_EQ(server.Start(), Status::FailedPrecondition(expected[0]));
}

TEST(Server, AHandlerCanBeGivenByValue) {
  Server server({.address = "127.0.0.1:0"});
  PlainNotes handler;
  handler.get = [](Context&, const Note&, Note& response) {
    response.set_number(1);
    return Status();
  };
  server.Add(handler);
  ASSERT_TRUE(server.Start().ok());
  RawClient client(static_cast<std::uint16_t>(server.port()));
  client.Send(Get("/v1/notes/a"));
  EXPECT_EQ(client.Read().body, R"({"number":1})");
}

TEST(Server, RunStopsOnSigterm) {
  Server server({.address = "127.0.0.1:0"});
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [](Context&, const Note&, Note&) {
    std::raise(SIGTERM);  // in the middle of a call, which is still answered
    return Status();
  };
  server.Add(handler);
  std::promise<Status> outcome;
  std::thread run([&] { outcome.set_value(server.Run()); });
  while (server.port() == 0) std::this_thread::yield();
  RawClient client(static_cast<std::uint16_t>(server.port()));
  client.Send(Get("/v1/notes/a"));
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_TRUE(outcome.get_future().get().ok());
  run.join();
}

// A handler that does not end, however often it is asked to.
void RunWithAStubbornHandler() {
  Server server({.address = "127.0.0.1:0", .drain_timeout = std::chrono::milliseconds(0)});
  auto handler = std::make_shared<PlainNotes>();
  handler->get = [](Context& context, const Note&, Note&) {
    std::raise(SIGTERM);
    while (!context.cancelled()) std::this_thread::yield();
    std::raise(SIGTERM);
    std::_Exit(1);  // the signal did nothing
    return Status();
  };
  server.Add(handler);
  std::thread client;
  (void)server.Run([&] {
    client = std::thread([port = static_cast<std::uint16_t>(server.port())] {
      RawClient client(port);
      client.Send(Get("/v1/notes/a"));
      client.ReadAll();
    });
  });
  client.join();
}

TEST(ServerDeathTest, ASecondSignalEndsADrainThatDoesNotEnd) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(RunWithAStubbornHandler(), testing::KilledBySignal(SIGTERM), "");
}

TEST(Server, WhatOnStartedThrowsComesOutOfRunAndTheServerGoesOn) {
  Server server({.address = "127.0.0.1:0"});
  server.Add(MakePlain());
  EXPECT_THROW((void)server.Run([] { throw std::runtime_error("not ready"); }), std::runtime_error);
  RawClient client(static_cast<std::uint16_t>(server.port()));
  client.Send(Get("/v1/notes/a"));
  EXPECT_EQ(client.Read().status, 200);
}

TEST(Server, RunStopsOnShutdown) {
  Server server({.address = "127.0.0.1:0"});
  server.Add(MakePlain());
  std::thread run([&] { EXPECT_TRUE(server.Run().ok()); });
  while (server.port() == 0) std::this_thread::yield();
  server.Shutdown();
  run.join();
  EXPECT_EQ(server.Start().code(), Code::kFailedPrecondition);
}

TEST(Server, RunGoesOnFromStart) {
  RunningServer server(MakePlain());
  std::thread run([&] { EXPECT_TRUE(server->Run().ok()); });
  server->Shutdown();
  run.join();
}

TEST(ServerOptionsTest, WhatMakesNoSenseFailsAtTheStart) {
  Server proxies({.address = "127.0.0.1:0", .trusted_proxies = {"10.0.0.0/99"}});
  EXPECT_EQ(proxies.Start().code(), Code::kInvalidArgument);
  Server cors({.address = "127.0.0.1:0", .cors = {.origins = {"*"}, .credentials = true}});
  EXPECT_EQ(cors.Start().code(), Code::kInvalidArgument);
}

TEST(ServerOptionsTest, LimitsOfConnectionsAreChecked) {
  using namespace std::chrono_literals;
  const auto complaint = [](const HttpLimits& http) {
    Server server({.address = "127.0.0.1:0", .http = http});
    const Status status = server.Start();
    EXPECT_EQ(status.code(), status.ok() ? Code::kOk : Code::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_EQ(complaint({}), "");
  EXPECT_EQ(complaint({.max_discarded_body = 0}), "");
  EXPECT_EQ(complaint({.head_timeout = 0s}),
            "ServerOptions::http.head_timeout has to be from 1 to 31536000 s");
  EXPECT_EQ(complaint({.idle_timeout = -1s}),
            "ServerOptions::http.idle_timeout has to be from 1 to 31536000 s");
  EXPECT_EQ(complaint({.write_timeout = std::chrono::seconds::max()}),
            "ServerOptions::http.write_timeout has to be from 1 to 31536000 s");
  EXPECT_EQ(complaint({.write_high_water = 10, .write_low_water = 11}),
            "ServerOptions::http.write_low_water has to be from 1 to 10");
  EXPECT_EQ(complaint({.stream_window = 0}),
            "ServerOptions::http.stream_window has to be from 1 to 2147483647");
}

TEST(ServerOptionsTest, LimitsOfConnectionsAreKept) {
  RunningServer server(MakePlain(), {.http = {.max_headers = 1}});
  RawClient client(server.port());
  client.Send("GET /v1/notes/a HTTP/1.1\r\nhost: x\r\nx-more: 1\r\n\r\n");
  EXPECT_EQ(client.Read().status, 431);
}

}  // namespace
}  // namespace protorest
