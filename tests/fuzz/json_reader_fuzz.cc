// Generated code against reflection: any text gets the same verdict from both, word for word; what
// is read is written as the same bytes by both, and reads back as itself.
#include "json_oracle.h"
#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const protorest::json::Options options = protorest::json::fuzz::OptionsOf(data[0]);
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if ((data[0] & 1) != 0) {
    protorest::json::fuzz::CheckInput<protorest::test::Kinds2>(input, options);
  } else {
    protorest::json::fuzz::CheckInput<protorest::test::Kinds>(input, options);
  }
  return 0;
}
