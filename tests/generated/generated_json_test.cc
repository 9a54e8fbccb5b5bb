// The goldens' JSON code against reflection: they write the same bytes, and read the same messages
// from what was written and from what was broken since.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "common/money.json.pb.h"
#include "hostile.json.pb.h"
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
#include "tests/support/json/random_messages.h"
#include "users.json.pb.h"

namespace protorest::json {
namespace {

template <class T>
class GeneratedJson : public testing::Test {};

using Messages =
    testing::Types<common::Money, hostile::protorest::hostile, hostile::protorest::int_,
                   hostile::protorest::protorest, legacy::v1::Legacy, nested::v1::Outer,
                   nested::v1::Outer_Middle, old::v1::Bare, old::v1::Old, shapes::v1::Maps,
                   shapes::v1::Nothing, shapes::v1::OneOf, shapes::v1::Optional,
                   shapes::v1::Repeated, shapes::v1::Singular, shop::v1::PriceRequest,
                   streams::v1::Item, users::v1::BulkCreateResponse, users::v1::ChatMessage,
                   users::v1::CreateUserRequest, users::v1::ListUsersRequest, users::v1::User>;
TYPED_TEST_SUITE(GeneratedJson, Messages);

TYPED_TEST(GeneratedJson, RoundTripsInEveryForm) {
  for (unsigned seed = 0; seed < 50 && !this->HasFailure(); ++seed) {
    ExpectRoundTrips(RandomMessage<TypeParam>(seed));
  }
}

TYPED_TEST(GeneratedJson, ReadsBrokenTextsAsReflectionDoes) {
  for (unsigned seed = 0; seed < 100 && !this->HasFailure(); ++seed) {
    ExpectSameOfMutations(RandomMessage<TypeParam>(seed), seed, 20);
  }
}

TYPED_TEST(GeneratedJson, J24_ReadsAnyOrder) {
  for (unsigned seed = 0; seed < 200 && !this->HasFailure(); ++seed) {
    const auto message = RandomMessage<TypeParam>(seed);
    // Sorts the members by name, and puts white space between.
    const std::string text = nlohmann::json::parse(Write(message)).dump(2);
    const TextCheck check = CheckText(text, {}, Generated<TypeParam>(), Reflected<TypeParam>());
    ASSERT_EQ(check.broken, "") << text;
    ASSERT_NE(check.message, nullptr) << text;
    ASSERT_EQ(Bytes(*check.message), Bytes(message)) << text;
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
