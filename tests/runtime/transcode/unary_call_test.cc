// What unary calls keep from one to the next, and what they must not.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/support/fake_exchange.h"
#include "tests/support/notes/notes.h"
#include "transcode/transcoder.h"

namespace protorest::transcode {
namespace {

using notes::AsyncNotes;
using notes::Note;
using notes::PlainNotes;
using test::FakeExchange;
using test::FakeRunner;

const FakeExchange::Fields kJson = {{"Content-Type", "application/json"}};

class UnaryCallTest : public testing::Test {
 protected:
  UnaryCallTest() { EXPECT_TRUE(transcoder_.Add(handler_).ok()); }
  ~UnaryCallTest() override { EXPECT_EQ(transcoder_.calls(), 0u) << "a call never ended"; }

  // Serves to the end; what was posted runs too.
  void Serve(FakeExchange& exchange) {
    transcoder_.OnRequest(exchange);
    runner_.RunPosted();
  }

  FakeRunner runner_;
  std::shared_ptr<PlainNotes> handler_ = std::make_shared<PlainNotes>();
  Transcoder transcoder_{{}, runner_};
};

// Whatever the call before has put in, and however it ended.
TEST_F(UnaryCallTest, AHandlerGetsAnEmptyResponse) {
  const std::string secret = R"({"name":"n","tags":["a"],"inner":{"text":"s"},"counts":{"k":1}})";
  for (const bool fails : {false, true}) {
    const auto fill = [&](const Note& request, Note& response) {
      EXPECT_EQ(response.ByteSizeLong(), 0u) << response.ShortDebugString();
      response = request;
      return fails ? Status::NotFound("no") : Status();
    };
    handler_->create = [&](Context&, const Note& request, Note& response) {
      return fill(request, response);
    };
    FakeExchange first("POST", "/v1/notes", kJson);
    Serve(first.Body(secret));
    EXPECT_EQ(first.status(), fails ? 404 : 200);
    FakeExchange second("POST", "/v1/notes", kJson);
    Serve(second.Body("{}"));
    EXPECT_EQ(second.body().find("inner"), std::string::npos) << second.body();
  }
}

TEST_F(UnaryCallTest, AnAsyncHandlerGetsAnEmptyResponse) {
  const auto handler = std::make_shared<AsyncNotes>();
  Transcoder transcoder({}, runner_);
  ASSERT_TRUE(transcoder.Add(handler).ok());
  handler->create = [](Context&, const Note& request, Note& response) -> Task<Status> {
    response.MergeFrom(request);
    co_return Status();
  };
  for (const std::string body : {R"({"name":"n","tags":["a"]})", R"({"text":"t"})"}) {
    FakeExchange exchange("POST", "/v1/notes", kJson);
    transcoder.OnRequest(exchange.Body(body));
    runner_.RunPosted();
    EXPECT_EQ(exchange.body(), body);
  }
}

// What is kept for the next call stays small, whatever a client sends or a handler answers.
TEST_F(UnaryCallTest, ALargeMessageIsNotKept) {
  std::size_t request_bytes = 0;
  std::size_t response_bytes = 0;
  Status status;
  std::size_t tags = 0;
  handler_->create = [&](Context&, const Note& request, Note& response) {
    request_bytes = request.SpaceUsedLong();
    response_bytes = response.SpaceUsedLong();
    for (std::size_t i = 0; i < tags; ++i) response.add_tags(std::string(100, 'x'));
    return status;
  };
  const auto create = [&](const std::string& body) {
    FakeExchange exchange("POST", "/v1/notes", kJson);
    Serve(exchange.Body(body));
  };
  std::string empty_tags = R"({"tags":[""])";
  for (int i = 0; i < 5000; ++i) empty_tags.insert(empty_tags.size() - 1, R"(,"")");
  empty_tags += '}';
  constexpr std::size_t kKept = std::size_t{64} * 1024;

  create(empty_tags);
  create("{}");
  EXPECT_LT(request_bytes, kKept);

  tags = 1000;
  for (const Status& end : {Status(), Status::NotFound("no")}) {
    status = end;
    create("{}");
    create("{}");
    EXPECT_LT(response_bytes, kKept);
  }

  // A little each time, each time elsewhere.
  tags = 0;
  std::string few = R"({"tags":[""])";
  while (few.size() < 600) few.insert(few.size() - 1, R"(,"")");
  few += '}';
  for (int level = 0; level < 70; ++level) {
    std::string body = few;
    for (int i = 0; i < level; ++i) body = R"({"inner":)" + body + "}";
    create(body);
  }
  create("{}");
  EXPECT_LT(request_bytes, 4 * kKept);
}

}  // namespace
}  // namespace protorest::transcode
