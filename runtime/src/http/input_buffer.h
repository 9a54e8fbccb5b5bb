// InputBuffer: bytes read from a socket and not yet used, with the request head pinned in front of
// them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace protorest::http {

// Views of a pinned head stay valid until Unpin, however much is read behind it.
class InputBuffer {
 public:
  explicit InputBuffer(std::size_t capacity);

  std::string_view unread() const { return {data_.get() + begin_, end_ - begin_}; }
  std::size_t size() const { return end_ - begin_; }
  void Consume(std::size_t n) { begin_ += n; }
  void Clear() { begin_ = end_; }

  // Room for at least `want` bytes. Moves the unread bytes where it must: true in `moved` then. No
  // other call moves them: a read into the room may be under way meanwhile.
  std::span<char> Space(std::size_t want, bool* moved = nullptr);
  void Commit(std::size_t n) { end_ += n; }

  // All bytes before the unread ones stay where they are until Unpin.
  void Pin() { floor_ = begin_; }
  void Unpin();

 private:
  // A buffer grown past this is given back with the first Space after its request is over.
  static constexpr std::size_t kKeep = 16 << 10;

  void Replace(std::size_t capacity);

  const std::size_t initial_;
  std::unique_ptr<char[]> data_;
  std::unique_ptr<char[]> pinned_;  // where the pinned head is, once data_ had to grow
  // A block of the initial size, for the next Replace: a connection whose calls are answered by
  // other threads goes from one to the other.
  std::unique_ptr<char[]> spare_;
  std::size_t capacity_;
  std::size_t pinned_capacity_ = 0;
  std::size_t floor_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace protorest::http
