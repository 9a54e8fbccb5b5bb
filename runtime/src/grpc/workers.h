// Workers: the threads on which plain handlers run, so that they never hold gRPC's own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

namespace protorest::grpc {

// Something to run once. It must not throw.
class Job {
 public:
  virtual void Run() = 0;

 protected:
  ~Job() = default;
};

// Grows a thread for each job that finds none idle, up to a limit; lets idle ones go after a while.
class Workers {
 public:
  explicit Workers(std::size_t max_threads) : max_threads_(max_threads) {}
  // Waits for the jobs under way.
  ~Workers();

  // Runs `job` on a thread that does nothing else meanwhile. False: all threads are busy and there
  // may be no more; the job is not taken.
  bool Run(Job& job);

 private:
  void Work();

  static constexpr std::chrono::seconds kIdle{10};

  const std::size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job*> jobs_;
  std::size_t threads_ = 0;
  std::size_t idle_ = 0;
  bool stop_ = false;
};

}  // namespace protorest::grpc
