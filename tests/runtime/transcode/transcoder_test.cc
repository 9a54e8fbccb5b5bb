// The transcoder over a fake exchange: routes, bodies, responses, errors, deadlines, cancellation.
#include "transcode/transcoder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_exchange.h"
#include "tests/support/notes/notes.h"

namespace protorest::transcode {
namespace {

using notes::AsyncNotes;
using notes::Note;
using notes::PlainNotes;
using test::FakeExchange;
using test::FakeRunner;
using End = FakeExchange::End;

const FakeExchange::Fields kJson = {{"Content-Type", "application/json"}};

class TranscoderTest : public testing::Test {
 protected:
  explicit TranscoderTest(Options options = {})
      : transcoder_(WithLog(std::move(options), log_), runner_) {
    handler_->get = [](Context&, const Note& request, Note& response) {
      response.set_name(request.name());
      return Status();
    };
    handler_->create = [](Context&, const Note& request, Note& response) {
      response = request;
      return Status();
    };
    EXPECT_TRUE(transcoder_.Add(handler_).ok());
  }
  ~TranscoderTest() override { EXPECT_EQ(transcoder_.calls(), 0u) << "a call never ended"; }

  static Options WithLog(Options options, std::vector<std::string>& log) {
    options.log = [&log](std::string_view line) { log.emplace_back(line); };
    return options;
  }

  // Serves to the end; what was posted runs too.
  void Serve(FakeExchange& exchange) {
    transcoder_.OnRequest(exchange);
    runner_.RunPosted();
  }

  std::vector<std::string> log_;
  FakeRunner runner_;
  std::shared_ptr<PlainNotes> handler_ = std::make_shared<PlainNotes>();
  Transcoder transcoder_;
};

TEST_F(TranscoderTest, E22_UnaryResponseHasContentLength) {
  FakeExchange exchange("GET", "/v1/notes/a%20b");
  Serve(exchange);
  EXPECT_EQ(exchange.end(), End::kRespond);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.body(), R"({"name":"a b"})");
  EXPECT_EQ(exchange.content_length(), exchange.body().size());
  EXPECT_EQ(exchange.field("content-type"), "application/json");
}

TEST_F(TranscoderTest, UnknownPathIs404) {
  FakeExchange exchange("GET", "/v2/notes");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 404);
}

TEST_F(TranscoderTest, P5_MalformedEscapeIs400) {
  FakeExchange exchange("GET", "/v1/notes/%zz");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 400);
}

TEST_F(TranscoderTest, P16_TwoServicesWithOneRouteAreRefusedNamingBoth) {
  const Status status = transcoder_.Add(std::make_shared<PlainNotes>());
  EXPECT_EQ(status.code(), Code::kAlreadyExists);
  const std::size_t first = status.message().find("notes.Notes/Get");
  EXPECT_NE(first, std::string::npos);
  EXPECT_NE(status.message().find("notes.Notes/Get", first + 1), std::string::npos);
}

TEST_F(TranscoderTest, P21_OtherMethodIs405WithAllow) {
  FakeExchange exchange("PATCH", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 405);
  EXPECT_EQ(exchange.field("allow"), "DELETE, GET, HEAD, OPTIONS, PUT");
}

TEST_F(TranscoderTest, P22_HeadIsAnsweredAsGet) {
  FakeExchange exchange("HEAD", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.content_length(), std::string_view(R"({"name":"a"})").size());
}

TEST_F(TranscoderTest, P23_OptionsIs204WithAllow) {
  FakeExchange exchange("OPTIONS", "/v1/chat");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 204);
  EXPECT_EQ(exchange.field("allow"), "OPTIONS, POST");
  EXPECT_EQ(exchange.body(), "");
}

TEST_F(TranscoderTest, P23_OptionsOfTheServerAsAWhole) {
  FakeExchange exchange("OPTIONS", "*");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 204);
  FakeExchange other("GET", "*");
  Serve(other);
  EXPECT_EQ(other.status(), 404);
}

TEST_F(TranscoderTest, B1_EmptyBodyIsAnEmptyMessage) {
  FakeExchange exchange("POST", "/v1/notes");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.body(), "{}");
}

TEST_F(TranscoderTest, B2_BodyWhereTheRuleHasNoneIs400) {
  FakeExchange exchange("GET", "/v1/notes/a", kJson);
  exchange.Body("{}");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 400);
}

class LenientTest : public TranscoderTest {
 protected:
  LenientTest() : TranscoderTest({.lenient = true, .empty_as_no_content = true}) {}
};

TEST_F(LenientTest, B2_BodyWhereTheRuleHasNoneIsIgnored) {
  FakeExchange exchange("GET", "/v1/notes/a", kJson);
  exchange.Body("{}");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
}

TEST_F(LenientTest, E4_EmptyResponseIs204WhereAskedFor) {
  FakeExchange exchange("DELETE", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 204);
  EXPECT_EQ(exchange.body(), "");
}

TEST_F(TranscoderTest, E4_EmptyResponseIsAnEmptyObject) {
  FakeExchange exchange("DELETE", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.body(), "{}");
}

TEST_F(TranscoderTest, B3_NullAsTheWholeBodyIs400) {
  FakeExchange exchange("POST", "/v1/notes", kJson);
  exchange.Body("null");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 400);
}

TEST_F(TranscoderTest, B4_NullForABodyFieldLeavesItUnset) {
  FakeExchange exchange("PUT", "/v1/notes/a", kJson);
  exchange.Body("null");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
  EXPECT_EQ(exchange.body(), "{}");
}

TEST_F(TranscoderTest, B6_AnythingAfterTheValueIs400) {
  for (const std::string body : {"{} {}", "{}x", "{},\"name\":\"b\"", "{}}", "[]"}) {
    for (const std::string path : {"/v1/notes", "/v1/notes/a"}) {
      FakeExchange exchange(path == "/v1/notes" ? "POST" : "PUT", path, kJson);
      exchange.Body(body);
      Serve(exchange);
      EXPECT_EQ(exchange.status(), 400) << path << " " << body;
    }
  }
}

TEST_F(TranscoderTest, B7_NoContentTypeIsJson) {
  FakeExchange exchange("POST", "/v1/notes");
  exchange.Body(R"({"text":"t"})");
  Serve(exchange);
  EXPECT_EQ(exchange.body(), R"({"text":"t"})");
}

TEST_F(TranscoderTest, B8_JsonTypesAreTaken) {
  for (const std::string type :
       {"application/json; charset=utf-8", "application/merge-patch+json"}) {
    FakeExchange exchange("POST", "/v1/notes", {{"content-type", type}});
    exchange.Body("{}");
    Serve(exchange);
    EXPECT_EQ(exchange.status(), 200) << type;
  }
}

TEST_F(TranscoderTest, B9_AnotherTypeIs415WithWhatIsTaken) {
  FakeExchange exchange("POST", "/v1/notes", {{"content-type", "text/plain"}});
  exchange.Body("{}");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 415);
  EXPECT_EQ(exchange.field("accept-post"),
            "application/json, application/x-protobuf, application/x-www-form-urlencoded, "
            "multipart/form-data");
}

TEST_F(TranscoderTest, E23_AnEncodedBodyIs415) {
  FakeExchange exchange("POST", "/v1/notes", {{"content-encoding", "gzip"}});
  exchange.Body("{}");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 415);
  EXPECT_EQ(exchange.field("accept-encoding"), "identity");
  EXPECT_EQ(exchange.field("accept-post"), "");
  FakeExchange list("POST", "/v1/notes",
                    {{"content-encoding", "identity"}, {"content-encoding", "gzip"}});
  list.Body("{}");
  Serve(list);
  EXPECT_EQ(list.status(), 415);
  for (const char* encoding : {"", "identity", "Identity"}) {
    FakeExchange plain("POST", "/v1/notes", {{"content-encoding", encoding}});
    plain.Body("{}");
    Serve(plain);
    EXPECT_EQ(plain.status(), 200) << encoding;
  }
}

TEST_F(TranscoderTest, B11_ABodyFieldMayBeAListAMessageOrAScalar) {
  FakeExchange list("PUT", "/v1/tags/a", kJson);
  list.Body(R"( ["x","],\"y"] )");
  Serve(list);
  EXPECT_EQ(list.body(), R"(["x","],\"y"])");
  FakeExchange message("PUT", "/v1/notes/a", kJson);
  message.Body(R"({"text":"t"})");
  Serve(message);
  EXPECT_EQ(message.body(), R"({"text":"t"})");
  FakeExchange scalar("PUT", "/v1/numbers/a", kJson);
  scalar.Body("7");
  Serve(scalar);
  EXPECT_EQ(scalar.body(), "7");
}

TEST_F(TranscoderTest, B12_ThePathIsSetAfterTheBody) {
  handler_->create = [](Context&, const Note& request, Note& response) {
    EXPECT_EQ(request.name(), "a");
    EXPECT_EQ(request.inner().text(), "t");
    response.mutable_inner()->set_name(request.name());
    return Status();
  };
  FakeExchange exchange("PUT", "/v1/notes/a", kJson);
  exchange.Pieces({R"({"te)", R"(xt":"t"})"});
  Serve(exchange);
  EXPECT_EQ(exchange.body(), R"({"name":"a"})");
}

TEST_F(TranscoderTest, E5_ResponseBodyFieldThatIsUnset) {
  handler_->create = [](Context&, const Note&, Note&) { return Status(); };
  for (const auto& [path, expected] : std::vector<std::pair<std::string, std::string>>{
           {"/v1/notes/a", "{}"}, {"/v1/tags/a", "[]"}, {"/v1/numbers/a", "0"}}) {
    FakeExchange exchange("PUT", path);
    Serve(exchange);
    EXPECT_EQ(exchange.body(), expected) << path;
  }
}

class SmallLimitTest : public TranscoderTest {
 protected:
  SmallLimitTest() : TranscoderTest({.max_request_bytes = 20}) {
    handler_->create = [](Context&, const Note&, Note&) {
      ADD_FAILURE() << "the handler runs";
      return Status();
    };
  }
};

TEST_F(SmallLimitTest, B14_AnnouncedTooLargeIs413AtOnce) {
  FakeExchange exchange("POST", "/v1/notes", kJson);
  exchange.Body(std::string(21, ' '));
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 413);
}

TEST_F(SmallLimitTest, B14_GrowingTooLargeIs413BeforeTheHandlerRuns) {
  FakeExchange exchange("POST", "/v1/notes", kJson);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.Push(std::string(15, ' '));
  EXPECT_EQ(exchange.end(), End::kNone);
  exchange.Push(std::string(6, ' '));
  EXPECT_EQ(exchange.status(), 413);
}

TEST_F(TranscoderTest, ABodyThatBreaksOffIs400) {
  FakeExchange exchange("POST", "/v1/notes", kJson);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  exchange.BreakBody();
  EXPECT_EQ(exchange.status(), 400);
  EXPECT_NE(exchange.body().find("broke off"), std::string::npos) << exchange.body();
}

TEST_F(TranscoderTest, ABodyThatDoesNotComeIs408) {
  FakeExchange exchange("POST", "/v1/notes", kJson);
  exchange.OpenBody();
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(exchange.wanted_by(), Clock::time_point::max());
  exchange.DelayBody();
  EXPECT_EQ(exchange.status(), 408);
  EXPECT_NE(exchange.body().find("\"code\":4"), std::string::npos);
}

TEST_F(TranscoderTest, E11_ABodyThatIsNotThereAtTheDeadlineIs504) {
  for (const char* path : {"/v1/notes", "/v1/notes/a"}) {
    FakeExchange exchange(path == std::string("/v1/notes") ? "POST" : "PUT", path,
                          {{"grpc-timeout", "1n"}});
    exchange.OpenBody();
    const auto before = Clock::now();
    transcoder_.OnRequest(exchange);
    EXPECT_LE(*exchange.wanted_by(), Clock::now() + std::chrono::nanoseconds(1));
    EXPECT_GE(*exchange.wanted_by(), before);
    exchange.DelayBody();
    EXPECT_EQ(exchange.status(), 504);
  }
}

TEST_F(TranscoderTest, E1_E2_AnErrorHasItsStatusAndBody) {
  handler_->get = [](Context&, const Note&, Note&) { return Status::NotFound("no such note"); };
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 404);
  EXPECT_EQ(exchange.body(), R"({"code":5,"message":"no such note"})");
  EXPECT_EQ(exchange.content_length(), exchange.body().size());
}

TEST_F(TranscoderTest, E26_AnExceptionIsInternalWithoutItsText) {
  handler_->get = [](Context&, const Note&, Note&) -> Status {
    throw std::runtime_error("secret");
  };
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 500);
  EXPECT_EQ(exchange.body().find("secret"), std::string::npos);
  ASSERT_EQ(log_.size(), 1u);
  EXPECT_NE(log_[0].find("secret"), std::string::npos);
}

TEST_F(TranscoderTest, J50_AResponseWithoutJsonIsInternalAndLogged) {
  handler_->get = [](Context&, const Note&, Note& response) {
    response.set_text("\xff");
    return Status();
  };
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 500);
  ASSERT_EQ(log_.size(), 1u);
  EXPECT_NE(log_[0].find("text"), std::string::npos);
}

TEST_F(TranscoderTest, E16_HandlersHeadersGoOutButNotThoseOfTheConnection) {
  handler_->get = [](Context& context, const Note&, Note&) {
    EXPECT_TRUE(context.AddHeader("Location", "/v1/notes/b"));
    EXPECT_TRUE(context.AddHeader("transfer-encoding", "chunked"));
    EXPECT_TRUE(context.AddHeader("content-length", "1"));
    EXPECT_TRUE(context.AddHeader("key-bin", std::string_view("\0\xff", 2)));
    return Status();
  };
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.field("location"), "/v1/notes/b");
  EXPECT_EQ(exchange.field("transfer-encoding"), "");
  EXPECT_EQ(exchange.field("content-length"), "");
  EXPECT_EQ(exchange.field("key-bin"), "AP8");
}

TEST_F(TranscoderTest, E17_TrailersOfAUnaryCallOnlyWithTe) {
  handler_->get = [](Context& context, const Note&, Note&) {
    context.AddTrailer("cost", "3");
    return Status();
  };
  FakeExchange without("GET", "/v1/notes/a");
  Serve(without);
  EXPECT_EQ(without.end(), End::kRespond);
  FakeExchange with("GET", "/v1/notes/a", {{"te", "deflate, trailers;q=1"}});
  Serve(with);
  EXPECT_EQ(with.end(), End::kFinish);
  EXPECT_EQ(with.trailer("cost"), "3");
  EXPECT_EQ(with.content_length(), std::nullopt) << "HTTP/1.1 has trailers behind chunks alone";
  FakeExchange http2("GET", "/v1/notes/a", {{"te", "trailers"}}, 20);
  Serve(http2);
  EXPECT_EQ(http2.trailer("cost"), "3");
  EXPECT_EQ(http2.content_length(), http2.body().size());
  handler_->get = [](Context& context, const Note&, Note&) {
    context.AddTrailer("cost", "3");
    return Status::NotFound("none");
  };
  FakeExchange error("GET", "/v1/notes/a", {{"te", "trailers"}});
  Serve(error);
  EXPECT_EQ(error.status(), 404);
  EXPECT_EQ(error.trailer("cost"), "3");
}

TEST_F(TranscoderTest, E13_MetadataIsReadFromHeaders) {
  handler_->get = [](Context& context, const Note&, Note& response) {
    EXPECT_EQ(context.metadata("x-tenant"), "t1");
    EXPECT_EQ(context.metadata("blob-bin"), std::string_view("\0\xff", 2));
    EXPECT_EQ(context.metadata("other"), std::nullopt);
    EXPECT_EQ(context.peer(), "ipv4:127.0.0.1:1234");
    EXPECT_EQ(context.method(), "notes.Notes/Get");
    response.set_number(1);
    return Status();
  };
  FakeExchange exchange("GET", "/v1/notes/a", {{"X-Tenant", "t1"}, {"Blob-Bin", "AP8="}});
  Serve(exchange);
  EXPECT_EQ(exchange.body(), R"({"number":1})");
}

TEST_F(TranscoderTest, E13_BadBase64Is400) {
  FakeExchange exchange("GET", "/v1/notes/a", {{"blob-bin", "A*"}});
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 400);
}

TEST_F(TranscoderTest, E14_E16_OnlyMetadataTravelsOn) {
  std::vector<std::string> keys;
  handler_->get = [&](Context& context, const Note&, Note&) {
    context.request_metadata()->ForEach([&](std::string_view key, std::string_view value) {
      if (key == "x-forwarded-for") return;
      keys.push_back(std::string(key) + "=" + std::string(value));
    });
    return Status();
  };
  FakeExchange exchange("GET", "/v1/notes/a",
                        {{"Host", "h"},
                         {"Connection", "keep-alive, X-Hop,Hop-Bin"},
                         {"X-Hop", "1"},
                         {"Hop-Bin", "QQ"},
                         {"X-Name", "J\xc3\xb6rg"},
                         {"X-Tenant", "t1"},
                         {"Blob-Bin", "QQ"}});
  Serve(exchange);
  EXPECT_EQ(keys, (std::vector<std::string>{"x-tenant=t1", "blob-bin=A"}));
}

TEST_F(TranscoderTest, E11_BadTimeoutIs400) {
  FakeExchange exchange("GET", "/v1/notes/a", {{"grpc-timeout", "5 seconds"}});
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 400);
}

TEST_F(TranscoderTest, E11_NoTimerWithoutATimeout) {
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(runner_.timers_set(), 0u);
}

TEST_F(TranscoderTest, E11_ExpiryAnswers504WhileTheHandlerStillRuns) {
  FakeExchange exchange("GET", "/v1/notes/a", {{"grpc-timeout", "5S"}, {"x-tenant", "t1"}});
  handler_->get = [&](Context& context, const Note&, Note& response) {
    EXPECT_LE(context.deadline() - Clock::now(), std::chrono::seconds(5));
    runner_.FireTimers();
    EXPECT_TRUE(context.cancelled());
    EXPECT_EQ(exchange.status(), 504);
    // The exchange is gone; what the context views is not.
    EXPECT_EQ(context.metadata("x-tenant"), "t1");
    response.set_number(1);
    return Status();
  };
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 504);
  EXPECT_EQ(exchange.end(), End::kRespond);
}

TEST_F(TranscoderTest, E11_ACallThatIsInTimeIsAnswered) {
  FakeExchange exchange("GET", "/v1/notes/a", {{"x-request-timeout", "0.5"}});
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 200);
  runner_.FireTimers();
}

TEST_F(TranscoderTest, E12_APostedCallIsCancelledWhenTheClientGoes) {
  FakeExchange exchange("GET", "/v1/notes/a", {}, 20);  // HTTP/2, and not measured yet: posted
  bool cancelled = false;
  handler_->get = [&](Context& context, const Note&, Note&) {
    exchange.Leave();
    cancelled = context.cancelled();
    return Status::Cancelled("");
  };
  transcoder_.OnRequest(exchange);
  EXPECT_EQ(runner_.posted(), 1u);
  runner_.RunPosted();
  EXPECT_TRUE(cancelled);
  EXPECT_NE(exchange.end(), End::kNone);
}

TEST_F(TranscoderTest, E12_AWatchdogFindsOutForACallInPlace) {
  FakeExchange exchange("GET", "/v1/notes/a");
  bool cancelled = false;
  handler_->get = [&](Context& context, const Note&, Note&) {
    EXPECT_NE(runner_.holder(), nullptr);
    runner_.holder()->OnHeldLong();
    runner_.RunPosted();
    EXPECT_FALSE(context.cancelled());
    exchange.set_peer_gone();
    runner_.holder()->OnHeldLong();
    runner_.RunPosted();
    cancelled = context.cancelled();
    return Status::Cancelled("");
  };
  Serve(exchange);
  EXPECT_TRUE(cancelled);
}

TEST_F(TranscoderTest, Http2CallsRunInPlaceOnceTheyAreKnownToBeShort) {
  for (int i = 0; i < 2; ++i) {
    FakeExchange exchange("GET", "/v1/notes/a", {}, 20);
    transcoder_.OnRequest(exchange);
    EXPECT_EQ(runner_.posted(), i == 0 ? 1u : 0u);
    runner_.RunPosted();
    EXPECT_EQ(exchange.status(), 200);
  }
}

TEST_F(TranscoderTest, WithoutAThreadACallIs503WithRetryAfter) {
  runner_.Saturate();
  FakeExchange exchange("GET", "/v1/notes/a");
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 503);
  EXPECT_EQ(exchange.field("retry-after"), "1");
  EXPECT_NE(exchange.body().find("\"code\":8"), std::string::npos);
}

TEST_F(TranscoderTest, CancelAllReachesTheCallsInProgress) {
  FakeExchange exchange("GET", "/v1/notes/a");
  handler_->get = [&](Context& context, const Note&, Note&) {
    EXPECT_EQ(transcoder_.calls(), 1u);
    transcoder_.CancelAll();
    EXPECT_TRUE(context.cancelled());
    return Status::Cancelled("stopping");
  };
  Serve(exchange);
  EXPECT_EQ(exchange.status(), 499);
}

}  // namespace
}  // namespace protorest::transcode
