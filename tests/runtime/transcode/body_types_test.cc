// Bodies that are not JSON: google.api.HttpBody and protobuf binary, up and down (rules B9, B17,
// E6, E21).
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using mapping::Item;
using test::FakeExchange;
using test::Mapping;
using End = FakeExchange::End;

constexpr char kBytes[] = "\x89PNG\r\n\0\xff";
const std::string kImage(kBytes, sizeof kBytes - 1);

TEST(JsonBody, B5_OnlyAnObjectIsAMessage) {
  Mapping mapping;
  for (const char* body : {"[]", "7", "\"x\"", "true"}) {
    EXPECT_EQ(mapping.Status("POST", "/items", body), 400) << body;
    EXPECT_EQ(mapping.Status("PUT", "/as_server/a", body), 400) << body;
  }
}

TEST(JsonBody, B5_UnlessTheTypesJsonIsNoObject) {
  Mapping mapping;
  for (const std::string body : {"[1,{\"a\":null}]", "7", "\"x\"", "true", "null"}) {
    FakeExchange exchange("POST", "/values");
    exchange.Body(body);
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << body;
    EXPECT_EQ(exchange.body(), body);
  }
  FakeExchange time("POST", "/times");
  time.Body("\"2026-11-21T10:00:00Z\"");
  EXPECT_EQ(mapping.Serve(time).body(), "\"2026-11-21T10:00:00Z\"");
  EXPECT_EQ(mapping.Status("POST", "/times", "{}"), 400);
}

// What a method makes of no body at all, and of blanks: the same.
std::string AnswerToNothing(const std::string& method, const std::string& target) {
  std::string answer;
  for (const std::string body : {"", " \r\n"}) {
    Mapping mapping;
    FakeExchange exchange(method, target);
    if (!body.empty()) exchange.Body(body);
    const int status = mapping.Serve(exchange).status();
    EXPECT_TRUE(answer.empty() || status != 200 || answer == exchange.body()) << exchange.body();
    answer = status == 200 ? exchange.body() : std::to_string(status);
  }
  return answer;
}

// No body is {}, to types whose JSON may be something else too. A Value without a kind would be
// none.
TEST(JsonBody, B1_NothingIsAnEmptyObjectWhateverTheTypesJsonIs) {
  EXPECT_EQ(AnswerToNothing("POST", "/values"), "{}");
  EXPECT_EQ(AnswerToNothing("POST", "/times"), "400");
  EXPECT_EQ(AnswerToNothing("POST", "/forms"), "{}");
}

TEST(JsonBody, B1_AFieldOfAnyTypeIsLeftUnset) {
  EXPECT_EQ(AnswerToNothing("PUT", "/boxes/value"), "{}");
  EXPECT_EQ(AnswerToNothing("PUT", "/boxes/time"), "{}");
  EXPECT_EQ(AnswerToNothing("PUT", "/boxes/list"), "{}");
}

TEST(JsonBody, B4_NullLeavesAFieldUnsetButIsAValue) {
  const auto answer = [](const std::string& target, const std::string& body) {
    Mapping mapping;
    FakeExchange exchange("PUT", target);
    exchange.Body(body);
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << exchange.body();
    return exchange.body();
  };
  EXPECT_EQ(answer("/boxes/time", "null"), "{}");
  EXPECT_EQ(answer("/boxes/list", "null"), "{}");
  EXPECT_EQ(answer("/boxes/value", "null"), R"({"value":null})");  // rule J9
  EXPECT_EQ(answer("/boxes/value", "{}"), R"({"value":{}})");
}

// What a body says that is the default is not in the message: the text is asked.
TEST(JsonBody, P25_TheDefaultContradictsThePathToo) {
  Mapping mapping;
  for (const char* body : {R"({"id":""})", R"({"text":"id","i\u0064":""})",
                           R"({"inner":{"inner":{"id":""}},"id" : ""})"}) {
    EXPECT_EQ(mapping.Status("POST", "/strict/a", body), 400) << body;
    EXPECT_EQ(mapping.Status("POST", "/lenient/a", body), 200) << body;
  }
  for (const char* body :
       {R"({"inner":{"id":""}})", R"({"text":"id"})", R"({"id":null})", R"({"id":"a"})", "{}"}) {
    EXPECT_EQ(mapping.Status("POST", "/strict/a", body), 200) << body;
  }
  EXPECT_EQ(mapping.Status("PUT", "/strict/a", R"({"id":""})"), 200) << "another message";
}

TEST(JsonBody, P25_TheDefaultInABodyFieldContradictsThePathToo) {
  Mapping mapping;
  EXPECT_EQ(mapping.Status("PATCH", "/books/a", R"({"title":"t","id":""})"), 400);
  EXPECT_EQ(mapping.Status("PATCH", "/books/a", R"({"title":"t","author":{"name":"id"}})"), 200);
}

TEST(CustomVerbs, P29_AreVerbsLikeOthersAndAStarIsAnyVerb) {
  Mapping mapping;
  EXPECT_EQ(mapping.Status("PROPFIND", "/values", "1"), 200);
  for (const char* verb : {"GET", "POST", "BREW", "DELETE"}) {
    EXPECT_EQ(mapping.Status(verb, "/any_verb", "1"), 200) << verb;
  }
}

TEST(HttpBody, B17_TheWholeRequestIsTheBytesAndTheirType) {
  Mapping mapping;
  FakeExchange exchange("POST", "/files", {{"content-type", "image/png"}});
  exchange.Body(kImage);
  EXPECT_EQ(mapping.Serve(exchange).status(), 200);
  EXPECT_EQ(exchange.body(), kImage);  // rule E6
  EXPECT_EQ(exchange.field("content-type"), "image/png");
  EXPECT_EQ(exchange.content_length(), kImage.size());
}

TEST(HttpBody, B17_ABodyFieldIsTheBytesAndTheirType) {
  Mapping mapping;
  for (const std::string type :
       {"text/html; charset=latin1", "application/json", "multipart/form-data; boundary=x"}) {
    FakeExchange exchange("PUT", "/files/a%20b", {{"content-type", type}});
    exchange.Body("{<");
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << type;
    EXPECT_EQ(exchange.body(), "{<") << type;
    EXPECT_EQ(exchange.field("content-type"), type);
    EXPECT_EQ(exchange.field("x-name"), "a b");
  }
}

TEST(HttpBody, E25_OverAWebSocketItIsTheBytesAsTheyAre) {
  Mapping mapping;
  FakeExchange exchange("GET", "/pipe");
  exchange.AskForWebSocket().socket().Binary(kImage);
  exchange.socket().Text("{no JSON");
  exchange.socket().Text("");
  mapping.Serve(exchange);
  EXPECT_EQ(exchange.socket().sent(), (std::vector<std::string>{"b:" + kImage, "b:{no JSON"}));
  EXPECT_EQ(exchange.socket().code(), 1000);
}

TEST(HttpBody, E6_NoTypeIsBytes) {
  Mapping mapping;
  FakeExchange exchange("POST", "/files");
  exchange.Body("a");
  EXPECT_EQ(mapping.Serve(exchange).field("content-type"), "application/octet-stream");
  FakeExchange empty("PUT", "/files/a");
  EXPECT_EQ(mapping.Serve(empty).status(), 200);
  EXPECT_EQ(empty.body(), "");
}

TEST(HttpBody, E6_ATypeThatNoHeaderCanHaveIsNone) {
  Mapping mapping;
  for (const char* type : {"a\r\nb:c", " text/plain", "text/plain\x7f"}) {
    FakeExchange unary("POST", "/files", {{"content-type", type}});
    unary.Body("a");
    EXPECT_EQ(mapping.Serve(unary).field("content-type"), "application/octet-stream") << type;
  }
  FakeExchange stream("GET", "/downloads?chunks=a&type=a%0D%0Ab:c");
  EXPECT_EQ(mapping.Serve(stream).field("content-type"), "application/octet-stream");
  EXPECT_EQ(stream.body(), "a");
}

TEST(HttpBody, E6_AcceptDoesNotChooseTheType) {
  Mapping mapping;
  FakeExchange exchange("POST", "/files",
                        {{"content-type", "image/png"}, {"accept", "application/json"}});
  exchange.Body(kImage);
  EXPECT_EQ(mapping.Serve(exchange).field("content-type"), "image/png");
}

TEST(HttpBody, B17_ATypeThatIsNoUtf8Is400) {
  Mapping mapping;
  for (const char* path : {"/files", "/uploads/a"}) {
    FakeExchange exchange("POST", path, {{"content-type", "text/\xff"}});
    exchange.Body(kImage);
    EXPECT_EQ(mapping.Serve(exchange).status(), 400) << path;
  }
}

TEST(HttpBody, B17_EveryPieceOfAStreamIsAMessage) {
  Mapping mapping;
  FakeExchange exchange("POST", "/uploads/a", {{"content-type", "text/plain"}});
  exchange.Pieces({"one,", "two,", "three"});
  mapping.Serve(exchange);
  EXPECT_EQ(
      exchange.body(),
      R"({"name":"a","chunks":3,"data":"b25lLHR3byx0aHJlZQ==","contentTypes":["text/plain"]})");
}

TEST(HttpBody, B17_AnEmptyStreamIsOneMessageWithWhatThePathSays) {
  Mapping mapping;
  FakeExchange exchange("POST", "/uploads/a");
  EXPECT_EQ(mapping.Serve(exchange).body(), R"({"name":"a","chunks":1,"contentTypes":[""]})");
}

TEST(HttpBody, B17_AnEmptyBodyHasItsTypeToo) {
  Mapping mapping;
  for (const auto& [method, path] :
       {std::pair("POST", "/files"), {"PUT", "/files/a"}, {"POST", "/pipe"}}) {
    FakeExchange exchange(method, path, {{"content-type", "text/css"}, {"content-length", "0"}});
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << path;
    EXPECT_EQ(exchange.field("content-type"), "text/css") << path;
  }
  FakeExchange field("POST", "/uploads/a", {{"content-type", "text/css"}});
  EXPECT_EQ(mapping.Serve(field).body(), R"({"name":"a","chunks":1,"contentTypes":["text/css"]})");
}

TEST(HttpBody, E6_AStreamHasTheFirstMessagesTypeAndNothingBetween) {
  Mapping mapping;
  FakeExchange exchange("GET", "/downloads?chunks=a,&chunks=b&type=text/csv");
  EXPECT_EQ(mapping.Serve(exchange).end(), End::kFinish);
  EXPECT_EQ(exchange.field("content-type"), "text/csv");
  EXPECT_EQ(exchange.body(), "a,b");
  EXPECT_EQ(exchange.writes(), 2) << "each chunk is sent as it is written";
}

TEST(HttpBody, E8_AStreamOfNothingIsEmpty) {
  Mapping mapping;
  FakeExchange exchange("GET", "/downloads");
  EXPECT_EQ(mapping.Serve(exchange).status(), 200);
  EXPECT_EQ(exchange.content_length(), 0u);
}

TEST(HttpBody, E9_E10_ErrorsAreToldApartFromData) {
  Mapping mapping;
  FakeExchange early("GET", "/downloads?fail=true");
  EXPECT_EQ(mapping.Serve(early).status(), 503);
  EXPECT_EQ(early.field("content-type"), "application/json");
  FakeExchange late("GET", "/downloads?chunks=a&fail=true");
  EXPECT_EQ(mapping.Serve(late).end(), End::kAbort);
}

// Protobuf binary.

const FakeExchange::Fields kProtobuf = {{"content-type", "application/x-protobuf"}};

Item SomeItem() {
  Item item;
  item.set_id("a");
  item.set_number(7);
  item.mutable_inner()->set_text("t");
  return item;
}

TEST(ProtobufBody, B9_IsReadByContentType) {
  Mapping mapping;
  for (const std::string type : {"application/x-protobuf", "application/protobuf"}) {
    FakeExchange exchange("POST", "/items", {{"content-type", type}});
    exchange.Body(SomeItem().SerializeAsString());
    EXPECT_EQ(mapping.Serve(exchange).status(), 201) << type;
    EXPECT_EQ(exchange.body(), R"({"id":"a","number":7,"inner":{"text":"t"}})");
  }
}

TEST(ProtobufBody, B9_IsReadIntoABodyField) {
  Mapping mapping;
  FakeExchange exchange("PUT", "/as_server/b", kProtobuf);
  exchange.Body(SomeItem().SerializeAsString());
  EXPECT_EQ(mapping.Serve(exchange).body(),
            R"({"id":"b","inner":{"id":"a","number":7,"inner":{"text":"t"}}})");
}

TEST(ProtobufBody, B9_AFieldThatIsNoMessageHasNoBinaryForm) {
  Mapping mapping;
  FakeExchange exchange("POST", "/numbers", kProtobuf);
  exchange.Body("\x08\x07");
  EXPECT_EQ(mapping.Serve(exchange).status(), 415);
  EXPECT_EQ(exchange.field("accept-post"), "application/json");
}

TEST(ProtobufBody, B9_WhatIsNoMessageIs400) {
  Mapping mapping;
  FakeExchange exchange("POST", "/items", kProtobuf);
  exchange.Body("\x0a\xff");
  EXPECT_EQ(mapping.Serve(exchange).status(), 400);
  EXPECT_NE(exchange.body().find("mapping.Item"), std::string::npos);
  FakeExchange not_utf8("POST", "/items", kProtobuf);
  not_utf8.Body("\x0a\x01\xff");
  EXPECT_EQ(mapping.Serve(not_utf8).status(), 400);  // rule B10
}

TEST(ProtobufBody, B9_IsWrittenByAccept) {
  Mapping mapping;
  for (const std::string type : {"application/x-protobuf", "application/protobuf"}) {
    FakeExchange exchange("POST", "/items", {{"accept", type + ", application/json;q=0.5"}});
    exchange.Body(R"({"id":"a","number":7,"inner":{"text":"t"}})");
    mapping.Serve(exchange);
    EXPECT_EQ(exchange.field("content-type"), type);
    Item item;
    ASSERT_TRUE(item.ParseFromString(exchange.body()));
    EXPECT_EQ(item.SerializeAsString(), SomeItem().SerializeAsString());
  }
}

TEST(ProtobufBody, E21_JsonIsWrittenUnlessBinaryIsLikedBetter) {
  Mapping mapping;
  const auto type = [&](const std::string& path, const std::string& accept) {
    FakeExchange exchange("POST", path, {{"accept", accept}});
    return mapping.Serve(exchange).field("content-type");
  };
  for (const char* accept :
       {"*/*", "application/*", "application/json, application/x-protobuf",
        "application/x-protobuf;q=0.5, application/json", "text/html, */*;q=0.1"}) {
    EXPECT_EQ(type("/items", accept), "application/json") << accept;
  }
  EXPECT_EQ(type("/items", "application/json;q=0.1, application/x-protobuf"),
            "application/x-protobuf");
  // A number has no binary form of its own.
  EXPECT_EQ(type("/numbers", "application/x-protobuf, application/json;q=0.1"), "application/json");
}

TEST(ProtobufBody, E21_NothingAcceptableIs406) {
  Mapping mapping;
  const auto status = [&](const std::string& path, const std::string& accept) {
    FakeExchange exchange("POST", path, {{"accept", accept}});
    return mapping.Serve(exchange).status();
  };
  EXPECT_EQ(status("/items", "text/html"), 406);
  EXPECT_EQ(status("/numbers", "application/x-protobuf"), 406);
}

TEST(ProtobufBody, E2_ErrorsAreGoogleRpcStatusThen) {
  Mapping mapping;
  FakeExchange exchange("POST", "/items?nope=1", {{"accept", "application/x-protobuf"}});
  EXPECT_EQ(mapping.Serve(exchange).status(), 400);
  EXPECT_EQ(exchange.field("content-type"), "application/x-protobuf");
  google::rpc::Status status;
  ASSERT_TRUE(status.ParseFromString(exchange.body()));
  EXPECT_EQ(status.code(), 3);
  google::rpc::BadRequest details;
  ASSERT_TRUE(status.details(0).UnpackTo(&details));
  EXPECT_EQ(details.field_violations(0).field(), "nope");
}

TEST(ProtobufBody, B13_StreamsHaveNoBinaryForm) {
  Mapping mapping;
  FakeExchange answer("GET", "/items:watch", {{"accept", "application/x-protobuf"}});
  EXPECT_EQ(mapping.Serve(answer).status(), 406);
}

}  // namespace
}  // namespace protorest::transcode
