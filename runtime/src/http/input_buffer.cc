#include "http/input_buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace protorest::http {

InputBuffer::InputBuffer(std::size_t capacity)
    : initial_(capacity), data_(new char[capacity]), capacity_(capacity) {}

std::span<char> InputBuffer::Space(std::size_t want, bool* moved) {
  if (begin_ == end_) begin_ = end_ = floor_;
  if (floor_ == 0 && pinned_ == nullptr && capacity_ > kKeep && size() + want <= initial_) {
    if (moved != nullptr) *moved = true;
    Replace(initial_);
  } else if (capacity_ - end_ < want) {
    if (moved != nullptr) *moved = true;
    if (capacity_ - floor_ >= size() + want) {
      std::memmove(data_.get() + floor_, data_.get() + begin_, size());
      end_ = floor_ + size();
      begin_ = floor_;
    } else {
      // A block that is full of heads long answered need not grow.
      Replace(size() + want <= initial_ ? initial_ : std::max(capacity_ * 2, size() + want));
    }
  }
  return {data_.get() + end_, capacity_ - end_};
}

void InputBuffer::Unpin() {
  if (pinned_ != nullptr && pinned_capacity_ == initial_) spare_ = std::move(pinned_);
  pinned_.reset();
  floor_ = 0;
}

void InputBuffer::Replace(std::size_t capacity) {
  std::unique_ptr<char[]> block;
  if (capacity == initial_) block = std::move(spare_);
  if (block == nullptr) block.reset(new char[capacity]);
  const std::size_t unread = size();
  std::memcpy(block.get(), data_.get() + begin_, unread);
  // The first block holds the head; later ones hold nothing but body.
  if (floor_ > 0 && pinned_ == nullptr) {
    pinned_ = std::move(data_);
    pinned_capacity_ = capacity_;
  }
  data_ = std::move(block);
  capacity_ = capacity;
  floor_ = 0;
  begin_ = 0;
  end_ = unread;
}

}  // namespace protorest::http
