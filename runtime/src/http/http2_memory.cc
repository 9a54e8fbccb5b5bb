#include "http/http2_memory.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace protorest::http {
namespace {

constexpr std::size_t kSmallest = 64;

std::size_t ClassOf(std::size_t size) {
  return static_cast<std::size_t>(std::bit_width((std::max(size, kSmallest) - 1) / kSmallest));
}

}  // namespace

// Stands in front of each piece of memory.
struct alignas(std::max_align_t) Http2Memory::Block {
  std::size_t capacity;  // of the memory behind
  Block* next;           // while it is free
};

Http2Memory::Http2Memory() {
  interface_.mem_user_data = this;
  interface_.malloc = [](std::size_t size, void* self) {
    return static_cast<Http2Memory*>(self)->Take(size);
  };
  interface_.free = [](void* memory, void* self) { static_cast<Http2Memory*>(self)->Give(memory); };
  interface_.calloc = [](std::size_t count, std::size_t size, void* self) {
    void* memory = static_cast<Http2Memory*>(self)->Take(count * size);
    if (memory != nullptr) std::memset(memory, 0, count * size);
    return memory;
  };
  interface_.realloc = [](void* memory, std::size_t size, void* self) {
    return static_cast<Http2Memory*>(self)->Resize(memory, size);
  };
}

Http2Memory::~Http2Memory() {
  for (Block* block : free_) {
    while (block != nullptr) ::operator delete(std::exchange(block, block->next));
  }
}

void* Http2Memory::Take(std::size_t size) {
  const std::size_t size_class = ClassOf(size);
  if (size_class < kClasses && free_[size_class] != nullptr) {
    Block* block = free_[size_class];
    free_[size_class] = block->next;
    return block + 1;
  }
  const std::size_t capacity = size_class < kClasses ? kSmallest << size_class : size;
  void* memory = ::operator new(sizeof(Block) + capacity, std::nothrow);
  if (memory == nullptr) return nullptr;
  return new (memory) Block{capacity, nullptr} + 1;
}

void Http2Memory::Give(void* memory) {
  if (memory == nullptr) return;
  Block* block = static_cast<Block*>(memory) - 1;
  const std::size_t size_class = ClassOf(block->capacity);
  if (size_class >= kClasses) return ::operator delete(block);
  block->next = free_[size_class];
  free_[size_class] = block;
}

void* Http2Memory::Resize(void* memory, std::size_t size) {
  if (memory == nullptr) return Take(size);
  const Block* block = static_cast<Block*>(memory) - 1;
  if (size <= block->capacity) return memory;
  void* larger = Take(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, memory, block->capacity);
  Give(memory);
  return larger;
}

}  // namespace protorest::http
