// Calls GetUser over a number of connections for some seconds, so many calls in flight on each, and
// prints how many calls succeeded: compare_grpc_load PORT SECONDS CONNECTIONS IN_FLIGHT.
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "users.grpc.pb.h"

namespace {

using Clock = std::chrono::steady_clock;

// One call after another until the time is up.
class Lane {
 public:
  Lane(users::v1::UserService::Stub& stub, Clock::time_point end, std::atomic<long>& answered,
       std::latch& running)
      : stub_(stub), end_(end), answered_(answered), running_(running) {
    request_.set_user_id("u7");
  }

  void Next() {
    if (Clock::now() >= end_) return running_.count_down();
    context_ = std::make_unique<grpc::ClientContext>();
    stub_.async()->GetUser(context_.get(), &request_, &response_, [this](grpc::Status status) {
      answered_ += status.ok();
      Next();
    });
  }

 private:
  users::v1::UserService::Stub& stub_;
  const Clock::time_point end_;
  std::atomic<long>& answered_;
  std::latch& running_;
  std::unique_ptr<grpc::ClientContext> context_;
  users::v1::GetUserRequest request_;
  users::v1::User response_;
};

}  // namespace

int main(int, char** argv) {
  const std::string address = "127.0.0.1:" + std::string(argv[1]);
  const auto end =
      Clock::now() + std::chrono::milliseconds(static_cast<long>(std::stod(argv[2]) * 1000));
  const int connections = std::stoi(argv[3]);
  const int in_flight = std::stoi(argv[4]);

  std::atomic<long> answered = 0;
  std::latch running(connections * in_flight);
  std::vector<std::unique_ptr<users::v1::UserService::Stub>> stubs;
  std::vector<std::unique_ptr<Lane>> lanes;
  for (int i = 0; i < connections; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    stubs.push_back(users::v1::UserService::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
    for (int lane = 0; lane < in_flight; ++lane) {
      lanes.push_back(std::make_unique<Lane>(*stubs.back(), end, answered, running));
    }
  }
  for (auto& lane : lanes) lane->Next();
  running.wait();
  std::printf("%ld\n", answered.load());
}
