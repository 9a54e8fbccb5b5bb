// Workers: a thread for each job, up to a limit.
#include "grpc/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace protorest::grpc {
namespace {

// Says that it runs, and waits until it may end.
class Held final : public Job {
 public:
  void Run() override {
    running.set_value();
    end.get_future().wait();
  }
  std::promise<void> running;
  std::promise<void> end;
};

class Count final : public Job {
 public:
  explicit Count(std::atomic<int>& count) : count_(count) {}
  void Run() override { ++count_; }

 private:
  std::atomic<int>& count_;
};

TEST(Workers, JobsRunSideBySideUpToTheLimit) {
  Held jobs[3];
  Workers workers(2);
  ASSERT_TRUE(workers.Run(jobs[0]));
  ASSERT_TRUE(workers.Run(jobs[1]));
  jobs[0].running.get_future().wait();
  jobs[1].running.get_future().wait();
  EXPECT_FALSE(workers.Run(jobs[2]));
  jobs[0].end.set_value();
  while (!workers.Run(jobs[2])) std::this_thread::yield();  // as soon as the first has gone
  jobs[2].running.get_future().wait();
  jobs[1].end.set_value();
  jobs[2].end.set_value();
}

TEST(Workers, EveryJobThatIsTakenIsRun) {
  std::atomic<int> count = 0;
  Count job(count);
  int taken = 0;
  {
    Workers workers(4);
    for (int i = 0; i < 10000; ++i) taken += workers.Run(job);
  }  // waits for them
  EXPECT_EQ(count, taken);
  EXPECT_GE(taken, 4);
}

}  // namespace
}  // namespace protorest::grpc
