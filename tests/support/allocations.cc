#include "tests/support/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations = 0;
std::atomic<long> bytes = 0;
thread_local bool counted = true;

void Count(std::size_t size) {
  if (!counted) return;
  allocations.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(static_cast<long>(size), std::memory_order_relaxed);
}

}  // namespace

void* operator new(std::size_t size) {
  Count(size);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  Count(size);
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace protorest::test {

long Allocations() { return allocations.load(); }
long AllocatedBytes() { return bytes.load(); }

void CountThisThread(bool count) { counted = count; }

}  // namespace protorest::test
