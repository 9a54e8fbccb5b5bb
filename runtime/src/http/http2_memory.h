// Http2Memory: the allocator of one nghttp2 session. Freed blocks are kept for the next stream, so
// that a connection in its steady state allocates nothing.
#pragma once

#include <nghttp2/nghttp2.h>

#include <array>
#include <cstddef>

namespace protorest::http {

// Outlives the session that uses it.
class Http2Memory {
 public:
  Http2Memory();
  ~Http2Memory();
  Http2Memory(const Http2Memory&) = delete;
  Http2Memory& operator=(const Http2Memory&) = delete;

  nghttp2_mem* interface() { return &interface_; }

 private:
  static constexpr std::size_t kClasses = 7;  // 64, 128 … 4096 bytes; larger ones are not kept
  struct Block;

  void* Take(std::size_t size);
  void Give(void* memory);
  void* Resize(void* memory, std::size_t size);

  nghttp2_mem interface_;
  std::array<Block*, kClasses> free_ = {};
};

}  // namespace protorest::http
