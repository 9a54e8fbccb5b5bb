// Streaming calls over a fake exchange: forms, errors before and after the first message,
// backpressure, cancellation. Coroutine handlers, so that a test can stand between two steps of a
// stream.
#include "transcode/stream_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_exchange.h"
#include "tests/support/notes/notes.h"
#include "transcode/transcoder.h"

namespace protorest::transcode {
namespace {

using notes::AsyncNotes;
using notes::AsyncReader;
using notes::AsyncReaderWriter;
using notes::AsyncWriter;
using notes::Note;
using test::FakeExchange;
using test::FakeRunner;
using End = FakeExchange::End;

const FakeExchange::Fields kNdjson = {{"accept", "application/x-ndjson"}};

Note Numbered(int number) {
  Note note;
  note.set_number(number);
  return note;
}

class StreamCallTest : public testing::Test {
 protected:
  StreamCallTest() : transcoder_({.max_request_bytes = 64}, runner_) {
    handler_->list = [this](Context&, const Note& request, AsyncWriter<Note>& notes) {
      return Count(request.number(), request.text(), notes);
    };
    handler_->upload = [this](Context& context, AsyncReader<Note>& notes, Note& response) {
      return Collect(context, notes, response);
    };
    handler_->chat = [this](Context&, AsyncReaderWriter<Note, Note>& notes) { return Echo(notes); };
    EXPECT_TRUE(transcoder_.Add(handler_).ok());
  }
  ~StreamCallTest() override { EXPECT_EQ(transcoder_.calls(), 0u) << "a call never ended"; }

  // Writes 1 to `count`; a text makes it fail then.
  Task<Status> Count(int count, std::string text, AsyncWriter<Note>& notes) {
    for (int i = 1; i <= count; ++i) {
      ++written_;
      if (!co_await notes.Write(Numbered(i))) co_return Status::Cancelled("gone");
    }
    if (!text.empty()) co_return Status::NotFound(text);
    co_return Status();
  }

  Task<Status> Collect(Context& context, AsyncReader<Note>& notes, Note& response) {
    Note note;
    while (co_await notes.Read(note)) response.add_tags(note.name() + note.text());
    read_ended_ = true;
    if (context.cancelled()) co_return Status::Cancelled("gone");
    co_return Status();
  }

  Task<Status> Echo(AsyncReaderWriter<Note, Note>& notes) {
    Note note;
    while (co_await notes.Read(note)) {
      if (!co_await notes.Write(note)) break;
    }
    co_return Status();
  }

  FakeRunner runner_;
  std::shared_ptr<AsyncNotes> handler_ = std::make_shared<AsyncNotes>();
  Transcoder transcoder_;
  int written_ = 0;
  bool read_ended_ = false;
};

TEST_F(StreamCallTest, E20_AnArrayIsTheDefault) {
  FakeExchange exchange("GET", "/v1/notes?number=3");
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.field("content-type"), "application/json");
  EXPECT_EQ(exchange.content_length(), std::nullopt);
  EXPECT_EQ(exchange.body(), R"([{"number":1},{"number":2},{"number":3}])");
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(StreamCallTest, E20_LinesWhereAccepted) {
  FakeExchange exchange("GET", "/v1/notes?number=2", kNdjson);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.field("content-type"), "application/x-ndjson");
  EXPECT_EQ(exchange.body(), "{\"number\":1}\n{\"number\":2}\n");
}

TEST_F(StreamCallTest, E20_NothingAcceptableIs406) {
  FakeExchange exchange("GET", "/v1/notes?number=2", {{"accept", "text/html"}});
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 406);
  EXPECT_EQ(written_, 0);
}

// The rule has no body: what a WebSocket sends as messages, an ordinary request must not have.
TEST_F(StreamCallTest, B2_AStreamOfRequestsWhereTheRuleHasNoBody) {
  const auto chat = [](Transcoder& transcoder, const std::vector<std::string>& pieces) {
    FakeExchange exchange("GET", "/v1/a/chat", {{"content-type", "text/plain"}});
    if (!pieces.empty()) exchange.Pieces(pieces);
    transcoder.OnRequest(exchange);
    return std::to_string(exchange.status()) + exchange.body();
  };
  EXPECT_EQ(chat(transcoder_, {}), "200[]");
  EXPECT_EQ(chat(transcoder_, {""}), "200[]");
  FakeRunner runner;
  Transcoder lenient({.lenient = true}, runner);
  ASSERT_TRUE(lenient.Add(handler_).ok());
  for (const std::vector<std::string>& body :
       {std::vector<std::string>{"{}"}, {"[]"}, {"", "no JSON"}, {"a", "b"}}) {
    EXPECT_THAT(chat(transcoder_, body), testing::HasSubstr("this method takes no body"));
    EXPECT_EQ(chat(lenient, body), "200[]");
  }
}

TEST_F(StreamCallTest, E8_NoMessages) {
  FakeExchange array("GET", "/v1/notes");
  transcoder_.OnRequest(array);
  EXPECT_EQ(array.body(), "[]");
  FakeExchange lines("GET", "/v1/notes", kNdjson);
  transcoder_.OnRequest(lines);
  EXPECT_EQ(lines.status(), 200);
  EXPECT_EQ(lines.body(), "");
}

TEST_F(StreamCallTest, E9_AnErrorBeforeTheFirstMessageIsTheResponse) {
  FakeExchange exchange("GET", "/v1/notes?text=none");
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.end(), End::kRespond);
  EXPECT_EQ(exchange.status(), 404);
  EXPECT_EQ(exchange.body(), R"({"code":5,"message":"none"})");
}

TEST_F(StreamCallTest, E10_ALaterErrorIsTheLastLine) {
  handler_->list = [this](Context&, const Note&, AsyncWriter<Note>& notes) {
    return Count(1, "no more", notes);
  };
  FakeExchange exchange("GET", "/v1/notes", kNdjson);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.body(),
            "{\"number\":1}\n"
            "{\"error\":{\"code\":5,\"message\":\"no more\"}}\n");
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(StreamCallTest, E10_ALaterErrorCutsAnArrayOff) {
  handler_->list = [this](Context&, const Note&, AsyncWriter<Note>& notes) {
    return Count(1, "no more", notes);
  };
  FakeExchange exchange("GET", "/v1/notes");
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.body(), R"([{"number":1})");
  EXPECT_EQ(exchange.end(), End::kAbort);
}

TEST_F(StreamCallTest, J50_AMessageWithoutJsonEndsTheStreamWithAnError) {
  handler_->list = [](Context&, const Note&, AsyncWriter<Note>& notes) -> Task<Status> {
    Note note;
    note.set_text("\xff");
    EXPECT_TRUE(co_await notes.Write(Numbered(1)));
    EXPECT_FALSE(co_await notes.Write(note));
    co_return Status();
  };
  FakeExchange exchange("GET", "/v1/notes");
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.end(), End::kAbort);
}

TEST_F(StreamCallTest, BackpressureHoldsTheHandler) {
  FakeExchange exchange("GET", "/v1/notes?number=3");
  exchange.FillUp();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(written_, 1);
  exchange.MakeRoom();
  EXPECT_EQ(written_, 3);
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(StreamCallTest, E12_AClientThatLeavesEndsAWrite) {
  FakeExchange exchange("GET", "/v1/notes?number=3");
  exchange.FillUp();
  transcoder_.OnRequest(exchange);
  exchange.Leave();
  EXPECT_EQ(written_, 1);
  EXPECT_NE(exchange.end(), End::kNone);
}

TEST_F(StreamCallTest, E12_AClientThatLeavesEndsARead) {
  FakeExchange exchange("POST", "/v1/notes:upload");
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.Push(R"({"name":"a"})");
  exchange.Leave();
  EXPECT_TRUE(read_ended_);
  EXPECT_NE(exchange.end(), End::kNone);
}

TEST_F(StreamCallTest, E11_ExpiryBeforeTheFirstMessageIs504) {
  FakeExchange exchange("POST", "/v1/chat", {{"grpc-timeout", "1S"}});
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.end(), End::kNone);
  runner_.FireTimers();
  EXPECT_EQ(exchange.status(), 504);
}

TEST_F(StreamCallTest, E11_ExpiryInMidStreamIsTheLastLine) {
  FakeExchange exchange("POST", "/v1/chat",
                        {{"grpc-timeout", "1S"}, {"accept", "application/x-ndjson"}});
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.Push("{\"name\":\"a\"}\n");
  runner_.FireTimers();
  EXPECT_TRUE(exchange.body().starts_with("{\"name\":\"a\"}\n{\"error\":{\"code\":4,"))
      << exchange.body();
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(StreamCallTest, B13_LinesValuesAndArraysAreRead) {
  const std::string expected = R"({"tags":["a","b","c"]})";
  for (const std::vector<std::string>& pieces : std::vector<std::vector<std::string>>{
           {"{\"name\":\"a\"}\n{\"name\":\"b\"}\n{\"name\":\"c\"}\n"},
           {"{\"name\":\"a\"}{\"na", "me\":\"b\"}", " {\"name\":\"c\"}"},
           {"[{\"name\":\"a\"}", ",", "{\"name\":\"b\"},{\"name\":\"c\"}", "]"}}) {
    FakeExchange exchange("POST", "/v1/notes:upload");
    exchange.Pieces(pieces);
    transcoder_.OnRequest(exchange);
    EXPECT_EQ(exchange.status(), 200) << pieces[0];
    EXPECT_EQ(exchange.body(), expected) << pieces[0];
  }
}

TEST_F(StreamCallTest, B13_MessagesArriveAsTheyAreSent) {
  FakeExchange exchange("POST", "/v1/chat", kNdjson);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.Push("{\"name\":\"a\"}\n{\"na");
  EXPECT_EQ(exchange.body(), "{\"name\":\"a\"}\n");
  exchange.Push("me\":\"b\"}\n");
  EXPECT_EQ(exchange.body(), "{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
  EXPECT_EQ(exchange.end(), End::kNone);
  exchange.Push("", true);
  EXPECT_EQ(exchange.end(), End::kFinish);
}

TEST_F(StreamCallTest, B13_PathAndQueryAreSetInEveryMessage) {
  FakeExchange exchange("POST", "/v1/n/upload?text=ignored");
  exchange.Pieces({R"({"text":"1"}{"text":"2"})"});
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 400) << "rule Q2: a query beside body *";
  FakeExchange path("POST", "/v1/n/upload");
  path.Pieces({R"({"text":"1"}{"text":"2"})"});
  transcoder_.OnRequest(path);
  EXPECT_EQ(path.body(), R"({"tags":["n1","n2"]})");
}

TEST_F(StreamCallTest, B13_AnInvalidMessageIsWhatTheClientIsTold) {
  FakeExchange exchange("POST", "/v1/notes:upload");
  exchange.Pieces({R"({"name":"a"}{"number":"x"})"});
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 400);
  EXPECT_TRUE(exchange.body().starts_with(
      R"({"code":3,"message":"message 2 of the stream: number: expected an integer )"))
      << exchange.body();
}

// A handler that takes whatever ends its requests for their end.
TEST_F(StreamCallTest, B13_NoHandlerMayTakeHalfAStreamForTheWhole) {
  bool cancelled = false;
  handler_->upload = [&](Context& context, AsyncReader<Note>& notes, Note&) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) {
    }
    cancelled = context.cancelled();
    co_return Status();
  };
  const auto status = [&](const std::function<void(FakeExchange&)>& end) {
    FakeExchange exchange("POST", "/v1/notes:upload");
    exchange.OpenBody();
    transcoder_.OnRequest(exchange);
    exchange.Push(R"({"name":"a"})");
    end(exchange);
    return exchange.status();
  };
  EXPECT_EQ(status([](FakeExchange& exchange) { exchange.BreakBody(); }), 400);
  EXPECT_TRUE(cancelled);
  EXPECT_EQ(status([](FakeExchange& exchange) { exchange.Push("nonsense", true); }), 400);
  EXPECT_TRUE(cancelled) << "a proxy must not tell its server that all has come";
  EXPECT_EQ(status([](FakeExchange& exchange) { exchange.Push("{", true); }), 400);
  EXPECT_TRUE(cancelled);
  EXPECT_EQ(status([](FakeExchange& exchange) { exchange.Leave(); }), 400)
      << "who has stopped sending may listen, whatever is seen first";
  EXPECT_TRUE(cancelled);
  EXPECT_EQ(status([this](FakeExchange&) { transcoder_.CancelAll(); }), 499);
  EXPECT_TRUE(cancelled);
  EXPECT_EQ(status([](FakeExchange& exchange) { exchange.Push("", true); }), 200);
  EXPECT_FALSE(cancelled);
}

TEST_F(StreamCallTest, OnlyTheBodyOfAServerStreamIsWantedAsAWhole) {
  FakeExchange whole("GET", "/v1/notes");
  whole.OpenBody();
  transcoder_.OnRequest(whole);
  EXPECT_TRUE(whole.wanted_by().has_value());
  whole.DelayBody();
  EXPECT_EQ(whole.status(), 408);
  FakeExchange stream("POST", "/v1/notes:upload");
  stream.OpenBody();
  transcoder_.OnRequest(stream);
  EXPECT_FALSE(stream.wanted_by().has_value());
  stream.Push("", true);
}

TEST_F(StreamCallTest, B14_EachMessageHasTheLimit) {
  std::string many;
  for (int i = 0; i < 10; ++i) many += R"({"name":"abcdefghijklmnopq"})";
  FakeExchange small("POST", "/v1/notes:upload");
  small.Body(many);
  transcoder_.OnRequest(small);
  EXPECT_EQ(small.status(), 200);
  FakeExchange large("POST", "/v1/notes:upload");
  large.Pieces({R"({"name":")" + std::string(65, 'a')});
  transcoder_.OnRequest(large);
  EXPECT_EQ(large.status(), 413);
}

TEST_F(StreamCallTest, E17_TrailersOfAStream) {
  handler_->list = [](Context& context, const Note&, AsyncWriter<Note>& notes) -> Task<Status> {
    context.AddHeader("x-first", "1");
    co_await notes.Write(Numbered(1));
    context.AddTrailer("next-page", "t");
    co_return Status();
  };
  FakeExchange exchange("GET", "/v1/notes");
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.field("x-first"), "1");
  EXPECT_EQ(exchange.trailer("next-page"), "");
  FakeExchange with("GET", "/v1/notes", {{"te", "trailers"}});
  transcoder_.OnRequest(with);
  EXPECT_EQ(with.trailer("next-page"), "t");
}

TEST_F(StreamCallTest, E17_TrailersOfAStreamWithoutMessages) {
  Status outcome;
  handler_->list = [&](Context& context, const Note&, AsyncWriter<Note>&) -> Task<Status> {
    context.AddTrailer("next-page", "t");
    co_return outcome;
  };
  for (const Status& status : {Status(), Status::NotFound("none")}) {
    outcome = status;
    FakeExchange with("GET", "/v1/notes", {{"te", "trailers"}});
    transcoder_.OnRequest(with);
    EXPECT_EQ(with.status(), status.ok() ? 200 : 404);
    EXPECT_EQ(with.trailer("next-page"), "t");
    FakeExchange without("GET", "/v1/notes");
    transcoder_.OnRequest(without);
    EXPECT_EQ(without.end(), End::kRespond);
  }
}

TEST_F(StreamCallTest, P22_HeadEndsAStreamWithItsHead) {
  for (const auto& fields : {FakeExchange::Fields(), kNdjson}) {
    written_ = 0;
    FakeExchange exchange("HEAD", "/v1/notes?number=1000000&text=late", fields);
    transcoder_.OnRequest(exchange);
    EXPECT_EQ(exchange.status(), 200);
    EXPECT_EQ(exchange.content_length(), std::nullopt);
    EXPECT_EQ(exchange.body(), "");
    EXPECT_EQ(exchange.end(), End::kFinish) << "the head is whole, whatever the handler made of it";
    EXPECT_EQ(written_, 1);
  }
  FakeExchange empty("HEAD", "/v1/notes");
  transcoder_.OnRequest(empty);
  EXPECT_EQ(empty.content_length(), 2u);
  FakeExchange error("HEAD", "/v1/notes?text=none");
  transcoder_.OnRequest(error);
  EXPECT_EQ(error.status(), 404);
}

TEST_F(StreamCallTest, AHandlerMayAnswerWhileItStillReads) {
  handler_->upload = [](Context&, AsyncReader<Note>& notes, Note&) -> Task<Status> {
    notes.stream().CancelRead();
    Note note;
    EXPECT_FALSE(co_await notes.Read(note));
    co_return Status::AlreadyExists("enough");
  };
  FakeExchange exchange("POST", "/v1/notes:upload");
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 409);
}

TEST_F(StreamCallTest, APendingReadCanBeCancelledByTheHandlersSide) {
  MessageStream* stream = nullptr;
  handler_->upload = [&stream, this](Context& context, AsyncReader<Note>& notes, Note& response) {
    stream = &notes.stream();
    return Collect(context, notes, response);
  };
  FakeExchange exchange("POST", "/v1/notes:upload");
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_FALSE(read_ended_);
  stream->CancelRead();
  EXPECT_TRUE(read_ended_);
  EXPECT_EQ(exchange.status(), 200);
}

TEST_F(StreamCallTest, CancelAllEndsAStreamThatWaits) {
  FakeExchange exchange("POST", "/v1/notes:upload");
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(transcoder_.calls(), 1u);
  transcoder_.CancelAll();
  EXPECT_TRUE(read_ended_);
  EXPECT_EQ(exchange.status(), 499);
}

TEST_F(StreamCallTest, PlainStreamsArePosted) {
  const auto plain = std::make_shared<notes::PlainNotes>();
  plain->list = [](Context&, const Note&, notes::Writer<Note>& notes) {
    EXPECT_TRUE(notes.Write(Numbered(1)));
    return Status();
  };
  Transcoder transcoder({}, runner_);
  ASSERT_TRUE(transcoder.Add(plain).ok());
  FakeExchange exchange("GET", "/v1/notes");
  transcoder.OnRequest(exchange);
  EXPECT_EQ(exchange.end(), End::kNone);
  runner_.RunPosted();
  EXPECT_EQ(exchange.body(), R"([{"number":1}])");
}

}  // namespace
}  // namespace protorest::transcode
