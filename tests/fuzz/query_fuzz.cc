// Fuzzes query parameters: whatever comes is told to be wrong, or makes a valid message.
#include <cstdint>
#include <cstdlib>

#include "bind_test.pb.h"
#include "transcode/bind.h"

namespace {

using protorest::Code;
using protorest::testing::Proto3Message;
using protorest::transcode::BindOptions;
using protorest::transcode::PathTemplate;
using protorest::transcode::RequestBinder;

RequestBinder MakeBinder(bool lenient) {
  PathTemplate path;
  protorest::transcode::PathTemplateError error;
  std::optional<RequestBinder> binder;
  BindOptions options;
  options.lenient = lenient;
  if (!ParsePathTemplate("/{nested.int32_value}", path, error) ||
      !RequestBinder::Prepare(*Proto3Message::descriptor(), path, "", options, binder).ok()) {
    std::abort();
  }
  return std::move(*binder);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const RequestBinder strict = MakeBinder(false);
  static const RequestBinder lenient = MakeBinder(true);
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  const std::string_view captures[] = {"7"};
  for (const RequestBinder* binder : {&strict, &lenient}) {
    Proto3Message message;
    protorest::json::Options json;
    const auto status = binder->Bind(captures, query, message, &json);
    if (!status.ok() && (status.code() != Code::kInvalidArgument || status.details().empty())) {
      std::abort();
    }
    if (message.nested().int32_value() != 7) std::abort();
    Proto3Message copy;  // it has valid UTF-8, or it would not be read again
    if (status.ok() && !copy.ParseFromString(message.SerializeAsString())) std::abort();
  }
  return 0;
}
