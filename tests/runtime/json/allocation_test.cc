// Reading JSON allocates what the message's own fields need and nothing else: no more than parsing
// the same message from protobuf's binary form does. Writing into a string that has room allocates
// nothing.
#include <google/protobuf/arena.h>
#include <gtest/gtest.h>

#include <string>

#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"
#include "tests/support/allocations.h"

namespace protorest::json {
namespace {

using test::Kinds;

// Longer than std::string holds in itself, with all that makes reading a string more than a copy.
constexpr char kText[] =
    R"({"anInt32":1,"anInt64":"-2","aUint64":"3","aFloat":0.5,"aDouble":1.2345678901234567e-200,)"
    R"("aBool":true,"aString":"some text that is \"longer\" than a few bytes, caf\u00e9 grüße",)"
    R"("someBytes":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm","color":"COLOR_RED",)"
    R"("child":{"aString":"a text within a message within","child":{"numbers":[1,2,3]}},)"
    R"("maybe":0,"numbers":[1,2,3,4,5],"texts":["the first of some texts","the \n second of them"],)"
    R"("colors":["COLOR_BLUE","COLOR_RED"],"children":[{"anInt32":1},{"aString":"x"}],)"
    R"("counts":{"one":1,"a key that is longer than a few bytes":2},"names":{"-1":"minus one"},)"
    R"("byFlag":{"true":{}},"time":"2026-01-02T03:04:05.678Z","duration":"1.5s","wrappedText":"t"})";

class Allocations : public testing::Test {
 protected:
  Allocations() {
    EXPECT_TRUE(Read(kText, &message_));
    binary_ = message_.SerializeAsString();
  }

  // Of the second of two equal acts.
  template <class Act>
  static long Of(Act act) {
    act();
    const long before = test::Allocations();
    act();
    return test::Allocations() - before;
  }

  Kinds message_;
  std::string binary_;
};

TEST_F(Allocations, ReadingNeedsNoMoreThanBinary) {
  const long binary = Of([&] { ASSERT_TRUE(message_.ParseFromString(binary_)); });
  const long json = Of([&] { ASSERT_TRUE(Read(kText, &message_)); });
  EXPECT_LE(json, binary);
}

TEST_F(Allocations, ReadingOntoAnArenaNeedsNoMoreThanBinary) {
  const auto onto_arena = [](auto parse) {
    return Of([&] {
      google::protobuf::Arena arena;
      ASSERT_TRUE(parse(google::protobuf::Arena::CreateMessage<Kinds>(&arena)));
    });
  };
  const long binary = onto_arena([&](Kinds* kinds) { return kinds->ParseFromString(binary_); });
  const long json = onto_arena([](Kinds* kinds) { return bool(Read(kText, kinds)); });
  EXPECT_LE(json, binary);
}

TEST_F(Allocations, ReadingPlainFieldsAgainNeedsNone) {
  constexpr char kPlain[] =
      R"({"anInt32":1,"aDouble":2.5,"aString":"some text that is longer than a few bytes",)"
      R"("color":"COLOR_BLUE","numbers":[1,2,3,4],"texts":["the first of some longer texts"]})";
  EXPECT_EQ(Of([&] { ASSERT_TRUE(Read(kPlain, &message_)); }), 0);
}

TEST_F(Allocations, ReadingMessagesInMessagesAgainNeedsNone) {
  constexpr char kNested[] =
      R"({"child":{"aString":"a text within a message within","child":{"numbers":[1,2,3]}},)"
      R"("children":[{"child":{"texts":["the first of some longer texts"]}},{"anInt32":1}],)"
      R"("time":"2026-01-02T03:04:05.678Z","duration":"1.5s","wrappedText":"t"})";
  EXPECT_EQ(Of([&] { ASSERT_TRUE(Read(kNested, &message_)); }), 0);
  EXPECT_GT(Of([&] { ASSERT_TRUE(message_.ParseFromString(binary_)); }), 0);
}

TEST_F(Allocations, WritingToAStringThatHasRoomNeedsNone) {
  std::string text;
  EXPECT_EQ(Of([&] {
              text.clear();
              ASSERT_TRUE(Write(message_, &text));
            }),
            0);
  EXPECT_EQ(text.front(), '{');
}

// What a hostile body asks for is in proportion to its size.

// The bytes that it takes to read Anys in each other around a long text.
long BytesOfAnysInEachOther(int levels) {
  std::string any =
      R"({"@type":"a/protorest.test.Kinds","aString":")" + std::string(100000, 'x') + "\"}";
  for (int i = 1; i < levels; ++i) any = R"({"@type":"a/google.protobuf.Any","value":)" + any + "}";
  const std::string text = R"({"any":)" + any + "}";
  Kinds message;
  const long before = test::AllocatedBytes();
  EXPECT_TRUE(Read(text, &message));
  return test::AllocatedBytes() - before;
}

TEST_F(Allocations, J30_AnysInEachOtherCopyTheirContentOnce) {
  BytesOfAnysInEachOther(1);  // makes what is made once: descriptors, tables
  EXPECT_LT(BytesOfAnysInEachOther(40), 2 * BytesOfAnysInEachOther(1));
}

TEST_F(Allocations, J23_UnknownExtensionsCostTheirName) {
  const auto ignored = [](int count) {
    std::string text = R"({"id":1)";
    for (int i = 0; i < count; ++i)
      text += ",\"[an.extension.that.no.one.has." + std::to_string(i) + "]\":0";
    text += "}";
    return Of([&] {
      test::Kinds2 message;
      ASSERT_TRUE(Read(text, &message, {.ignore_unknown_fields = true}));
    });
  };
  EXPECT_LE(ignored(2000) - ignored(1000), 1000);
}

}  // namespace
}  // namespace protorest::json
