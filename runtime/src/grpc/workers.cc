// Workers: one mutex, one condition variable, detached threads that the destructor counts down.
#include "grpc/workers.h"

#include <system_error>
#include <thread>

namespace protorest::grpc {

Workers::~Workers() {
  std::unique_lock lock(mutex_);
  stop_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return threads_ == 0; });
}

bool Workers::Run(Job& job) {
  const std::lock_guard lock(mutex_);
  if (jobs_.size() >= idle_) {  // the idle ones are spoken for
    if (threads_ == max_threads_) return false;
    try {
      std::thread([this] { Work(); }).detach();
    } catch (const std::system_error&) {  // the system has no more threads
      return false;
    }
    ++threads_;
    ++idle_;
  }
  jobs_.push_back(&job);
  changed_.notify_one();
  return true;
}

void Workers::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    const bool awake = changed_.wait_for(lock, kIdle, [this] { return stop_ || !jobs_.empty(); });
    if (!awake || jobs_.empty()) break;
    Job* job = jobs_.front();
    jobs_.pop_front();
    --idle_;
    lock.unlock();
    job->Run();
    lock.lock();
    ++idle_;
  }
  --idle_;
  --threads_;
  changed_.notify_all();  // under the lock: afterwards there may be no Workers any more
}

}  // namespace protorest::grpc
