#include "json_fuzz_input.h"

#include <google/protobuf/stubs/logging.h>

#include <cstdio>
#include <cstdlib>

namespace protorest::json::fuzz {
namespace {

// Most inputs are no valid binary, and libprotobuf would say so each time on stderr.
[[maybe_unused]] const auto kSilenced = google::protobuf::SetLogHandler(nullptr);

}  // namespace

void Expect(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "Broken: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

Input::Input(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return;
  const unsigned first = data[0];
  options = {.proto_field_names = (first & 4) != 0,
             .enums_as_numbers = (first & 8) != 0,
             .int64_as_numbers = (first & 16) != 0,
             .write_defaults = (first & 64) == 0,
             .indent = (first & 32) != 0 ? 2 : 0,
             .ignore_unknown_fields = (first & 2) != 0};
  choice = first & 1;
  content = {reinterpret_cast<const char*>(data) + 1, size - 1};
}

std::unique_ptr<google::protobuf::Message> Check(const Input& input, const Side& one,
                                                 const Side& other) {
  const std::string broken = CheckBinary(input.content, input.options, one, other);
  Expect(broken.empty(), broken);
  TextCheck text = CheckText(input.content, input.options, one, other);
  Expect(text.broken.empty(), text.broken);
  return std::move(text.message);
}

}  // namespace protorest::json::fuzz
