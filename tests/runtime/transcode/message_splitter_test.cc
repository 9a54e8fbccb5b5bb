// The splitter: every form of a client stream, cut at every byte.
#include "transcode/message_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace protorest::transcode {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Framing = MessageSplitter::Framing;
using Step = MessageSplitter::Step;

struct Outcome {
  std::vector<std::string> messages;
  Status status;

  bool operator==(const Outcome&) const = default;
};

// Takes all that the splitter has now; false once it has ended.
bool Drain(MessageSplitter& splitter, Outcome& outcome) {
  std::string_view message;
  while (true) {
    switch (splitter.Next(message)) {
      case Step::kMessage:
        outcome.messages.emplace_back(message);
        break;
      case Step::kNeedMore:
        return true;
      case Step::kEnd:
        return false;
      case Step::kError:
        outcome.status = splitter.status();
        return false;
    }
  }
}

Outcome SplitInto(const std::vector<std::string>& pieces, const MessageSplitter::Options& options) {
  MessageSplitter splitter(options);
  Outcome outcome;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    splitter.Feed(pieces[i], i + 1 == pieces.size());
    if (!Drain(splitter, outcome)) break;
  }
  return outcome;
}

// Splits the body whole, cut in two at every point, and byte by byte: all must agree.
Outcome Split(const std::string& body, const MessageSplitter::Options& options = {}) {
  const Outcome whole = SplitInto({body}, options);
  for (std::size_t i = 0; i <= body.size(); ++i) {
    EXPECT_EQ(SplitInto({body.substr(0, i), body.substr(i)}, options), whole) << i << " " << body;
  }
  std::vector<std::string> bytes;
  for (const char c : body) bytes.emplace_back(1, c);
  bytes.emplace_back();
  EXPECT_EQ(SplitInto(bytes, options), whole) << body;
  return whole;
}

std::vector<std::string> Messages(const std::string& body,
                                  const MessageSplitter::Options& options = {}) {
  const Outcome outcome = Split(body, options);
  EXPECT_TRUE(outcome.status.ok()) << body << ": " << outcome.status.message();
  return outcome.messages;
}

std::string Error(const std::string& body, const MessageSplitter::Options& options = {}) {
  const Status status = Split(body, options).status;
  EXPECT_EQ(status.code(), Code::kInvalidArgument) << body;
  return status.message();
}

TEST(MessageSplitter, B13_Ndjson) {
  EXPECT_THAT(Messages("{\"a\":1}\n{\"b\":[2,{}]}\r\n\n{}"),
              ElementsAre("{\"a\":1}", "{\"b\":[2,{}]}", "{}"));
}

TEST(MessageSplitter, B13_ConcatenatedValues) {
  EXPECT_THAT(Messages("{}{\"a\":\"}{\"}  {}"), ElementsAre("{}", "{\"a\":\"}{\"}", "{}"));
  EXPECT_THAT(Messages("{\n\"a\": 1\n}\n{}"), ElementsAre("{\n\"a\": 1\n}", "{}"));
}

TEST(MessageSplitter, B13_Array) {
  EXPECT_THAT(Messages(" [ {\"a\":[1]} ,{},\n\"x\", 1.5e3 ,null,[]] \n"),
              ElementsAre("{\"a\":[1]}", "{}", "\"x\"", "1.5e3", "null", "[]"));
  EXPECT_THAT(Messages("[1]"), ElementsAre("1"));
}

TEST(MessageSplitter, B13_NoMessages) {
  EXPECT_THAT(Messages(""), ElementsAre());
  EXPECT_THAT(Messages(" \n"), ElementsAre());
  EXPECT_THAT(Messages("[ ]"), ElementsAre());
}

TEST(MessageSplitter, B13_NdjsonByContentTypeTakesArraysForValues) {
  EXPECT_THAT(Messages("[1,2]\n[]", {.framing = Framing::kValues}), ElementsAre("[1,2]", "[]"));
}

TEST(MessageSplitter, ScalarsAndStrings) {
  EXPECT_THAT(Messages("1 \"a\\\"b\\\\\"true\n-2"),
              ElementsAre("1", "\"a\\\"b\\\\\"", "true", "-2"));
  EXPECT_THAT(Messages("{\"\\\\\":\"\\u005d\\\"\"}7"),
              ElementsAre("{\"\\\\\":\"\\u005d\\\"\"}", "7"));
}

TEST(MessageSplitter, GarbageBetweenValues) {
  EXPECT_THAT(Error("{},{}"), HasSubstr("message 2 of the stream: found \",\""));
  EXPECT_THAT(Error("{}]"), HasSubstr("\"]\""));
  EXPECT_THAT(Error("}"), HasSubstr("\"}\""));
  EXPECT_THAT(Error("[{}{}]"), HasSubstr("\",\" or \"]\" was expected"));
  EXPECT_THAT(Error("[{}] {}"), HasSubstr("behind the array's end"));
  EXPECT_THAT(Error("[{}]]"), HasSubstr("behind the array's end"));
  EXPECT_THAT(Error("[1\x01 2]"), HasSubstr("found \"2\""));
  EXPECT_THAT(Error(std::string("[{}\x01]")), HasSubstr("byte 0x01"));
}

TEST(MessageSplitter, CommasOutOfPlace) {
  EXPECT_THAT(Error("[{},]"), HasSubstr("found \"]\" where a value was expected"));
  EXPECT_THAT(Error("[,{}]"), HasSubstr("found \",\""));
  EXPECT_THAT(Error("[{},,{}]"), HasSubstr("found \",\""));
}

TEST(MessageSplitter, TruncatedEnd) {
  EXPECT_THAT(Error("{\"a\":1}\n{\"a"),
              HasSubstr("message 2 of the stream: the body ends within it"));
  EXPECT_THAT(Error("\"a\\"), HasSubstr("ends within it"));
  EXPECT_THAT(Error("[{}"), HasSubstr("ends within the array"));
  EXPECT_THAT(Error("[{},"), HasSubstr("ends within the array"));
  EXPECT_THAT(Error("["), HasSubstr("ends within the array"));
}

TEST(MessageSplitter, MessagesBeforeAnErrorAreYielded) {
  EXPECT_THAT(Split("[{},{\"a\":1}").messages, ElementsAre("{}", "{\"a\":1}"));
}

TEST(MessageSplitter, B14_MessageBeyondTheLimit) {
  const MessageSplitter::Options options{.max_message_bytes = 8};
  EXPECT_THAT(Messages("{\"a\":12}   {\"a\":34}", options),
              ElementsAre("{\"a\":12}", "{\"a\":34}"));
  const Outcome outcome = Split("{}{\"a\":123}", options);
  EXPECT_EQ(outcome.status.code(), Code::kResourceExhausted);
  EXPECT_THAT(outcome.status.message(),
              HasSubstr("message 2 of the stream is larger than 8 bytes"));
}

TEST(MessageSplitter, B14_HoldsNoMoreThanTheLimit) {
  MessageSplitter splitter({.max_message_bytes = 100});
  std::string_view message;
  const std::string first = "\"" + std::string(59, 'a');
  const std::string second(60, 'a');
  splitter.Feed(first, false);
  EXPECT_EQ(splitter.Next(message), Step::kNeedMore);
  splitter.Feed(second, false);
  EXPECT_EQ(splitter.Next(message), Step::kError);
  EXPECT_TRUE(splitter.too_large());
  EXPECT_EQ(splitter.Next(message), Step::kError);
}

TEST(MessageSplitter, B15_Depth) {
  const MessageSplitter::Options options{.max_depth = 3};
  EXPECT_THAT(Messages("[[[[]]]]", options),
              ElementsAre("[[[]]]"));  // the array is not the message's
  EXPECT_THAT(Error("{\"a\":[[{}]]}", options), HasSubstr("deeper than 3"));
}

TEST(MessageSplitter, AMessageWithinAPieceIsNotCopied) {
  MessageSplitter splitter({});
  const std::string piece = "{\"a\":1}{\"b\"";
  splitter.Feed(piece, false);
  std::string_view message;
  ASSERT_EQ(splitter.Next(message), Step::kMessage);
  EXPECT_EQ(message.data(), piece.data());
  EXPECT_EQ(splitter.Next(message), Step::kNeedMore);
}

}  // namespace
}  // namespace protorest::transcode
