// Pool: objects kept for reuse, in shards so that threads seldom meet.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace protorest::transcode {

template <class T>
class Pool {
 public:
  // A kept object, or null.
  std::unique_ptr<T> Take() {
    Shard& shard = Mine();
    if (shard.busy.exchange(true, std::memory_order_acquire)) return nullptr;
    std::unique_ptr<T> object;
    if (!shard.objects.empty()) {
      object = std::move(shard.objects.back());
      shard.objects.pop_back();
    }
    shard.busy.store(false, std::memory_order_release);
    return object;
  }

  // Keeps `object`, or destroys it where enough are kept.
  void Put(std::unique_ptr<T> object) {
    Shard& shard = Mine();
    if (shard.busy.exchange(true, std::memory_order_acquire)) return;
    if (shard.objects.size() < kKept) shard.objects.push_back(std::move(object));
    shard.busy.store(false, std::memory_order_release);
  }

 private:
  static constexpr std::size_t kShards = 8;
  static constexpr std::size_t kKept =
      32;  // in a shard: as many calls as one read brings in, about

  // Where two threads meet after all, one goes without rather than wait.
  struct alignas(64) Shard {
    std::atomic<bool> busy = false;
    std::vector<std::unique_ptr<T>> objects;
  };

  // A thread stays with its shard.
  Shard& Mine() {
    static std::atomic<std::size_t> threads = 0;
    thread_local const std::size_t number = threads.fetch_add(1, std::memory_order_relaxed);
    return shards_[number % kShards];
  }

  std::array<Shard, kShards> shards_;
};

}  // namespace protorest::transcode
