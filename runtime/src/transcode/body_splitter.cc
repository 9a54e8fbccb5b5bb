// One of three ways to cut a body.
#include "transcode/body_splitter.h"

#include <utility>

#include "transcode/violations.h"

namespace protorest::transcode {

BodySplitter::BodySplitter(const RequestBody& body, BodyType type, std::string_view content_type,
                           bool lenient, const MessageSplitter::Options& options)
    : type_(type),
      content_type_(content_type),
      lenient_(lenient),
      takes_none_(body.only_in_websockets()) {
  if (!body.raw()) {
    MessageSplitter::Options splitting = options;
    if (type == BodyType::kNdjson) splitting.framing = MessageSplitter::Framing::kValues;
    json_.emplace(splitting);
  } else if (type == BodyType::kMultipart) {
    form_.emplace(content_type_);
  }
}

void BodySplitter::Feed(std::string_view piece, bool last) {
  if (takes_none_) {
    has_surplus_ |= !piece.empty();
    piece = {};
  }
  if (json_) return json_->Feed(piece, last);
  if (form_) return form_->Feed(piece, last);
  piece_ = piece;
  last_ = last;
}

BodySplitter::Step BodySplitter::Next(Content& content) {
  if (has_surplus_ && !lenient_) return Fail(BadRequest("this method takes no body"));
  content = {.data = {}, .type = type_, .content_type = content_type_};
  if (form_) return NextOfForm(content);
  if (!json_) return NextPiece(content);
  const Step step = json_->Next(content.data);
  if (step == Step::kError) status_ = json_->status();
  return step;
}

// An empty body is one message without data: the handler hears of path and query.
BodySplitter::Step BodySplitter::NextPiece(Content& content) {
  content.data = std::exchange(piece_, {});
  if (content.data.empty() && (begun_ || !last_)) return last_ ? Step::kEnd : Step::kNeedMore;
  begun_ = true;
  return Step::kMessage;
}

BodySplitter::Step BodySplitter::NextOfForm(Content& content) {
  for (;;) {
    const MultipartParser::Step step = form_->Next(content.data);
    switch (step) {
      case MultipartParser::Step::kPart:
        in_file_ = form_->part().is_file;
        if (!in_file_ && !lenient_) {
          return Fail(
              BadRequest("multipart: \"" + CutName(form_->part().name) +
                         "\" is no file; fields that are none go into the path or the query"));
        }
        break;
      case MultipartParser::Step::kData:
        if (!in_file_) break;
        content.content_type = form_->part().content_type;
        return Step::kMessage;
      case MultipartParser::Step::kNeedMore:
        return Step::kNeedMore;
      case MultipartParser::Step::kEnd:
        return Step::kEnd;
      case MultipartParser::Step::kError:
        return Fail(form_->status());
    }
  }
}

BodySplitter::Step BodySplitter::Fail(Status status) {
  status_ = std::move(status);
  return Step::kError;
}

}  // namespace protorest::transcode
