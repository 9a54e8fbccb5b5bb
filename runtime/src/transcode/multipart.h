// MultipartParser: cuts a multipart/form-data body into its parts, as it arrives (rule B18).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protorest/status.h"

namespace protorest::transcode {

// What a part says of itself (RFC 7578).
struct PartHead {
  std::string name;
  std::string content_type;  // "" if it says none
  bool is_file = false;      // has a file name
};

// Takes a body in pieces, cut anywhere. Of a part's data it holds no more than what may be the
// beginning of a boundary.
//
//   parser.Feed(piece, last);
//   while ((step = parser.Next(data)) == Step::kPart || step == Step::kData) { … }
//
// Threads: one at a time.
class MultipartParser {
 public:
  // Against bodies that are all heads: what a part costs beside its bytes is bounded.
  static constexpr std::size_t kMaxParts = 1000;
  static constexpr std::size_t kMaxHeadBytes = std::size_t{8} * 1024;
  static constexpr std::size_t kMaxBoundary = 70;  // RFC 2046

  enum class Step {
    kPart,      // part() is the next one; its data follows
    kData,      // `data` is a piece of it
    kNeedMore,  // Feed the next piece
    kEnd,       // the body is complete
    kError,     // status() says why; no more comes
  };

  // `content_type`: the request's, with its boundary.
  explicit MultipartParser(std::string_view content_type);

  // `piece` must stay valid until Next returns kNeedMore, and is fed then. `last`: none follows.
  void Feed(std::string_view piece, bool last);

  // `data` is valid until the next call of Next or Feed; a part without data has no kData. A part
  // that came in one piece is one kData.
  Step Next(std::string_view& data);

  const PartHead& part() const { return part_; }
  const Status& status() const { return status_; }  // after kError

 private:
  enum class State { kPreamble, kBoundary, kHead, kData, kEnd, kFailed };

  // One step of a state: kNeedMore where the rest of the text is too little.
  Step SkipPreamble();
  Step EndBoundary();
  Step ReadHead();
  Step ReadData(std::string_view& data);
  Step Starve();
  Step Fail(const std::string& what);
  bool ParseHead(std::string_view head);

  std::string delimiter_;  // "\r\n--boundary"
  State state_ = State::kPreamble;
  std::string_view rest_;  // what has not been consumed
  std::string held_;       // what rest_ views where it began in an earlier piece
  bool last_ = false;
  bool at_start_ = true;  // of the body, where a boundary has no line break before it
  std::size_t parts_ = 0;
  std::size_t skipped_ = 0;  // bytes of the preamble
  PartHead part_;
  Status status_;
};

}  // namespace protorest::transcode
