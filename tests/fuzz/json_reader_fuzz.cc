// Generated code against reflection: any text gets the same verdict from both, word for word; what
// is read is written as the same bytes by both, and reads back as itself.
#include "json_fuzz_input.h"
#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using protorest::json::Generated, protorest::json::Reflected;
  using protorest::test::Kinds, protorest::test::Kinds2;
  const protorest::json::fuzz::Input input(data, size);
  if (input.choice == 1) {
    Check(input, Generated<Kinds2>(), Reflected<Kinds2>());
  } else {
    Check(input, Generated<Kinds>(), Reflected<Kinds>());
  }
  return 0;
}
