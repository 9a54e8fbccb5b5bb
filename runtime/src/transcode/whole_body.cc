// Collects the pieces, up to the limit (rule B14).
#include "transcode/whole_body.h"

namespace protorest::transcode {
namespace {

constexpr std::size_t kKeptCapacity =
    std::size_t{64} * 1024;  // a pooled call does not hold on to more

}  // namespace

void WholeBody::Read(ActiveCall& owner, http::Exchange& exchange, std::size_t limit) {
  owner_ = &owner;
  exchange_ = &exchange;
  limit_ = limit;
  text_.clear();
  if (text_.capacity() > kKeptCapacity) text_.shrink_to_fit();
  const http::RequestHead& head = exchange.request();
  if (!head.has_body) return OnWholeBody({});
  if (head.content_length.value_or(0) > limit) return OnBodyFailed(Failure::kTooLarge);
  pump_.Pull(owner, exchange, *this);
}

void WholeBody::OnBody(std::string_view piece, bool last) {
  if (piece.size() > limit_ - text_.size()) return OnBodyFailed(Failure::kTooLarge);
  if (last && text_.empty()) return OnWholeBody(piece);
  text_.append(piece);
  if (last) return OnWholeBody(text_);
  if (pump_.More()) pump_.Pull(*owner_, *exchange_, *this);
}

void WholeBody::OnBodyError() { OnBodyFailed(Failure::kPeerGone); }

}  // namespace protorest::transcode
