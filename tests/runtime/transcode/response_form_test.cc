// How responses are written: by the server's options, and by what a request asks for (rule Q26).
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

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

constexpr char kNdjson[] = "application/x-ndjson";

Note Draft() {
  Note note;
  note.set_kind(notes::KIND_DRAFT);
  return note;
}

// Each method answers drafts.
class ResponseForm {
 public:
  explicit ResponseForm(Options options = {}) : transcoder_(std::move(options), runner_) {
    handler_->get = [](Context&, const Note&, Note& response) -> Task<Status> {
      response = Draft();
      co_return Status();
    };
    handler_->create = [](Context&, const Note&, Note& response) -> Task<Status> {
      *response.mutable_inner() = Draft();
      co_return Status();
    };
    handler_->list = [](Context&, const Note&, AsyncWriter<Note>& notes) -> Task<Status> {
      for (int i = 0; i < 2; ++i) co_await notes.Write(Draft());
      co_return Status();
    };
    handler_->upload = [](Context&, AsyncReader<Note>& notes, Note& response) -> Task<Status> {
      Note note;
      while (co_await notes.Read(note)) {
      }
      response = Draft();
      co_return Status();
    };
    handler_->chat = [](Context&, AsyncReaderWriter<Note, Note>& notes) -> Task<Status> {
      co_await notes.Write(Draft());  // before anything is read
      co_return Status();
    };
    EXPECT_TRUE(transcoder_.Add(handler_).ok());
  }

  std::string operator()(const char* method, const std::string& target,
                         const char* accept = "application/json") {
    FakeExchange exchange(method, target, {{"accept", accept}});
    transcoder_.OnRequest(exchange);
    status_ = exchange.status();
    return exchange.body();
  }
  int status() const { return status_; }

 private:
  FakeRunner runner_;
  std::shared_ptr<AsyncNotes> handler_ = std::make_shared<AsyncNotes>();
  Transcoder transcoder_;
  int status_ = 0;
};

const std::string kInt = "?$alt=json;enum-encoding=int";

TEST(ResponseForm, Q26_EnumsAsNumbersOfEveryKindOfCall) {
  ResponseForm call;
  EXPECT_EQ(call("GET", "/v1/notes/a"), R"({"kind":"KIND_DRAFT"})");
  EXPECT_EQ(call("GET", "/v1/notes/a" + kInt), R"({"kind":1})");
  EXPECT_EQ(call("GET", "/v1/notes/a?%24alt=json%3Benum-encoding%3Dint"), R"({"kind":1})");
  EXPECT_EQ(call("PUT", "/v1/notes/a" + kInt), R"({"kind":1})");  // a response_body
  EXPECT_EQ(call("GET", "/v1/notes" + kInt), R"([{"kind":1},{"kind":1}])");
  EXPECT_EQ(call("GET", "/v1/notes" + kInt, kNdjson), "{\"kind\":1}\n{\"kind\":1}\n");
  EXPECT_EQ(call("POST", "/v1/notes:upload" + kInt), R"({"kind":1})");
  EXPECT_EQ(call("POST", "/v1/chat" + kInt), R"([{"kind":1}])");
  // Asked for by one call, not by the next one.
  EXPECT_EQ(call("GET", "/v1/notes/a"), R"({"kind":"KIND_DRAFT"})");
}

TEST(ResponseForm, Q26_ARequestMayAskForNamesWhereTheServerWritesNumbers) {
  ResponseForm call({.json = {.enums_as_numbers = true}});
  EXPECT_EQ(call("GET", "/v1/notes/a"), R"({"kind":1})");
  EXPECT_EQ(call("GET", "/v1/notes/a?$alt=json"), R"({"kind":1})");
  EXPECT_EQ(call("GET", "/v1/notes/a?$alt=json;enum-encoding=string"), R"({"kind":"KIND_DRAFT"})");
}

TEST(ResponseForm, Q26_AnotherValueIs400BeforeTheHandlerRuns) {
  ResponseForm call;
  for (const char* target : {"/v1/notes/a?$alt=xml", "/v1/notes?alt=json;enum-encoding=hex",
                             "/v1/notes/a?prettyPrint=1"}) {
    EXPECT_NE(call("GET", target).find("expected "), std::string::npos) << target;
    EXPECT_EQ(call.status(), 400) << target;
  }
  for (const char* target : {"/v1/notes:upload?$alt=xml", "/v1/chat?$alt="}) {
    EXPECT_NE(call("POST", target).find(R"("field":"$alt")"), std::string::npos) << target;
    EXPECT_EQ(call.status(), 400) << target;
  }
}

TEST(ResponseForm, Q26_PrettyPrint) {
  ResponseForm call;
  EXPECT_EQ(call("GET", "/v1/notes/a?prettyPrint=true"), "{\n  \"kind\": \"KIND_DRAFT\"\n}");
  EXPECT_EQ(call("GET", "/v1/notes/a?prettyPrint=false"), R"({"kind":"KIND_DRAFT"})");
}

TEST(ResponseForm, E20_LinesStayLinesWhateverTheIndentation) {
  ResponseForm call({.json = {.indent = 2}});
  const std::string lines = "{\"kind\":\"KIND_DRAFT\"}\n{\"kind\":\"KIND_DRAFT\"}\n";
  EXPECT_EQ(call("GET", "/v1/notes", kNdjson), lines);
  EXPECT_EQ(call("GET", "/v1/notes?prettyPrint=true", kNdjson), lines);
  EXPECT_EQ(call("GET", "/v1/notes/a"), "{\n  \"kind\": \"KIND_DRAFT\"\n}");
}

TEST(ResponseForm, Q26_ReservedParametersAreAnOption) {
  ResponseForm strict;
  strict("GET", "/v1/notes/a?utm_source=x");
  EXPECT_EQ(strict.status(), 400);
  ResponseForm call({.reserved_parameters = {"utm_source"}});
  EXPECT_EQ(call("GET", "/v1/notes/a?utm_source=x&alt=json"), R"({"kind":"KIND_DRAFT"})");
}

TEST(ResponseForm, Q7_AStreamsQueryIsCheckedBeforeItsFirstMessage) {
  ResponseForm call;
  EXPECT_NE(call("POST", "/v1/notes:upload?nmae=x").find("unknown query parameter"),
            std::string::npos);
  EXPECT_EQ(call.status(), 400);
}

}  // namespace
}  // namespace protorest::transcode
