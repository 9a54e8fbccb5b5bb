// One suite, JsonRules, run through both codecs.
#include "json_rules.h"

namespace protorest::json {

INSTANTIATE_TEST_SUITE_P(Codec, JsonRules,
                         testing::Values(Through::kGenerated, Through::kReflection), NameOfCodec);

}  // namespace protorest::json
