// Collects the pieces, up to the limit (rule B14).
#include "transcode/whole_body.h"

#include "transcode/answer.h"

namespace protorest::transcode {
namespace {

constexpr std::size_t kKeptCapacity =
    std::size_t{64} * 1024;  // a pooled call does not hold on to more

}  // namespace

void WholeBody::Read(ActiveCall& owner, http::Exchange& exchange, std::size_t limit,
                     Clock::time_point deadline) {
  owner_ = &owner;
  exchange_ = &exchange;
  limit_ = limit;
  wanted_by_ = deadline;
  text_.clear();
  if (text_.capacity() > kKeptCapacity) text_.shrink_to_fit();
  const http::RequestHead& head = exchange.request();
  if (!head.has_body) return OnWholeBody({});
  if (head.content_length.value_or(0) > limit) return OnBodyRefused(TooLarge(), 413);
  pump_.Pull(owner, exchange, *this);
}

void WholeBody::OnBody(std::string_view piece, bool last) {
  if (piece.size() > limit_ - text_.size()) return OnBodyRefused(TooLarge(), 413);
  if (last && text_.empty()) return OnWholeBody(piece);
  text_.append(piece);
  if (last) return OnWholeBody(text_);
  if (pump_.More()) pump_.Pull(*owner_, *exchange_, *this);
}

void WholeBody::OnBodyLate() {
  if (Clock::now() >= wanted_by_) return OnBodyRefused(DeadlineExceeded(), 0);
  OnBodyRefused(Status::DeadlineExceeded("the request body did not come in time"), 408);
}

void WholeBody::OnBodyError() { OnBodyRefused(BodyBrokeOff(), 0); }

}  // namespace protorest::transcode
