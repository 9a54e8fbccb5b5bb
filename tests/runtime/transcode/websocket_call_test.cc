// Calls over a fake WebSocket: each kind of method, half-close, close codes, subprotocols, origins.
#include "transcode/websocket_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using test::FakeWebSocket;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Fields = FakeExchange::Fields;

const Fields kProto = {{"sec-websocket-protocol", "other, protorest.proto"}};

Note Numbered(int number) {
  Note note;
  note.set_number(number);
  return note;
}

class WebSocketCallTest : public testing::Test {
 protected:
  WebSocketCallTest() : transcoder_(Limits(), runner_) {
    handler_->list = [this](Context&, const Note& request, AsyncWriter<Note>& notes) {
      return Count(request.number(), notes);
    };
    handler_->upload = [this](Context& context, AsyncReader<Note>& notes, Note& response) {
      return Collect(context, notes, response);
    };
    handler_->chat = [this](Context& context, AsyncReaderWriter<Note, Note>& notes) {
      return Echo(context, notes);
    };
    EXPECT_TRUE(transcoder_.Add(handler_).ok());
  }
  ~WebSocketCallTest() override {
    runner_.FireTimers();
    EXPECT_EQ(transcoder_.calls(), 0u) << "a call never ended";
  }

  static Options Limits() {
    Options options;
    options.max_request_bytes = 1234;
    options.websocket_ping = std::chrono::milliseconds(77);
    options.websocket_origins = {"https://friend.example"};
    return options;
  }

  Task<Status> Count(int count, AsyncWriter<Note>& notes) {
    for (int i = 1; i <= count; ++i) {
      ++written_;
      if (!co_await notes.Write(Numbered(i))) co_return Status::Cancelled("gone");
    }
    co_return outcome_;
  }

  Task<Status> Collect(Context& context, AsyncReader<Note>& notes, Note& response) {
    Note note;
    while (co_await notes.Read(note)) response.add_tags(note.name() + note.text());
    cancelled_ = context.cancelled();
    co_return outcome_;
  }

  Task<Status> Echo(Context& context, AsyncReaderWriter<Note, Note>& notes) {
    Note note;
    while (co_await notes.Read(note)) {
      if (!co_await notes.Write(note)) break;
    }
    read_ended_ = true;
    cancelled_ = context.cancelled();
    co_return outcome_;
  }

  // Opens a WebSocket on `target`.
  FakeWebSocket& Open(const std::string& target, Fields fields = {}) {
    exchange_.emplace("GET", target, std::move(fields));
    exchange_->AskForWebSocket();
    transcoder_.OnRequest(*exchange_);
    return exchange_->socket();
  }
  // The answer of HTTP to a request for one.
  int Refusal(const std::string& target, Fields fields = {}) {
    Open(target, std::move(fields));
    EXPECT_EQ(exchange_->end(), FakeExchange::End::kRespond);
    return exchange_->status();
  }

  FakeRunner runner_;
  std::shared_ptr<AsyncNotes> handler_ = std::make_shared<AsyncNotes>();
  Transcoder transcoder_;
  std::optional<FakeExchange> exchange_;
  Status outcome_;
  int written_ = 0;
  bool read_ended_ = false;
  bool cancelled_ = false;
};

TEST_F(WebSocketCallTest, E25_ATextIsAMessageBothWays) {
  FakeWebSocket& socket = Open("/v1/chat");
  socket.Text(R"({"name":"a"})");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"name":"a"})"));
  socket.Text(R"({"name":"b"})");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"name":"a"})", R"({"name":"b"})"));
  EXPECT_FALSE(socket.closed());
  socket.Text("");
  EXPECT_TRUE(read_ended_);
  EXPECT_FALSE(cancelled_);
  EXPECT_EQ(socket.code(), 1000);
  EXPECT_EQ(socket.reason(), "");
}

TEST_F(WebSocketCallTest, E25_LimitsAndPingsAreTheServersOptions) {
  Open("/v1/chat").Text("");
  EXPECT_EQ(exchange_->socket_options().max_message_bytes, 1234u);
  EXPECT_EQ(exchange_->socket_options().ping_interval, std::chrono::milliseconds(77));
}

TEST_F(WebSocketCallTest, E25_AServerStreamWithoutABodyBeginsAtOnce) {
  FakeWebSocket& socket = Open("/v1/notes?number=2");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"number":1})", R"({"number":2})"));
  EXPECT_EQ(socket.code(), 1000);
}

TEST_F(WebSocketCallTest, E25_AServerStreamWithABodyWaitsForIt) {
  FakeWebSocket& socket = Open("/v1/notes:search");
  EXPECT_EQ(written_, 0);
  socket.Text(R"({"number":2})");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"number":1})", R"({"number":2})"));
  EXPECT_EQ(socket.code(), 1000);
}

TEST_F(WebSocketCallTest, E25_ARequestThatNeverComesIsNoCall) {
  Open("/v1/notes:search").Leave();
  EXPECT_EQ(exchange_->end(), FakeExchange::End::kClose);
  Open("/v1/notes:search");
  transcoder_.CancelAll();
  EXPECT_EQ(exchange_->socket().code(), 4001);
  EXPECT_EQ(written_, 0);
}

TEST_F(WebSocketCallTest, E25_AnInvalidRequestClosesBeforeTheHandler) {
  FakeWebSocket& socket = Open("/v1/notes:search");
  socket.Text(R"({"number":"x"})");
  EXPECT_EQ(socket.code(), 4003);
  EXPECT_EQ(written_, 0);
}

TEST_F(WebSocketCallTest, E25_AClientStreamIsAnsweredOnce) {
  FakeWebSocket& socket = Open("/v1/notes:upload");
  socket.Text(R"({"name":"a"})");
  socket.Text(R"({"name":"b"})");
  EXPECT_THAT(socket.sent(), IsEmpty());
  socket.Text("");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"tags":["a","b"]})"));
  EXPECT_EQ(socket.code(), 1000);
}

TEST_F(WebSocketCallTest, B13_PathAndQueryAreSetInEveryMessage) {
  FakeWebSocket& socket = Open("/v1/n/upload");
  socket.Text(R"({"text":"1"})");
  socket.Text(R"({"text":"2"})");
  socket.Text("");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"tags":["n1","n2"]})"));
}

TEST_F(WebSocketCallTest, E25_AMethodWithGetAndWithoutABodyTakesMessagesToo) {
  FakeWebSocket& socket = Open("/v1/n/chat?number=7");
  socket.Text(R"({"text":"1"})");
  socket.Text("{}");
  socket.Text("");
  EXPECT_THAT(socket.sent(),
              ElementsAre(R"({"name":"n","text":"1","number":7})", R"({"name":"n","number":7})"));
  EXPECT_EQ(socket.code(), 1000);
  FakeWebSocket& binary = Open("/v1/n/chat", kProto);
  binary.Binary(Numbered(3).SerializeAsString());
  binary.Text("");
  EXPECT_EQ(binary.sent().size(), 1u);
  EXPECT_EQ(binary.code(), 1000);
  FakeWebSocket& other = Open("/v1/n/chat");  // rule P25
  other.Text(R"({"name":"m"})");
  EXPECT_EQ(other.code(), 4003);
}

TEST_F(WebSocketCallTest, E25_AnErrorIsACloseCodeWithTheMessage) {
  outcome_ = Status::NotFound("no more");
  FakeWebSocket& socket = Open("/v1/notes?number=1");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"number":1})"));
  EXPECT_EQ(socket.code(), 4005);
  EXPECT_EQ(socket.reason(), "no more");
}

TEST_F(WebSocketCallTest, E25_AMessageThatIsNoUtf8IsMended) {
  outcome_ = Status::Internal("caf\xe9");
  EXPECT_EQ(Open("/v1/notes").reason(), "caf\xef\xbf\xbd");
}

TEST_F(WebSocketCallTest, E25_AnInvalidMessageClosesTheCall) {
  FakeWebSocket& socket = Open("/v1/chat");
  socket.Text(R"({"name":"a"})");
  socket.Text(R"({"nam":"b"})");
  EXPECT_TRUE(read_ended_);
  EXPECT_EQ(socket.code(), 4003);
  EXPECT_THAT(socket.reason(), HasSubstr("unknown field"));
}

TEST_F(WebSocketCallTest, B13_NoHandlerMayTakeHalfAStreamForTheWhole) {
  bool cancelled = false;
  handler_->chat = [&](Context& context, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) {
    }
    cancelled = context.cancelled();
    co_return Status();
  };
  FakeWebSocket& broken = Open("/v1/chat");
  broken.Text("{}");
  broken.Text("nonsense");
  EXPECT_EQ(broken.code(), 4003);
  EXPECT_TRUE(cancelled) << "a proxy must not tell its server that all has come";
  FakeWebSocket& stopped = Open("/v1/chat");
  stopped.Text("{}");
  transcoder_.CancelAll();
  EXPECT_EQ(stopped.code(), 4001);
  FakeWebSocket& whole = Open("/v1/chat");
  whole.Text("{}");
  whole.Text("");
  EXPECT_EQ(whole.code(), 1000);
  EXPECT_FALSE(cancelled);
}

TEST_F(WebSocketCallTest, Q7_AWrongQueryClosesBeforeTheHandler) {
  FakeWebSocket& socket = Open("/v1/notes?numbre=2");
  EXPECT_EQ(socket.code(), 4003);
  EXPECT_EQ(written_, 0);
  EXPECT_EQ(Open("/v1/chat?name=a").code(), 4003) << "rule Q2: a query beside body *";
}

TEST_F(WebSocketCallTest, E25_WhatComesBehindTheLastMessageIsAnError) {
  // The handler goes on after the half-close.
  handler_->chat = [](Context& context, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    Note note;
    while (co_await notes.Read(note)) {
    }
    co_await context.Sleep(std::chrono::hours(1));
    co_return Status();
  };
  FakeWebSocket& socket = Open("/v1/chat");
  socket.Text("");
  socket.Text("");  // once more is no harm
  EXPECT_FALSE(socket.closed());
  socket.Text("{}");
  runner_.FireTimers();  // the cancelled one
  EXPECT_EQ(socket.code(), 4003);
}

TEST_F(WebSocketCallTest, E25_BinaryMessagesAreProtobuf) {
  FakeWebSocket& socket = Open("/v1/chat", kProto);
  EXPECT_EQ(exchange_->subprotocol(), "protorest.proto");
  socket.Binary(Numbered(7).SerializeAsString());
  socket.Text(R"({"number":8})");
  EXPECT_THAT(socket.sent(), ElementsAre("b:" + Numbered(7).SerializeAsString(),
                                         "b:" + Numbered(8).SerializeAsString()));
  socket.Binary("");  // a message with no field set, no half-close
  EXPECT_EQ(socket.sent().size(), 3u);
  socket.Binary("\xff");
  EXPECT_EQ(socket.code(), 4003);
}

TEST_F(WebSocketCallTest, E25_BinaryMessagesNeedTheirSubprotocol) {
  FakeWebSocket& socket = Open("/v1/chat", {{"sec-websocket-protocol", "protorest.json"}});
  EXPECT_EQ(exchange_->subprotocol(), "protorest.json");
  socket.Binary("");
  EXPECT_EQ(socket.code(), 1003);
}

TEST_F(WebSocketCallTest, E25_NoSubprotocolOfOursIsText) {
  FakeWebSocket& socket = Open("/v1/notes?number=1", {{"sec-websocket-protocol", "graphql-ws"}});
  EXPECT_EQ(exchange_->subprotocol(), "");
  EXPECT_THAT(socket.sent(), ElementsAre(R"({"number":1})"));
}

TEST_F(WebSocketCallTest, E25_PathAndQueryBindBinaryMessagesToo) {
  FakeWebSocket& socket = Open("/v1/n/upload", kProto);
  Note note;
  note.set_text("1");
  socket.Binary(note.SerializeAsString());
  socket.Text("");
  Note expected;
  expected.add_tags("n1");
  EXPECT_THAT(socket.sent(), ElementsAre("b:" + expected.SerializeAsString()));
}

TEST_F(WebSocketCallTest, E12_AClientThatLeavesCancelsTheCall) {
  FakeWebSocket& socket = Open("/v1/chat");
  exchange_->Leave();
  socket.Leave();
  EXPECT_TRUE(read_ended_);
  EXPECT_TRUE(cancelled_);
}

TEST_F(WebSocketCallTest, E25_BackpressureHoldsTheHandler) {
  exchange_.emplace("GET", "/v1/notes?number=3");
  exchange_->AskForWebSocket().socket().FillUp();
  transcoder_.OnRequest(*exchange_);
  EXPECT_EQ(written_, 1);
  exchange_->socket().MakeRoom();
  EXPECT_EQ(written_, 3);
  EXPECT_EQ(exchange_->socket().code(), 1000);
}

TEST_F(WebSocketCallTest, E25_MessagesWaitUntilTheHandlerReads) {
  Note note;
  std::optional<Done> go_on;
  handler_->chat = [&](Context&, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
    EXPECT_TRUE(co_await notes.Read(note));
    co_await Step([&](Done done) { go_on = done; });
    EXPECT_TRUE(co_await notes.Read(note));
    co_return Status();
  };
  FakeWebSocket& socket = Open("/v1/chat");
  socket.Text(R"({"number":1})");
  socket.Text(R"({"number":2})");
  EXPECT_EQ(socket.unread(), 1u);
  EXPECT_EQ(note.number(), 1);
  (*go_on)(true);
  EXPECT_EQ(note.number(), 2);
  EXPECT_EQ(socket.code(), 1000);
}

TEST_F(WebSocketCallTest, E11_ADeadlineClosesIt) {
  FakeWebSocket& socket = Open("/v1/chat", {{"grpc-timeout", "1S"}});
  runner_.FireTimers();
  EXPECT_EQ(socket.code(), 4004);
  EXPECT_TRUE(cancelled_);
}

TEST_F(WebSocketCallTest, E11_ABadTimeoutClosesIt) {
  EXPECT_EQ(Open("/v1/chat", {{"grpc-timeout", "soon"}}).code(), 4003);
}

TEST_F(WebSocketCallTest, J50_AMessageWithoutJsonClosesIt) {
  handler_->list = [](Context&, const Note&, AsyncWriter<Note>& notes) -> Task<Status> {
    Note note;
    note.set_text("\xff");
    EXPECT_FALSE(co_await notes.Write(note));
    co_return Status();
  };
  EXPECT_EQ(Open("/v1/notes").code(), 4013);
}

TEST_F(WebSocketCallTest, E25_PlainHandlersArePosted) {
  const auto plain = std::make_shared<notes::PlainNotes>();
  plain->list = [](Context&, const Note&, notes::Writer<Note>& notes) {
    EXPECT_TRUE(notes.Write(Numbered(1)));
    return Status();
  };
  Transcoder transcoder({}, runner_);
  ASSERT_TRUE(transcoder.Add(plain).ok());
  FakeExchange exchange("GET", "/v1/notes");
  transcoder.OnRequest(exchange.AskForWebSocket());
  EXPECT_FALSE(exchange.socket().closed());
  runner_.RunPosted();
  EXPECT_THAT(exchange.socket().sent(), ElementsAre(R"({"number":1})"));
  FakeExchange refused("GET", "/v1/notes");
  runner_.Saturate();
  transcoder.OnRequest(refused.AskForWebSocket());
  runner_.RunPosted();
  EXPECT_EQ(refused.socket().code(), 4008);
}

TEST_F(WebSocketCallTest, E25_OnlyStreamsAreWebSockets) {
  EXPECT_EQ(Refusal("/v1/notes/a"), 400);
  EXPECT_THAT(exchange_->body(), HasSubstr("streams"));
  EXPECT_EQ(Refusal("/v1/nothing/here/at/all"), 404);
  EXPECT_EQ(Refusal("/v1/notes/%zz"), 400);
}

TEST_F(WebSocketCallTest, E25_ABrokenHandshakeIs400) {
  FakeExchange exchange("GET", "/v1/chat");
  exchange.AskForWebSocket(/*valid=*/false);
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.status(), 400);
  EXPECT_EQ(exchange.field("sec-websocket-version"), "13");
}

TEST_F(WebSocketCallTest, E25_PagesOfOthersNeedLeave) {
  const auto open = [this](const std::string& origin, const std::string& host) {
    exchange_.emplace("GET", "/v1/notes", Fields{{"origin", origin}});
    exchange_->set_authority(host);
    transcoder_.OnRequest(exchange_->AskForWebSocket());
    return exchange_->status() != 0 ? exchange_->status() : exchange_->socket().code();
  };
  EXPECT_EQ(open("https://evil.example", "me.example"), 403);
  EXPECT_EQ(open("null", "me.example"), 403);
  EXPECT_EQ(open("https://me.example:8443", "me.example"), 403);
  EXPECT_EQ(open("https://me.example.evil", "me.example"), 403);
  EXPECT_EQ(open("https://me.example", "me.example"), 1000);
  EXPECT_EQ(open("http://Me.example:8080", "me.example:8080"), 1000);
  EXPECT_EQ(open("https://me.example", "me.example:443"), 1000);
  EXPECT_EQ(open("http://me.example", "me.example:80"), 1000);
  EXPECT_EQ(open("http://me.example", "me.example:443"), 403);
  EXPECT_EQ(open("https://friend.example", "me.example"), 1000);
  EXPECT_EQ(open("http://friend.example", "me.example"), 403);
}

}  // namespace
}  // namespace protorest::transcode
