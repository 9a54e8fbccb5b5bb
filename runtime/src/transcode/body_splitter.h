// BodySplitter: the messages of a client stream's body, in whatever form it comes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protorest/status.h"
#include "transcode/message_splitter.h"
#include "transcode/multipart.h"
#include "transcode/request_body.h"

namespace protorest::transcode {

// JSON texts are cut where they end; of a google.api.HttpBody every piece is a message as it comes
// (rule B17), and of a form that is sent to one, every piece of a file (rule B18).
//
// Threads: one at a time.
class BodySplitter {
 public:
  using Step = MessageSplitter::Step;

  // `content_type`: as sent. `lenient`: parts of a form that are no files are passed over, and so
  // is a body where the rule has none (rule B2).
  BodySplitter(const RequestBody& body, BodyType type, std::string_view content_type, bool lenient,
               const MessageSplitter::Options& options);

  // As those of MessageSplitter.
  void Feed(std::string_view piece, bool last);
  Step Next(Content& content);

  const Status& status() const { return status_; }
  bool too_large() const { return json_ && json_->too_large(); }

 private:
  Step NextPiece(Content& content);
  Step NextOfForm(Content& content);
  Step Fail(Status status);

  const BodyType type_;
  const std::string content_type_;
  const bool lenient_;
  const bool takes_none_;
  bool has_surplus_ = false;  // something has come all the same
  std::optional<MessageSplitter> json_;
  std::optional<MultipartParser> form_;
  std::string_view piece_;  // of a body that is neither
  bool last_ = false;
  bool begun_ = false;    // a message has come
  bool in_file_ = false;  // of a form
  Status status_;
};

}  // namespace protorest::transcode
