// Server-Sent Events over a fake exchange, with timers that the test fires.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_exchange.h"
#include "tests/support/notes/notes.h"
#include "transcode/transcoder.h"

namespace protorest::transcode {
namespace {

using namespace std::chrono_literals;
using notes::AsyncNotes;
using notes::AsyncReader;
using notes::AsyncReaderWriter;
using notes::AsyncWriter;
using notes::Note;
using test::FakeExchange;
using test::FakeRunner;
using End = FakeExchange::End;
using Fields = FakeExchange::Fields;

const Fields kEventStream = {{"accept", "text/event-stream"}};

Fields Resume(const std::string& id) {
  return {{"accept", "text/event-stream"}, {"last-event-id", id}};
}

Options IndentedJson() {
  Options options;
  options.json.indent = 2;
  return options;
}

class EventStreamTest : public testing::Test {
 protected:
  EventStreamTest() : transcoder_(IndentedJson(), runner_) {
    handler_->list = [this](Context& context, const Note&, AsyncWriter<Note>& notes) {
      return List(context, notes);
    };
    handler_->chat = [](Context&, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
      Note note;
      while (co_await notes.Read(note)) {
        if (!co_await notes.Write(note)) break;
      }
      co_return Status();
    };
    EXPECT_TRUE(transcoder_.Add(handler_).ok());
  }
  ~EventStreamTest() override {
    runner_.FireTimers();  // those of ended streams are cancelled
    EXPECT_EQ(transcoder_.calls(), 0u) << "a call never ended";
    EXPECT_EQ(runner_.timers_set(), 0u) << "a heartbeat outlived its stream";
  }

  // Writes 1 to count_, with an id where `give_id_` says one, then ends as outcome_ says.
  Task<Status> List(Context& context, AsyncWriter<Note>& notes) {
    for (int i = 1; i <= count_; ++i) {
      if (give_id_) give_id_(context, i);
      Note note;
      note.set_number(i);
      if (!co_await notes.Write(note)) co_return Status::Cancelled("gone");
    }
    co_return outcome_;
  }

  std::string BodyOf(const Fields& fields) {
    FakeExchange exchange("GET", "/v1/notes", fields);
    transcoder_.OnRequest(exchange);
    EXPECT_EQ(exchange.status(), 200);
    return exchange.body();
  }

  FakeRunner runner_;
  std::shared_ptr<AsyncNotes> handler_ = std::make_shared<AsyncNotes>();
  Transcoder transcoder_;
  int count_ = 2;
  std::function<void(Context&, int)> give_id_;
  Status outcome_;
};

TEST_F(EventStreamTest, E24_ADataLineForEachMessage) {
  FakeExchange exchange("GET", "/v1/notes", kEventStream);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.field("content-type"), "text/event-stream");
  EXPECT_EQ(exchange.field("cache-control"), "no-store");
  EXPECT_EQ(exchange.field("x-accel-buffering"), "no");
  EXPECT_EQ(exchange.body(), "id: 1\ndata: {\"number\":1}\n\nid: 2\ndata: {\"number\":2}\n\n");
  EXPECT_EQ(exchange.writes(), 2) << "each message leaves as it is written";
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(EventStreamTest, E20_ChosenByQ) {
  EXPECT_TRUE(BodyOf({{"accept", "application/json;q=0.5, text/event-stream"}}).starts_with("id"));
  EXPECT_TRUE(BodyOf({{"accept", "*/*"}, {"accept", "text/event-stream"}}).starts_with("id"))
      << "several fields are one list";
  EXPECT_TRUE(BodyOf({{"accept", "application/json, text/event-stream;q=0.9"}}).starts_with("["));
  EXPECT_TRUE(BodyOf({{"accept", "text/*"}}).starts_with("id"));
}

TEST_F(EventStreamTest, E24_NumbersGoOnFromTheLastEventId) {
  EXPECT_TRUE(BodyOf(Resume("41")).starts_with("id: 42\n"));
  EXPECT_TRUE(BodyOf(Resume("page-7")).starts_with("id: 1\n"));
  EXPECT_TRUE(BodyOf(Resume("18446744073709551615")).starts_with("id: 1\n"));  // no next one
  EXPECT_TRUE(BodyOf(Resume("18446744073709551616")).starts_with("id: 1\n"));
  EXPECT_TRUE(BodyOf(Resume("")).starts_with("id: 1\n"));
}

TEST_F(EventStreamTest, E24_AHandlerGivesItsOwnIds) {
  give_id_ = [](Context& context, int i) {
    EXPECT_EQ(context.SetEventId(i == 1 ? "page-7" : "\n"), i == 1);
  };
  EXPECT_EQ(BodyOf(kEventStream), "id: page-7\ndata: {\"number\":1}\n\ndata: {\"number\":2}\n\n");
}

TEST_F(EventStreamTest, E24_TheLastEventIdIsMetadata) {
  std::string seen;
  handler_->list = [&seen](Context& context, const Note&, AsyncWriter<Note>&) -> Task<Status> {
    seen = context.metadata("last-event-id").value_or("");
    co_return Status();
  };
  FakeExchange exchange("GET", "/v1/notes", Resume("page-7"));
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(seen, "page-7");
}

TEST_F(EventStreamTest, E8_NoMessagesNoEvent) {
  count_ = 0;
  FakeExchange exchange("GET", "/v1/notes", kEventStream);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.field("content-type"), "text/event-stream");
  EXPECT_EQ(exchange.body(), "");
}

TEST_F(EventStreamTest, E24_WhoComesBackForNothingIsToldToStay) {
  count_ = 0;
  FakeExchange exchange("GET", "/v1/notes", Resume("2"));
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 204);
  FakeExchange first("GET", "/v1/notes", Resume(""));  // has seen no id: it does not come back
  transcoder_.OnRequest(first);
  EXPECT_EQ(first.status(), 200);
}

TEST_F(EventStreamTest, E9_AnErrorBeforeTheFirstMessageIsTheResponse) {
  count_ = 0;
  outcome_ = Status::NotFound("none");
  FakeExchange exchange("GET", "/v1/notes", kEventStream);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 404);
  EXPECT_EQ(exchange.field("content-type"), "application/json");
}

TEST_F(EventStreamTest, E10_ALaterErrorIsAnEventOfItsOwn) {
  count_ = 1;
  outcome_ = Status::NotFound("no\nmore");
  EXPECT_EQ(BodyOf(kEventStream),
            "id: 1\ndata: {\"number\":1}\n\n"
            "event: error\ndata: {\"code\":5,\"message\":\"no\\nmore\"}\n\n");
}

TEST_F(EventStreamTest, E24_ACommentKeepsAnIdleStreamOpen) {
  FakeExchange exchange("POST", "/v1/chat", kEventStream);
  exchange.OpenBody();
  const auto before = Clock::now();
  transcoder_.OnRequest(exchange);
  EXPECT_FALSE(exchange.started());
  EXPECT_GE(runner_.last_due(), before + 15s);
  EXPECT_LE(runner_.last_due(), Clock::now() + 15s);
  runner_.FireTimers();
  EXPECT_EQ(exchange.status(), 200) << "the client hears that the stream is open";
  EXPECT_EQ(exchange.body(), ":\n\n");
  exchange.Push("{\"name\":\"a\"}\n");
  runner_.FireTimers();
  EXPECT_EQ(exchange.body(), ":\n\nid: 1\ndata: {\"name\":\"a\"}\n\n:\n\n");
  exchange.Push("", true);
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(EventStreamTest, E10_AnErrorAfterACommentIsAnEvent) {
  FakeExchange exchange("POST", "/v1/chat", kEventStream);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  runner_.FireTimers();
  exchange.Push("{", true);
  EXPECT_TRUE(exchange.body().starts_with(":\n\nevent: error\ndata: {\"code\":3,"))
      << exchange.body();
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(EventStreamTest, E24_HeadersThatComeBehindACommentAreRefused) {
  Context* kept = nullptr;
  handler_->chat = [&kept](Context& context, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    kept = &context;
    EXPECT_TRUE(context.AddHeader("x-early", "1"));
    Note note;
    EXPECT_TRUE(co_await notes.Read(note));
    EXPECT_FALSE(context.AddHeader("x-late", "1"));
    co_return Status();
  };
  FakeExchange exchange("POST", "/v1/chat", kEventStream);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  runner_.FireTimers();
  EXPECT_EQ(exchange.field("x-early"), "1");
  exchange.Push("{}", true);
  EXPECT_EQ(exchange.field("x-late"), "");
}

TEST_F(EventStreamTest, P22_HeadEndsAnIdleStreamWithTheFirstComment) {
  handler_->list = [](Context& context, const Note&, AsyncWriter<Note>&) -> Task<Status> {
    co_await context.Sleep(std::chrono::hours(1));
    co_return Status::Cancelled("gone");
  };
  FakeExchange exchange("HEAD", "/v1/notes", kEventStream);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.end(), End::kNone);
  runner_.FireTimers();
  EXPECT_EQ(exchange.status(), 200);
  runner_.FireTimers();  // the sleep's, which is cancelled
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(EventStreamTest, E24_NoCommentsForASlowReader) {
  FakeExchange exchange("GET", "/v1/notes", kEventStream);
  exchange.FillUp();
  transcoder_.OnRequest(exchange);
  const std::string before = exchange.body();
  runner_.FireTimers();
  EXPECT_EQ(exchange.body(), before);
  exchange.MakeRoom();
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(EventStreamTest, E24_AClientThatIsGoneGetsNoComments) {
  FakeExchange exchange("POST", "/v1/chat", kEventStream);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.Leave();
  EXPECT_NE(exchange.end(), End::kNone);
  runner_.FireTimers();
  EXPECT_EQ(exchange.body().find(":\n"), std::string::npos);
}

TEST_F(EventStreamTest, E24_OnlyEventsHaveAHeartbeat) {
  FakeExchange exchange("POST", "/v1/chat", {{"accept", "application/x-ndjson"}});
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(runner_.timers_set(), 0u);
  exchange.Push("", true);
}

TEST_F(EventStreamTest, E24_TheHeartbeatIsAnOption) {
  Options no_heartbeat;
  no_heartbeat.sse_heartbeat = 0s;
  Transcoder quiet(no_heartbeat, runner_);
  ASSERT_TRUE(quiet.Add(handler_).ok());
  FakeExchange exchange("POST", "/v1/chat", kEventStream);
  exchange.OpenBody();
  quiet.OnRequest(exchange);
  EXPECT_EQ(runner_.timers_set(), 0u);
  exchange.Push("", true);
}

}  // namespace
}  // namespace protorest::transcode
