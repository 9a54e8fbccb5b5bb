// HandlerMemory: room for one Asio operation in flight, so that starting it allocates nothing.
#pragma once

#include <cstddef>
#include <new>

namespace protorest::http {

class HandlerMemory {
 public:
  void* Take(std::size_t size) {
    if (used_ || size > sizeof storage_) return ::operator new(size);
    used_ = true;
    return storage_;
  }
  void Give(void* memory) {
    if (memory == storage_) {
      used_ = false;
    } else {
      ::operator delete(memory);
    }
  }

 private:
  alignas(std::max_align_t) std::byte storage_[256];
  bool used_ = false;
};

// The allocator that Asio asks a handler for.
template <class T>
class HandlerAllocator {
 public:
  using value_type = T;

  explicit HandlerAllocator(HandlerMemory& memory) : memory_(&memory) {}
  // Not explicit, as no allocator's is.
  template <class U>
  HandlerAllocator(const HandlerAllocator<U>& other)  // NOLINT(google-explicit-constructor)
      : memory_(other.memory_) {}

  T* allocate(std::size_t n) { return static_cast<T*>(memory_->Take(sizeof(T) * n)); }
  void deallocate(T* memory, std::size_t) { memory_->Give(memory); }

  template <class U>
  bool operator==(const HandlerAllocator<U>& other) const {
    return memory_ == other.memory_;
  }

 private:
  template <class>
  friend class HandlerAllocator;

  HandlerMemory* memory_;
};

}  // namespace protorest::http
