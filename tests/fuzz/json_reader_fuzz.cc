// Any text gets the same verdict from generated code and from reflection, word for word; what is
// read is written as the same bytes by both, and reads back as itself.
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"

namespace protorest::json {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

// The same for equal messages, whatever the order in their maps; NaN equals itself.
std::string Bytes(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializePartialToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

template <class T>
void Check(std::string_view text, const Options& options) {
  T message, reflected;
  const Result result = Read(text, &message, options);
  const Result other = Read(text, ReflectionCodec(), options, reflected);
  Expect(static_cast<bool>(result) == static_cast<bool>(other));
  // Where there are more errors than are kept, which ones are kept may differ.
  constexpr std::size_t kMaxErrors = 16;
  if (result.violations().size() < kMaxErrors) {
    Expect(result.violations() == other.violations());
  }
  if (!result) return;
  Expect(Bytes(message) == Bytes(reflected));

  std::string written, also_written;
  const Result out = Write(message, &written, options);
  Expect(out.violations() ==
         Write(reflected, ReflectionCodec(), options, also_written).violations());
  Expect(written == also_written);
  if (!out) return;
  T again;
  Expect(static_cast<bool>(Read(written, &again, options)));
  Expect(Bytes(again) == Bytes(message));
}

}  // namespace
}  // namespace protorest::json

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const protorest::json::Options options = {.proto_field_names = (choice & 4) != 0,
                                            .enums_as_numbers = (choice & 8) != 0,
                                            .int64_as_numbers = (choice & 16) != 0,
                                            .indent = (choice & 32) != 0 ? 2 : 0,
                                            .ignore_unknown_fields = (choice & 2) != 0};
  if ((choice & 1) != 0) {
    protorest::json::Check<protorest::test::Kinds2>(text, options);
  } else {
    protorest::json::Check<protorest::test::Kinds>(text, options);
  }
  return 0;
}
