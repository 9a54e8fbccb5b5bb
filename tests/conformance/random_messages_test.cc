// The mapping's properties over random messages of the conformance suite's types, which have a
// field of every kind.
#include "tests/support/json/random_messages.h"

#include "google/protobuf/test_messages_proto2.json.pb.h"
#include "google/protobuf/test_messages_proto3.json.pb.h"

namespace protorest::json {
namespace {

template <class T>
class ConformanceMessages : public testing::Test {};

using Messages = testing::Types<protobuf_test_messages::proto2::TestAllTypesProto2,
                                protobuf_test_messages::proto3::TestAllTypesProto3>;
TYPED_TEST_SUITE(ConformanceMessages, Messages);

constexpr int kDepth = 1;  // these have a hundred fields, and many hold messages

TYPED_TEST(ConformanceMessages, RoundTripInEveryForm) {
  for (unsigned seed = 0; seed < 10 && !this->HasFailure(); ++seed) {
    ExpectRoundTrips(RandomMessage<TypeParam>(seed, kDepth));
  }
}

TYPED_TEST(ConformanceMessages, AreReadFromBrokenTextsAsReflectionDoes) {
  for (unsigned seed = 0; seed < 30 && !this->HasFailure(); ++seed) {
    ExpectSameOfMutations(RandomMessage<TypeParam>(seed, kDepth), seed, 20);
  }
}

}  // namespace
}  // namespace protorest::json
