// The splitter: a state machine over bytes that knows strings, brackets and what stands between
// values.
#include "transcode/message_splitter.h"

#include <utility>

#include "transcode/violations.h"

namespace protorest::transcode {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// What ends a number or a word: white space, punctuation, or the start of another value.
bool EndsScalar(char c) {
  return IsSpace(c) || c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}' ||
         c == '"';
}

// A stray byte for a message: printable ones as they are, others in hex.
std::string Quote(char c) {
  if (c > ' ' && c < 127) return std::string("\"") + c + "\"";
  constexpr char kHex[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return std::string("byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
}

}  // namespace

void MessageSplitter::Feed(std::string_view piece, bool last) {
  piece_ = piece;
  last_ = last;
  at_ = 0;
  begin_ = 0;
}

MessageSplitter::Step MessageSplitter::Next(std::string_view& message) {
  message = {};
  if (std::exchange(yielded_held_, false)) held_.clear();
  if (state_ == State::kFailed) return Step::kError;
  while (at_ < piece_.size()) {
    if (!InMessage()) {
      if (!ScanBetween()) return Step::kError;
    } else if (ScanMessage()) {
      return Yield(message);
    } else if (state_ == State::kFailed) {
      return Step::kError;
    }
  }
  return last_ ? Finish(message) : Starve();
}

// One byte outside of messages. False: failed.
bool MessageSplitter::ScanBetween() {
  const char c = piece_[at_];
  if (IsSpace(c)) {
    ++at_;
    return true;
  }
  const bool opens_array =
      state_ == State::kStart && c == '[' && options_.framing == Framing::kByFirstByte;
  if (opens_array) {
    array_ = true;
    state_ = State::kFirst;
  } else if (c == ']' && (state_ == State::kFirst || state_ == State::kAfterElement)) {
    state_ = State::kAfterArray;
  } else if (state_ == State::kAfterElement) {
    if (c != ',') return Fail("found " + Quote(c) + " where \",\" or \"]\" was expected");
    state_ = State::kElement;
  } else if (state_ == State::kAfterArray) {
    return Fail("found " + Quote(c) + " behind the array's end");
  } else if (c == ',' || c == ':' || c == ']' || c == '}') {
    return Fail("found " + Quote(c) + " where a value was expected");
  } else {
    StartMessage(c);
  }
  ++at_;
  return true;
}

void MessageSplitter::StartMessage(char c) {
  begin_ = at_;
  depth_ = 0;
  if (c == '{' || c == '[') {
    depth_ = 1;
    state_ = State::kNested;
  } else {
    state_ = c == '"' ? State::kString : State::kScalar;
  }
}

// Goes on within a message. True: it is complete, and ends before at_.
bool MessageSplitter::ScanMessage() {
  switch (state_) {
    case State::kString:
      return ScanString();
    case State::kEscape:
      ++at_;
      state_ = State::kString;
      return false;
    case State::kScalar:
      while (at_ < piece_.size() && !EndsScalar(piece_[at_])) ++at_;
      return at_ < piece_.size();
    default:
      return ScanNested();
  }
}

bool MessageSplitter::ScanString() {
  while (at_ < piece_.size()) {
    const char c = piece_[at_++];
    if (c == '\\') {
      state_ = State::kEscape;
      return false;
    }
    if (c == '"') {
      state_ = State::kNested;
      return depth_ == 0;
    }
  }
  return false;
}

bool MessageSplitter::ScanNested() {
  while (at_ < piece_.size()) {
    const char c = piece_[at_++];
    if (c == '"') {
      state_ = State::kString;
      return false;
    }
    if (c == '{' || c == '[') {
      if (++depth_ > options_.max_depth) {
        return Fail("nested deeper than " + std::to_string(options_.max_depth));
      }
    } else if (c == '}' || c == ']') {
      if (--depth_ == 0) return true;
    }
  }
  return false;
}

MessageSplitter::Step MessageSplitter::Yield(std::string_view& message) {
  const std::string_view here = piece_.substr(begin_, at_ - begin_);
  if (held_.size() + here.size() > options_.max_message_bytes) return FailTooLarge();
  if (held_.empty()) {
    message = here;
  } else {
    held_ += here;
    yielded_held_ = true;
    message = held_;
  }
  ++count_;
  state_ = array_ ? State::kAfterElement : State::kBetween;
  return Step::kMessage;
}

// The piece is used up: keeps what it holds of a message.
MessageSplitter::Step MessageSplitter::Starve() {
  if (InMessage()) {
    const std::string_view here = piece_.substr(begin_);
    if (held_.size() + here.size() > options_.max_message_bytes) return FailTooLarge();
    held_ += here;
  }
  Feed({}, false);
  return Step::kNeedMore;
}

// The body is used up.
MessageSplitter::Step MessageSplitter::Finish(std::string_view& message) {
  switch (state_) {
    case State::kStart:
    case State::kBetween:
    case State::kAfterArray:
      return Step::kEnd;
    case State::kScalar:
      return Yield(message);  // the end ends a number too
    default:
      break;
  }
  Fail(InMessage() ? "the body ends within it" : "the body ends within the array");
  return Step::kError;
}

MessageSplitter::Step MessageSplitter::FailTooLarge() {
  state_ = State::kFailed;
  held_ = {};
  status_ = Status::ResourceExhausted("message " + std::to_string(count_ + 1) +
                                      " of the stream is larger than " +
                                      std::to_string(options_.max_message_bytes) + " bytes");
  return Step::kError;
}

bool MessageSplitter::Fail(const std::string& what) {
  state_ = State::kFailed;
  held_ = {};
  status_ = BadRequest(what, "message " + std::to_string(count_ + 1) + " of the stream");
  return false;
}

}  // namespace protorest::transcode
