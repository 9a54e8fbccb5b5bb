// Fuzzes one well-known type: PROTOREST_FUZZ_CHECK names the check.
#include "json_well_known_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  protorest::json::fuzz::PROTOREST_FUZZ_CHECK(
      std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1),
      protorest::json::fuzz::OptionsOf(data[0]));
  return 0;
}
