#include "json_oracle.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

namespace protorest::json::fuzz {
namespace {

using google::protobuf::Message;

std::unique_ptr<Message> New(const Side& side) {
  return std::unique_ptr<Message>(side.prototype.New());
}

Result ReadExact(std::string_view text, const Options& options, const Side& side,
                 Message& message) {
  const ExactText exact(text);
  return Read(exact.view(), side.codec, options, message);
}

// Both messages as the same bytes; false if both cannot be written.
bool WriteBoth(const Message& message, const Message& same, const Options& options, const Side& one,
               const Side& other, std::string* text) {
  constexpr std::string_view kBefore = "before ";
  std::string written(kBefore), also_written(kBefore);
  const Result result = Write(message, one.codec, options, written);
  const Result also = Write(same, other.codec, options, also_written);
  Expect(result.violations() == also.violations(), "both writers find the same wrong");
  Expect(written == also_written, "both writers write the same");
  Expect(written.starts_with(kBefore), "what stood in the string stays");
  Expect(static_cast<bool>(result) == (written.size() > kBefore.size()), "nothing half-written");
  text->assign(written, kBefore.size());
  return static_cast<bool>(result);
}

// Most inputs are no valid binary, and libprotobuf would say so each time on stderr.
[[maybe_unused]] const auto kSilenced = google::protobuf::SetLogHandler(nullptr);

}  // namespace

std::string Bytes(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializePartialToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

std::unique_ptr<Message> CheckText(std::string_view text, const Options& options, const Side& one,
                                   const Side& other) {
  std::unique_ptr<Message> message = New(one);
  const std::unique_ptr<Message> same = New(other);
  const Result result = ReadExact(text, options, one, *message);
  const Result also = ReadExact(text, options, other, *same);
  Expect(static_cast<bool>(result) == static_cast<bool>(also), "both readers agree");
  // Where there are more errors than are kept, which ones are kept may differ.
  constexpr std::size_t kMaxErrors = 16;
  Expect(result.violations().size() == kMaxErrors || result.violations() == also.violations(),
         "both readers find the same wrong");
  if (!result) return nullptr;
  Expect(Bytes(*message) == Bytes(*same), "both readers read the same");

  std::string written;
  if (!WriteBoth(*message, *same, options, one, other, &written)) return message;
  for (const Side* const side : {&one, &other}) {
    const std::unique_ptr<Message> again = New(*side);
    Expect(static_cast<bool>(ReadExact(written, options, *side, *again)), "what is written reads");
    Expect(Bytes(*again) == Bytes(*message), "what is written reads back as itself");
  }
  return message;
}

bool CheckBinary(std::string_view binary, const Options& options, const Side& one,
                 const Side& other) {
  const std::unique_ptr<Message> message = New(one), same = New(other);
  const std::string bytes(binary);
  if (!message->ParseFromString(bytes) || !same->ParseFromString(bytes)) return false;
  std::string written;
  if (!WriteBoth(*message, *same, options, one, other, &written)) return true;
  const std::unique_ptr<Message> again = New(one), also_again = New(other);
  const Result result = ReadExact(written, options, one, *again);
  const Result also = ReadExact(written, options, other, *also_again);
  // A binary may nest deeper than texts do, which is all that may be wrong.
  Expect(result.violations() == also.violations(), "both readers find the same wrong");
  if (!result) {
    Expect(result.violations()[0].description.starts_with("nested too deeply"),
           "what is written reads");
    return true;
  }
  std::string rewritten;
  Expect(WriteBoth(*again, *also_again, options, one, other, &rewritten),
         "what was read is written");
  Expect(written == rewritten, "what is written reads back as itself");
  return true;
}

}  // namespace protorest::json::fuzz
