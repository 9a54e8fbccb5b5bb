// Dynamic messages, of a pool of their own, against generated code: what a program without any of
// the types' code reads and writes is the same.
#include "json_fuzz_input.h"
#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"
#include "tests/support/dynamic_types.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using protorest::json::Generated, protorest::json::ReflectionCodec;
  using protorest::test::Kinds, protorest::test::Kinds2;
  static protorest::test::DynamicTypes types;
  // Both, whichever comes: an Any finds its type in the pool.
  static const protorest::json::Side kinds{types.Of<Kinds>(), ReflectionCodec()};
  static const protorest::json::Side kinds2{types.Of<Kinds2>(), ReflectionCodec()};
  const protorest::json::fuzz::Input input(data, size);
  if (input.choice == 1) {
    Check(input, Generated<Kinds2>(), kinds2);
  } else {
    Check(input, Generated<Kinds>(), kinds);
  }
  return 0;
}
