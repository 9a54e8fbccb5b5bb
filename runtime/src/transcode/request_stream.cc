// Reads pieces until a message is complete.
#include "transcode/request_stream.h"

#include "transcode/answer.h"

namespace protorest::transcode {

void RequestStream::Begin(const Endpoint& endpoint, const Forms& forms,
                          const MessageSplitter::Options& options,
                          std::span<const std::string_view> captures) {
  endpoint_ = &endpoint;
  captures_text_.assign(captures.begin(), captures.end());
  captures_.assign(captures_text_.begin(), captures_text_.end());
  query_ = owner_.exchange().request().query;
  splitter_.emplace(endpoint.body(), forms.body, forms.content_type, endpoint.lenient(), options);
  if (!owner_.exchange().request().has_body) splitter_->Feed({}, true);
}

void RequestStream::Read(google::protobuf::Message& message, Done done) {
  if (stopped_) return done(false);
  message_ = &message;
  Content content;
  const BodySplitter::Step step = splitter_->Next(content);
  if (step != BodySplitter::Step::kNeedMore) return done(Deliver(step, content));
  pending_.Arm(done);
  if (stopped_) return pending_.Fire(false);
  owner_.Ref();  // until a message or the end has come
  Pull();
}

void RequestStream::Pull() {
  if (!owner_.EnterExchange()) {
    pending_.Fire(false);
    return owner_.Unref();
  }
  pump_.Pull(owner_, owner_.exchange(), *this);
  owner_.LeaveExchange();
}

void RequestStream::Stop() {
  stopped_ = true;
  pending_.Fire(false);
}

void RequestStream::OnBody(std::string_view piece, bool last) {
  // Copied: the handler asks for the further messages of this piece when it likes.
  piece_.assign(piece);
  splitter_->Feed(piece_, last);
  Content content;
  const BodySplitter::Step step = splitter_->Next(content);
  if (step == BodySplitter::Step::kNeedMore) {
    if (pump_.More()) Pull();
    return;
  }
  // Only after Take: the message of a Read that was stopped may be gone.
  if (Done done; pending_.Take(done)) done(Deliver(step, content));
  owner_.Unref();
}

// Not the end: the handler hears of it by its context.
void RequestStream::OnBodyError() {
  // Only after Take: once a Read was stopped, the handler may have returned, and error() be read.
  if (Done done; pending_.Take(done)) {
    error_ = BodyBrokeOff();
    owner_.Cancel();
    done(false);
  }
  owner_.Unref();
}

bool RequestStream::Deliver(BodySplitter::Step step, const Content& content) {
  switch (step) {
    case BodySplitter::Step::kMessage:
      error_ = endpoint_->Decode(content, captures_, query_, *message_, nullptr, ++count_);
      break;
    case BodySplitter::Step::kError:
      error_ = splitter_->status();
      too_large_ = splitter_->too_large();
      break;
    default:
      at_end_ = true;
      return false;
  }
  if (error_.ok()) return true;
  // What came so far is not the whole: no handler may take it for that, be it behind a proxy.
  owner_.Cancel();
  return false;
}

}  // namespace protorest::transcode
