// Walks the call objects.
#include "transcode/call_registry.h"

#include <algorithm>
#include <vector>

#include "transcode/active_call.h"

namespace protorest::transcode {

void CallRegistry::Add(ActiveCall& call) {
  const std::lock_guard lock(mutex_);
  calls_.insert(&call);
}

void CallRegistry::Remove(ActiveCall& call) {
  const std::lock_guard lock(mutex_);
  calls_.erase(&call);
}

void CallRegistry::CancelAll() {
  std::vector<ActiveCall*> running;
  {
    const std::lock_guard lock(mutex_);
    for (ActiveCall* call : calls_) {
      if (call->TryRef()) running.push_back(call);
    }
  }
  for (ActiveCall* call : running) {
    call->Cancel();
    call->Unref();
  }
}

std::size_t CallRegistry::Count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(calls_.begin(), calls_.end(),
                                                [](ActiveCall* call) { return call->running(); }));
}

}  // namespace protorest::transcode
