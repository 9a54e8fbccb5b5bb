// Fuzzes the splitter of client streams: cut in pieces of any size, a body yields the same
// messages.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "transcode/message_splitter.h"

namespace {

using protorest::transcode::MessageSplitter;

std::vector<std::string> Split(std::string_view body, std::size_t piece_size,
                               const MessageSplitter::Options& options) {
  MessageSplitter splitter(options);
  std::vector<std::string> messages;
  std::string_view message;
  while (true) {
    const std::string_view piece = body.substr(0, piece_size);
    body.remove_prefix(piece.size());
    splitter.Feed(piece, body.empty());
    auto step = splitter.Next(message);
    for (; step == MessageSplitter::Step::kMessage; step = splitter.Next(message)) {
      if (message.empty() || message.size() > options.max_message_bytes) std::abort();
      messages.emplace_back(message);
    }
    if (step == MessageSplitter::Step::kError) messages.push_back(splitter.status().message());
    if (step != MessageSplitter::Step::kNeedMore) return messages;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  MessageSplitter::Options options;
  options.max_message_bytes = 200;
  options.max_depth = 8;
  if (data[0] % 2 == 0) options.framing = MessageSplitter::Framing::kValues;
  const std::size_t piece_size = data[1] + std::size_t{1};
  const std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (Split(body, piece_size, options) != Split(body, body.size() + 1, options)) {
    // A body that breaks two rules may hear of another one first when it comes in pieces.
    MessageSplitter::Options wide = options;
    wide.max_message_bytes = size;
    if (Split(body, piece_size, wide) != Split(body, body.size() + 1, wide)) std::abort();
  }
  return 0;
}
