// MessageSplitter: cuts the body of a client stream into its JSON texts, as it arrives (rule B13).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protorest/status.h"

namespace protorest::transcode {

// Takes a body in pieces, cut anywhere, and yields one JSON text after another, each to be read by
// the JSON reader: this class finds where a text ends, not whether it is right. It holds at most
// one message, and copies only those that span pieces.
//
//   splitter.Feed(piece, last);
//   while (splitter.Next(message) == MessageSplitter::Step::kMessage) { … }
//
// Threads: one at a time.
class MessageSplitter {
 public:
  enum class Framing {
    kByFirstByte,  // a JSON array's elements if the body starts with "[", else values
    kValues,       // NDJSON or values one after another; "[" starts a value too
  };
  struct Options {
    Framing framing = Framing::kByFirstByte;
    std::size_t max_message_bytes = std::size_t{4} << 20;
    int max_depth = 100;  // within a message, rule B15
  };
  enum class Step {
    kMessage,   // `message` holds the next one
    kNeedMore,  // Feed the next piece
    kEnd,       // the body is complete
    kError,     // status() says why; no more comes
  };

  explicit MessageSplitter(const Options& options) : options_(options) {}

  // `piece` must stay valid until Next returns kNeedMore, and is fed then. `last`: none follows.
  void Feed(std::string_view piece, bool last);

  // `message` is valid until the next call of Next or Feed.
  Step Next(std::string_view& message);

  // After kError: INVALID_ARGUMENT, or RESOURCE_EXHAUSTED for a message beyond the limit.
  const Status& status() const { return status_; }
  // After kError: whether it is for its size (413, rule B14).
  bool too_large() const { return status_.code() == Code::kResourceExhausted; }

 private:
  enum class State {
    kStart,         // nothing but white space was seen
    kBetween,       // values: white space or the next value
    kElement,       // array: an element must follow
    kFirst,         // array: an element, or the end
    kAfterElement,  // array: "," or "]"
    kAfterArray,    // array: white space only
    kNested,        // in a value, an object or array, outside of strings
    kString,        // in a string
    kEscape,        // in a string, behind a backslash
    kScalar,        // in a number or word
    kFailed,
  };

  bool ScanBetween();
  bool ScanMessage();
  bool ScanNested();
  bool ScanString();
  bool InMessage() const { return state_ >= State::kNested && state_ <= State::kScalar; }
  void StartMessage(char c);
  Step Yield(std::string_view& message);
  Step Starve();
  Step Finish(std::string_view& message);
  bool Fail(const std::string& what);
  Step FailTooLarge();

  const Options options_;
  std::string_view piece_;
  std::size_t at_ = 0;     // in piece_
  std::size_t begin_ = 0;  // of the message, in piece_
  bool last_ = false;
  bool array_ = false;
  State state_ = State::kStart;
  int depth_ = 0;
  std::string held_;  // the message's bytes of earlier pieces
  bool yielded_held_ = false;
  std::size_t count_ = 0;  // messages yielded
  Status status_;
};

}  // namespace protorest::transcode
