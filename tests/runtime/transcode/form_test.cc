// Bodies of HTML forms into messages: application/x-www-form-urlencoded by the rules of the query,
// multipart/form-data by rule B18.
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

const FakeExchange::Fields kUrlEncoded = {{"content-type", "application/x-www-form-urlencoded"}};
const FakeExchange::Fields kMultipart = {{"content-type", "multipart/form-data; boundary=cut"}};

std::string Part(const std::string& name, const std::string& value,
                 const std::string& more_head = "") {
  return "--cut\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more_head + "\r\n\r\n" +
         value + "\r\n";
}

class FormTest : public testing::Test {
 protected:
  // The response: the message as it was read, or the error.
  std::string Post(const std::string& target, const std::string& form) {
    FakeExchange exchange("POST", target, kUrlEncoded);
    exchange.Body(form);
    mapping_.Serve(exchange);
    status_ = exchange.status();
    return exchange.body();
  }
  std::string PostParts(const std::string& target, const std::string& parts) {
    FakeExchange exchange("POST", target, kMultipart);
    exchange.Body(parts + "--cut--\r\n");
    mapping_.Serve(exchange);
    status_ = exchange.status();
    return exchange.body();
  }

  Mapping mapping_;
  int status_ = 0;
};

TEST_F(FormTest, B18_UrlEncodedFieldsAreReadLikeAQuery) {
  EXPECT_EQ(Post("/forms",
                 "text=a+b%26c&number=-7&flag=true&data=AQI&color=COLOR_RED"
                 "&at=2026-11-21T10:00:00Z&tags=x&tags=y&nested.text=n&counts[k]=1"),
            R"({"text":"a b&c","number":-7,"flag":true,"data":"AQI=","color":"COLOR_RED",)"
            R"("at":"2026-11-21T10:00:00Z","tags":["x","y"],"nested":{"text":"n"},)"
            R"("counts":{"k":1}})");
}

TEST_F(FormTest, B18_UrlEncodedIntoABodyField) {
  EXPECT_EQ(Post("/outer/forms?text=q", "text=a&nested.number=1"),
            R"({"text":"q","nested":{"text":"a","nested":{"number":1}}})");
}

TEST_F(FormTest, Q5_Q7_Q10_Q19_TheQuerysRulesHold) {
  for (const char* form :
       {"number=1&number=2", "nope=1", "number=", "one=1&two=2", "text=%zz", "nested=x", "key=1"}) {
    Post("/forms", form);
    EXPECT_EQ(status_, 400) << form;
  }
  EXPECT_NE(Post("/forms", "numbr=1").find("did you mean \\\"number\\\""), std::string::npos);
}

TEST_F(FormTest, Q7_ALenientMethodPassesOverUnknownFields) {
  EXPECT_EQ(Post("/lenient_forms", "text=a&nope=1"), R"({"text":"a"})");
  EXPECT_EQ(PostParts("/lenient_forms", Part("text", "a") + Part("nope", "1")), R"({"text":"a"})");
}

TEST_F(FormTest, P25_ThePathIsNotToBeContradicted) {
  EXPECT_EQ(Post("/forms/a", "number=1&text=a"), R"({"text":"a","number":1})");
  Post("/forms/a", "text=b");
  EXPECT_EQ(status_, 400);
  for (const char* form : {"text=", "number=1&te%78t="}) {
    Post("/forms/a", form);
    EXPECT_EQ(status_, 400) << form;
  }
  PostParts("/forms/a", Part("number", "1") + Part("text", ""));
  EXPECT_EQ(status_, 400);
  // Of other messages.
  EXPECT_EQ(Post("/forms/a", "nested.text="), R"({"text":"a","nested":{}})");
  EXPECT_EQ(PostParts("/forms/a", Part("nested.text", "")), R"({"text":"a","nested":{}})");
}

TEST_F(FormTest, B9_JsonThatIsSentAsAFormIsToldSo) {
  const std::string body = Post("/forms", R"({"text":"a"})");
  EXPECT_EQ(status_, 400);
  EXPECT_NE(body.find("Content-Type: application/json"), std::string::npos);
}

TEST_F(FormTest, B1_AnEmptyFormIsAnEmptyMessage) {
  EXPECT_EQ(Post("/forms", ""), "{}");
  EXPECT_EQ(PostParts("/forms", ""), "{}");
}

TEST_F(FormTest, B18_EachPartGoesToTheFieldOfItsName) {
  EXPECT_EQ(
      PostParts("/forms", Part("text", "a\r\nb") + Part("number", "7") +
                              Part("data", std::string("\0\xff", 2)) + Part("tags", "x") +
                              Part("tags", "y") + Part("at", "2026-11-21T10:00:00Z") +
                              Part("nested", R"({"text":"n"})", "\r\nContent-Type: text/json") +
                              Part("nested.number", "1") + Part("counts[k]", "2")),
      R"({"text":"a\r\nb","number":7,"data":"AP8=","at":"2026-11-21T10:00:00Z","tags":["x","y"],)"
      R"("nested":{"text":"n","number":1},"counts":{"k":2}})");
}

TEST_F(FormTest, B18_APartForAnHttpBodyKeepsItsType) {
  EXPECT_EQ(
      PostParts("/forms", Part("file", "<p>", "; filename=\"a.html\"\r\nContent-Type: text/html") +
                              Part("files", "1") + Part("files", "2")),
      R"({"file":{"contentType":"text/html","data":"PHA+"},)"
      R"("files":[{"data":"MQ=="},{"data":"Mg=="}]})");
}

TEST_F(FormTest, Q5_APartIsNotOverwrittenByAnother) {
  const std::string whole = Part("nested", R"({"text":"n"})");
  for (const std::string& parts :
       {Part("nested.number", "1") + whole, whole + whole, whole + Part("nested.text", "m")}) {
    PostParts("/forms", parts);
    EXPECT_EQ(status_, 400) << parts;
  }
  EXPECT_EQ(PostParts("/forms", whole + Part("nested.number", "1")),
            R"({"nested":{"text":"n","number":1}})");
}

TEST_F(FormTest, B17_APartsTypeThatIsNoUtf8Is400) {
  PostParts("/forms", Part("file", "x", "\r\nContent-Type: text/\xff"));
  EXPECT_EQ(status_, 400);
}

TEST_F(FormTest, B18_PartsForRepeatedMessagesAreJsonOfOneEach) {
  EXPECT_EQ(PostParts("/forms", Part("items", R"({"id":"a"})") + Part("items", R"({"id":"b"})")),
            R"({"items":[{"id":"a"},{"id":"b"}]})");
}

TEST_F(FormTest, B18_WhatDoesNotFitIs400WithItsField) {
  for (const auto& [parts, field] : std::initializer_list<std::pair<std::string, const char*>>{
           {Part("number", "x"), "number"},
           {Part("nope", "x"), "nope"},
           {Part("nested", "{"), "nested"},
           {Part("nested", R"({"number":"x"})"), "nested"},
           {Part("text", "1") + Part("text", "2"), "text"},
           {Part("one", "1") + Part("two", "2"), "two"},
           {Part("text", "\xff"), "text"}}) {
    const std::string body = PostParts("/forms", parts);
    EXPECT_EQ(status_, 400) << parts;
    EXPECT_NE(body.find(std::string(R"("field":")") + field), std::string::npos) << body;
  }
}

TEST_F(FormTest, B18_EveryViolationInAPartsJsonIsTold) {
  const std::string body =
      PostParts("/forms", Part("nested", R"({"number":"x","tags":[1]})") + Part("items", "{}") +
                              Part("items", R"({"inner":{"number":true}})") + Part("any", "7"));
  EXPECT_EQ(status_, 400);
  for (const char* field : {"nested.number", "nested.tags[0]", "items[1].inner.number", "any"}) {
    EXPECT_NE(body.find(R"("field":")" + std::string(field) + '"'), std::string::npos) << body;
  }
}

TEST_F(FormTest, B9_AFieldThatIsNoMessageTakesNoForms) {
  Post("/numbers", "7");
  EXPECT_EQ(status_, 415);
}

TEST_F(FormTest, B18_FilesAreChunksOfAStream) {
  const std::string head =
      "--cut\r\nContent-Disposition: form-data; name=f; filename=a\r\n"
      "Content-Type: text/csv\r\n\r\n";
  FakeExchange exchange("POST", "/uploads/a", kMultipart);
  exchange.Pieces({head, "1,2", ",3\r", "\n" + Part("g", "4", "; filename=b") + "--cut--"});
  EXPECT_EQ(mapping_.Serve(exchange).body(),
            R"({"name":"a","chunks":3,"data":"MSwyLDM0","contentTypes":["text/csv",""]})");
}

TEST_F(FormTest, B18_AStreamOfFilesHasNoOtherParts) {
  PostParts("/uploads/a", Part("text", "x"));
  EXPECT_EQ(status_, 400);
  EXPECT_EQ(PostParts("/lenient_uploads/a", Part("text", "x") + Part("f", "1", "; filename=b")),
            R"({"name":"a","chunks":1,"data":"MQ==","contentTypes":[""]})");
}

TEST_F(FormTest, B18_AFormThatBreaksOffIs400) {
  FakeExchange exchange("POST", "/uploads/a", kMultipart);
  exchange.Pieces({Part("f", "1", "; filename=b")});
  EXPECT_EQ(mapping_.Serve(exchange).status(), 400);
}

}  // namespace
}  // namespace protorest::transcode
