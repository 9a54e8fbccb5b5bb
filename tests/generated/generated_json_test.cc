// The goldens' JSON code against reflection: they write the same bytes and read the same messages.
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "common/money.json.pb.h"
#include "hostile.json.pb.h"
#include "message_filler.h"
#include "nested.json.pb.h"
#include "no_package.json.pb.h"
#include "no_services.json.pb.h"
#include "old.json.pb.h"
#include "optional.json.pb.h"
#include "proto2.json.pb.h"
#include "protorest/generated/rest.h"
#include "shapes.json.pb.h"
#include "shop/v1/shop.json.pb.h"
#include "streams.json.pb.h"
#include "users.json.pb.h"

namespace protorest::json {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr int kRounds = 200;

template <class T>
class GeneratedJson : public testing::Test {
 protected:
  // As many different messages as there are rounds, the same in each run.
  static T Filled(int round) {
    std::mt19937 random(static_cast<unsigned>(round));
    T message;
    Fill(message, random);
    return message;
  }

  static std::string Written(const T& message, const Codec& codec, const Options& options) {
    std::string text;
    const Result result = Write(message, codec, options, text);
    EXPECT_TRUE(result) << message.ShortDebugString();
    return text;
  }

  static void ExpectReads(const std::string& text, const T& wanted) {
    for (const Codec* codec : {&CodecOf<T>(), &ReflectionCodec()}) {
      T message;
      const Result result = Read(text, *codec, {}, message);
      ASSERT_TRUE(result) << text << "\n"
                          << result.violations()[0].field << ": "
                          << result.violations()[0].description;
      EXPECT_TRUE(MessageDifferencer::Equals(message, wanted))
          << text << "\nis read as\n"
          << message.ShortDebugString() << "\nbut means\n"
          << wanted.ShortDebugString();
    }
  }
};

using Messages =
    testing::Types<common::Money, hostile::protorest::hostile, hostile::protorest::int_,
                   hostile::protorest::protorest, legacy::v1::Legacy, nested::v1::Outer,
                   nested::v1::Outer_Middle, old::v1::Bare, old::v1::Old, shapes::v1::Maps,
                   shapes::v1::Nothing, shapes::v1::OneOf, shapes::v1::Optional,
                   shapes::v1::Repeated, shapes::v1::Singular, shop::v1::PriceRequest,
                   streams::v1::Item, users::v1::BulkCreateResponse, users::v1::ChatMessage,
                   users::v1::CreateUserRequest, users::v1::ListUsersRequest, users::v1::User>;
TYPED_TEST_SUITE(GeneratedJson, Messages);

TYPED_TEST(GeneratedJson, WritesWhatReflectionWrites) {
  const Options kOptions[] = {
      {},
      {.write_defaults = true},
      {.proto_field_names = true, .enums_as_numbers = true, .int64_as_numbers = true},
  };
  for (int round = 0; round < kRounds; ++round) {
    const TypeParam message = this->Filled(round);
    for (const Options& options : kOptions) {
      ASSERT_EQ(this->Written(message, CodecOf<TypeParam>(), options),
                this->Written(message, ReflectionCodec(), options));
    }
  }
}

TYPED_TEST(GeneratedJson, ReadsWhatItWrites) {
  for (int round = 0; round < kRounds && !this->HasFailure(); ++round) {
    const TypeParam message = this->Filled(round);
    this->ExpectReads(this->Written(message, CodecOf<TypeParam>(), {}), message);
  }
}

TYPED_TEST(GeneratedJson, J24_ReadsAnyOrderAndTheNamesInTheProto) {
  for (int round = 0; round < kRounds && !this->HasFailure(); ++round) {
    const TypeParam message = this->Filled(round);
    const std::string text =
        this->Written(message, CodecOf<TypeParam>(), {.proto_field_names = true});
    // Sorts the members by name, and puts white space between.
    this->ExpectReads(nlohmann::json::parse(text).dump(2), message);
  }
}

TEST(GeneratedJsonTypes, MessagesWithoutJsonCodeAreReadThroughReflection) {
  shapes::v1::Singular message;
  const Result result = Read(R"({"thing":{"name":"n","nope":1}})", &message);
  ASSERT_EQ(result.violations().size(), 1U);
  EXPECT_EQ(result.violations()[0].field, "thing.nope");
}

TEST(GeneratedJsonTypes, ServiceTablesHaveTheCodecThatIsInSight) {
  EXPECT_EQ(MessageTypeOf<users::v1::User>().codec, &CodecOf<users::v1::User>());
  EXPECT_EQ(MessageTypeOf<google::protobuf::Timestamp>().codec,
            &CodecOf<google::protobuf::Timestamp>());
  EXPECT_EQ(MessageTypeOf<elsewhere::v1::Thing>().codec, nullptr);
}

}  // namespace
}  // namespace protorest::json
