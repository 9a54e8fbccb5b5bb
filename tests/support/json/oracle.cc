#include "tests/support/json/oracle.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <random>

#include "tests/support/json/message_filler.h"

namespace protorest::json {
namespace {

using google::protobuf::Message;

std::unique_ptr<Message> New(const Side& side) {
  return std::unique_ptr<Message>(side.prototype.New());
}

// Reads a copy that ends where its memory does: a sanitizer sees any read beyond it.
Result ReadExact(std::string_view text, const Options& options, const Side& side,
                 Message& message) {
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  std::copy(text.begin(), text.end(), exact.get());
  return Read({exact.get(), text.size()}, side.codec, options, message);
}

// A message that held something else before, on the heap or on an arena, reads as a new one does.
bool ReadsOver(std::string_view text, const Options& options, const Side& side,
               const Result& result, const Message& fresh) {
  google::protobuf::Arena arena;
  const std::unique_ptr<Message> on_heap = New(side);
  Message& used = text.size() % 2 == 0 ? *on_heap : *side.prototype.New(&arena);
  std::mt19937 random(static_cast<unsigned>(text.size()));
  Fill(used, random, 1);
  used.GetReflection()->MutableUnknownFields(&used)->AddVarint(1000000, 1);
  if (ReadExact(text, options, side, used).violations() != result.violations()) return false;
  return !result || Bytes(used) == Bytes(fresh);
}

// What `result` says, for who must find out why two of them differ.
std::string TextOf(const Result& result) {
  std::string text;
  for (const Violation& violation : result.violations()) {
    text.append("\n  ").append(violation.field).append(": ").append(violation.description);
  }
  return text;
}

struct Written {
  std::string broken;
  bool ok = false;
  std::string text = {};
};

// Writes a message, and the other side's equal one.
Written WriteBoth(const Message& message, const Message& same, const Options& options,
                  const Side& one, const Side& other) {
  constexpr std::string_view kBefore = "before ";
  std::string text(kBefore), also(kBefore);
  const Result result = Write(message, one.codec, options, text);
  const Result also_result = Write(same, other.codec, options, also);
  if (result.violations() != also_result.violations()) return {"both writers find the same wrong"};
  if (text != also) return {"both writers write the same"};
  if (!text.starts_with(kBefore)) return {"what stood in the string stays"};
  const bool ok = static_cast<bool>(result);
  if (ok != (text.size() > kBefore.size())) return {"nothing is half-written"};
  return {"", ok, text.substr(kBefore.size())};
}

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

TextCheck CheckText(std::string_view text, const Options& options, const Side& one,
                    const Side& other) {
  std::unique_ptr<Message> message = New(one);
  const std::unique_ptr<Message> same = New(other);
  const Result result = ReadExact(text, options, one, *message);
  const Result also = ReadExact(text, options, other, *same);
  if (static_cast<bool>(result) != static_cast<bool>(also)) return {"both readers agree", nullptr};
  // Where there are more errors than are kept, which ones are kept may differ.
  constexpr std::size_t kMaxErrors = 16;
  if (result.violations().size() < kMaxErrors && result.violations() != also.violations()) {
    return {"both readers find the same wrong:" + TextOf(result) + "\nand" + TextOf(also), nullptr};
  }
  if (!ReadsOver(text, options, one, result, *message)) {
    return {"a used message reads as a new one does", nullptr};
  }
  if (!result) return {};
  if (Bytes(*message) != Bytes(*same)) return {"both readers read the same", nullptr};

  const Written written = WriteBoth(*message, *same, options, one, other);
  if (!written.broken.empty()) return {written.broken, nullptr};
  if (!written.ok) return {"what is read is written", nullptr};
  for (const Side* const side : {&one, &other}) {
    const std::unique_ptr<Message> again = New(*side);
    if (!ReadExact(written.text, options, *side, *again)) return {"what is written reads", nullptr};
    if (Bytes(*again) != Bytes(*message)) return {"what is written reads back as itself", nullptr};
  }
  return {"", std::move(message)};
}

std::string CheckBinary(std::string_view binary, const Options& options, const Side& one,
                        const Side& other) {
  const std::unique_ptr<Message> message = New(one), same = New(other);
  const std::string bytes(binary);
  if (!message->ParseFromString(bytes) || !same->ParseFromString(bytes)) return "";
  const Written written = WriteBoth(*message, *same, options, one, other);
  if (!written.ok) return written.broken;
  const std::unique_ptr<Message> again = New(one), also_again = New(other);
  const Result result = ReadExact(written.text, options, one, *again);
  const Result also = ReadExact(written.text, options, other, *also_again);
  if (result.violations() != also.violations()) {
    return "both readers find the same wrong:" + TextOf(result) + "\nand" + TextOf(also);
  }
  if (!result) {
    // A binary may nest deeper than a text.
    const bool deep = result.violations()[0].description.starts_with("nested too deeply");
    return deep ? "" : "what is written reads";
  }
  const Written rewritten = WriteBoth(*again, *also_again, options, one, other);
  if (!rewritten.ok) return "what was read is written";
  return written.text == rewritten.text ? "" : "what is written reads back as itself";
}

}  // namespace protorest::json
