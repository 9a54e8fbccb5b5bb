// CallRegistry: knows every call object, so that a stopping server can cancel the calls in
// progress.
#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_set>

namespace protorest::transcode {

class ActiveCall;

// Objects are registered when they are made, not for each call: pooled ones cost nothing here.
class CallRegistry {
 public:
  void Add(ActiveCall& call);
  void Remove(ActiveCall& call);

  // Cancels every call in progress. Their stop callbacks run on this thread.
  void CancelAll();

  // How many calls are in progress.
  std::size_t Count() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_set<ActiveCall*> calls_;
};

}  // namespace protorest::transcode
