#include "allocations.h"

#include <cstdlib>
#include <new>

namespace {

std::int64_t allocations = 0;  // one thread

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace protorest::bench {

std::int64_t Allocations() { return allocations; }

}  // namespace protorest::bench
