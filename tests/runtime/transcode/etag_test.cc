// Entity tags and conditional GETs.
#include "transcode/etag.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

TEST(Etag, IsOfTheBytes) {
  EXPECT_EQ(WeakTag(""), "W/\"cbf29ce484222325\"");
  EXPECT_EQ(WeakTag("a"), "W/\"af63dc4c8601ec8c\"");  // FNV-1a's own test vector
}

TEST(Etag, IsFoundInListsWeakOrStrong) {
  for (const char* list : {"\"a\"", "W/\"a\"", "\"x\", W/\"a\"", "W/\"x,y\",\"a\"", "*", " * "}) {
    EXPECT_TRUE(NamesTag(list, "W/\"a\"")) << list;
    EXPECT_TRUE(NamesTag(list, "\"a\"")) << list;
  }
  for (const char* list : {"", "a", "\"b\"", "\"a", "\"aa\", \"\"", "\"x\"a\"y\""}) {
    EXPECT_FALSE(NamesTag(list, "W/\"a\"")) << list;
  }
}

class EtagTest : public testing::Test {
 protected:
  // Serves a GET; the exchange's own members say what came.
  static FakeExchange::Fields IfNoneMatch(const std::string& tag) {
    return tag.empty() ? FakeExchange::Fields() : FakeExchange::Fields{{"if-none-match", tag}};
  }

  Mapping mapping_;
};

TEST_F(EtagTest, AGetByOptionIsTaggedAndThen304) {
  FakeExchange first("GET", "/tagged/a");
  EXPECT_EQ(mapping_.Serve(first).status(), 200);
  const std::string tag = first.field("etag");
  EXPECT_EQ(tag, WeakTag(R"({"id":"a"})"));
  for (const char* method : {"GET", "HEAD"}) {
    FakeExchange again(method, "/tagged/a", IfNoneMatch(tag));
    EXPECT_EQ(mapping_.Serve(again).status(), 304);
    EXPECT_EQ(again.field("etag"), tag);
    EXPECT_EQ(again.field("content-type"), "");
    EXPECT_EQ(again.body(), "");
  }
  FakeExchange other("GET", "/tagged/b", IfNoneMatch(tag));
  EXPECT_EQ(mapping_.Serve(other).status(), 200);
}

TEST_F(EtagTest, SeveralFieldsAreOneList) {
  FakeExchange exchange("GET", "/tagged/a",
                        {{"if-none-match", "\"x\""}, {"If-None-Match", WeakTag(R"({"id":"a"})")}});
  EXPECT_EQ(mapping_.Serve(exchange).status(), 304);
}

TEST_F(EtagTest, EachFormHasItsOwnTag) {
  FakeExchange json("GET", "/tagged/a");
  FakeExchange binary("GET", "/tagged/a", {{"accept", "application/x-protobuf"}});
  EXPECT_NE(mapping_.Serve(json).field("etag"), mapping_.Serve(binary).field("etag"));
  EXPECT_EQ(json.field("vary"), "accept");
  EXPECT_EQ(binary.field("vary"), "accept");
  FakeExchange untagged("GET", "/as_server/a");
  EXPECT_EQ(mapping_.Serve(untagged).field("vary"), "");
}

TEST_F(EtagTest, OtherMethodsAndVerbsAndErrorsAreNotTagged) {
  FakeExchange plain("GET", "/as_server/a", IfNoneMatch("*"));
  EXPECT_EQ(mapping_.Serve(plain).status(), 200);
  EXPECT_EQ(plain.field("etag"), "");
  FakeExchange post("POST", "/tagged/a", IfNoneMatch("*"));
  EXPECT_EQ(mapping_.Serve(post).status(), 200);
  EXPECT_EQ(post.field("etag"), "");
  mapping_.handler->outcome = [](Context&) { return Status::NotFound("no"); };
  FakeExchange error("GET", "/tagged/a", IfNoneMatch("*"));
  EXPECT_EQ(mapping_.Serve(error).status(), 404);
}

TEST_F(EtagTest, AHandlersOwnTagGoesFirstAndNeedsNoOption) {
  mapping_.handler->outcome = [](Context& context) {
    context.AddHeader("etag", "\"v1\"");
    return Status();
  };
  for (const char* path : {"/tagged/a", "/as_server/a"}) {
    FakeExchange fresh("GET", path);
    EXPECT_EQ(mapping_.Serve(fresh).status(), 200);
    EXPECT_EQ(fresh.field("etag"), "\"v1\"");
    FakeExchange known("GET", path, IfNoneMatch("W/\"v1\""));
    EXPECT_EQ(mapping_.Serve(known).status(), 304);
  }
}

TEST_F(EtagTest, IfMatchReachesTheHandler) {
  mapping_.handler->outcome = [](Context& context) {
    return context.metadata("if-match") == "\"v1\"" ? Status() : Status::Aborted("changed");
  };
  FakeExchange right("PUT", "/as_server/a", {{"If-Match", "\"v1\""}});
  EXPECT_EQ(mapping_.Serve(right).status(), 200);
  FakeExchange wrong("PUT", "/as_server/a", {{"If-Match", "\"v2\""}});
  EXPECT_EQ(mapping_.Serve(wrong).status(), 409);
}

}  // namespace
}  // namespace protorest::transcode
