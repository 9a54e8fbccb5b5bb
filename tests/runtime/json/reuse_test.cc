// Reading into a message that was used before: its memory is kept, nothing else is.
#include <google/protobuf/arena.h>
#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "kinds.json.pb.h"

namespace protorest::json {
namespace {

using test::Kinds;

constexpr char kFull[] =
    R"({"anInt32":1,"aString":"old","child":{"aString":"old","child":{"anInt32":2}},)"
    R"("numbers":[1,2],"children":[{"anInt32":3},{"child":{"aString":"old"}},{"anInt32":5}],)"
    R"("counts":{"old":1},"byFlag":{"true":{"aString":"old"}},"time":"2026-01-02T03:04:05Z",)"
    R"("wrappedText":"old","struct":{"old":1},"any":{"@type":"a/protorest.test.Kinds"}})";

// What each test reads into: a message on the heap, and one on an arena.
class Reuse : public testing::TestWithParam<bool> {
 protected:
  Reuse() { EXPECT_TRUE(Read(kFull, &message_)); }

  // What `text` reads as, over what was there.
  std::string Over(std::string_view text) {
    EXPECT_TRUE(Read(text, &message_)) << text;
    return Write(message_);
  }

  google::protobuf::Arena arena_;
  Kinds on_heap_;
  Kinds& message_ = GetParam() ? *google::protobuf::Arena::CreateMessage<Kinds>(&arena_) : on_heap_;
};

INSTANTIATE_TEST_SUITE_P(Messages, Reuse, testing::Bool(),
                         [](const auto& info) { return info.param ? "OnAnArena" : "OnTheHeap"; });

TEST_P(Reuse, MessagesInAMessageKeepTheirPlace) {
  const Kinds* const child = &message_.child();
  const Kinds* const grandchild = &message_.child().child();
  const Kinds* const in_element = &message_.children(1).child();
  const auto* const time = &message_.time();
  constexpr char kNew[] = R"({"child":{"child":{"aBool":true}},"children":[{},{"child":{}}],)"
                          R"("time":"1970-01-01T00:00:00Z"})";
  EXPECT_EQ(Over(kNew), kNew);
  EXPECT_EQ(&message_.child(), child);
  EXPECT_EQ(&message_.child().child(), grandchild);
  EXPECT_EQ(&message_.children(1).child(), in_element);
  EXPECT_EQ(&message_.time(), time);
}

TEST_P(Reuse, WhatIsNotThereIsNotSet) { EXPECT_EQ(Over("{}"), "{}"); }

TEST_P(Reuse, WhatIsNullIsNotSet) {
  EXPECT_EQ(Over(R"({"child":null,"children":null,"time":null,"wrappedText":null})"), "{}");
}

TEST_P(Reuse, EmptyMessagesAreEmpty) {
  EXPECT_EQ(Over(R"({"child":{},"wrappedText":"","any":{},"struct":{}})"),
            R"({"child":{},"struct":{},"any":{},"wrappedText":""})");
}

TEST_P(Reuse, AListEndsWhereTheTextsDoes) {
  EXPECT_EQ(Over(R"({"children":[{"aBool":true}]})"), R"({"children":[{"aBool":true}]})");
  EXPECT_EQ(Over(R"({"children":[]})"), "{}");
  EXPECT_EQ(Over(R"({"children":[{},{},{},{},{}]})"), R"({"children":[{},{},{},{},{}]})");
}

TEST_P(Reuse, UnknownFieldsOfBinaryGo) {
  const auto unknown = [](Kinds* kinds) {
    return kinds->GetReflection()->MutableUnknownFields(kinds);
  };
  const auto everywhere = [&] {
    return std::array{unknown(&message_), unknown(message_.mutable_child()),
                      unknown(message_.mutable_children(0))};
  };
  for (auto* fields : everywhere()) fields->AddVarint(1000000, 1);
  EXPECT_EQ(Over(R"({"child":{},"children":[{}]})"), R"({"child":{},"children":[{}]})");
  for (auto* fields : everywhere()) EXPECT_TRUE(fields->empty());
}

TEST_P(Reuse, AnErrorLeavesNothingForTheNextText) {
  EXPECT_FALSE(
      Read(R"({"child":{"child":{"anInt32":"x"}},"children":[{"aString":"s"},)", &message_));
  EXPECT_EQ(Over(R"({"child":{"child":{}},"children":[{}]})"),
            R"({"child":{"child":{}},"children":[{}]})");
}

TEST(ReuseOnAnArena, MessagesThatItOwnsAreItsToFree) {
  google::protobuf::Arena arena;
  auto& message = *google::protobuf::Arena::CreateMessage<Kinds>(&arena);
  for (const char* text : {"{}", R"({"child":{},"children":[{}]})"}) {
    message.set_allocated_child(new Kinds);
    message.mutable_children()->AddAllocated(new Kinds);
    EXPECT_TRUE(Read(text, &message));
    EXPECT_EQ(Write(message), text);
  }
}

}  // namespace
}  // namespace protorest::json
