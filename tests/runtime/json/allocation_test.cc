// Reading JSON allocates what the message's own fields need and nothing else: no more than parsing
// the same message from protobuf's binary form does. Writing into a string that has room allocates
// nothing.
#include <google/protobuf/arena.h>
#include <gtest/gtest.h>

#include <string>

#include "kinds.json.pb.h"
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

TEST_F(Allocations, WritingToAStringThatHasRoomNeedsNone) {
  std::string text;
  EXPECT_EQ(Of([&] {
              text.clear();
              ASSERT_TRUE(Write(message_, &text));
            }),
            0);
  EXPECT_EQ(text.front(), '{');
}

}  // namespace
}  // namespace protorest::json
