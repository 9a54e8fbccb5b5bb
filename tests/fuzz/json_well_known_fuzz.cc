// Fuzzes one well-known type: PROTOREST_FUZZ_CHECK names the check.
#include "json_well_known_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  protorest::json::fuzz::PROTOREST_FUZZ_CHECK({data, size});
  return 0;
}
