#include "http/http1_body.h"

#include <algorithm>
#include <utility>

namespace protorest::http {
namespace {

// Pieces of long bodies are at most this long.
constexpr std::size_t kPiece = 64 << 10;

}  // namespace

void Http1Body::Begin(const Http1Head& head) {
  left_ = head.request.content_length.value_or(0);
  consumed_ = 0;
  chunked_ = head.chunked;
  chunks_ended_ = decoded_taken_ = malformed_ = started_ = false;
  if (decoded_.capacity() > kPiece) std::string().swap(decoded_);
  decoded_.clear();
}

bool Http1Body::Ready() {
  if (done()) return true;
  started_ |= input_.size() > 0;
  if (!chunked_) {
    return input_.size() >= left_ || (left_ > kWhole && input_.size() > 0);
  }
  if (decoded_taken_) decoded_.clear();
  decoded_taken_ = false;
  if (!chunks_ended_ && !malformed_) {
    std::size_t used = 0;
    const auto result = parser_.ParseChunks(input_.unread(), kPiece, decoded_, used);
    input_.Consume(used);
    consumed_ += used;
    chunks_ended_ = result == Http1Parser::Result::kDone;
    malformed_ = result == Http1Parser::Result::kBad;
  }
  return chunks_ended_ || !decoded_.empty();
}

std::string_view Http1Body::Take() {
  if (chunked_) {
    return std::exchange(decoded_taken_, true) ? std::string_view() : decoded_;
  }
  const std::string_view piece = input_.unread().substr(0, std::min<std::uint64_t>(left_, kPiece));
  input_.Consume(piece.size());
  left_ -= piece.size();
  consumed_ += piece.size();
  return piece;
}

std::size_t Http1Body::wants() const {
  if (chunked_) return 4096;
  if (left_ <= kWhole)
    return static_cast<std::size_t>(left_) - std::min<std::size_t>(left_, input_.size());
  return kPiece;
}

}  // namespace protorest::http
