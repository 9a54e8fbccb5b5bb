// The fakes, and the server under test.
#include "tests/runtime/grpc/test_support.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <utility>

#include "rpc/detached.h"

namespace protorest::grpc::testing {
namespace {

Detached Fulfil(Task<Status> task, std::promise<Status> promise) {
  promise.set_value(co_await std::move(task));
}

}  // namespace

std::future<Status> Start(Task<Status> task) {
  std::promise<Status> promise;
  std::future<Status> future = promise.get_future();
  Fulfil(std::move(task), std::move(promise));
  return future;
}

Status Await(Task<Status> task) {
  std::future<Status> future = Start(std::move(task));
  if (future.wait_for(kSoon) != std::future_status::ready) {
    ADD_FAILURE() << "the call does not end";
    std::abort();  // the call refers to the test's variables
  }
  return future.get();
}

FakeStream::~FakeStream() { EXPECT_FALSE(pending_read_.has_value() || pending_write_.has_value()); }

void FakeStream::Send(const google::protobuf::Message& request) {
  std::unique_lock lock(mutex_);
  if (!pending_read_) return requests_.push_back(request.SerializeAsString());
  const PendingRead read = *std::exchange(pending_read_, std::nullopt);
  lock.unlock();
  read.message->CopyFrom(request);
  read.done(true);
}

void FakeStream::HalfClose() { FailReads(); }

void FakeStream::FailReads() {
  std::unique_lock lock(mutex_);
  no_more_requests_ = true;
  const auto read = std::exchange(pending_read_, std::nullopt);
  lock.unlock();
  if (read) read->done(false);
}

void FakeStream::Disconnect() {
  {
    const std::lock_guard lock(mutex_);
    disconnected_ = true;
    requests_.clear();
  }
  FailReads();
  ReleaseWrites();
}

void FakeStream::HoldWrites() {
  const std::lock_guard lock(mutex_);
  hold_writes_ = true;
}

void FakeStream::ReleaseWrites() {
  std::unique_lock lock(mutex_);
  hold_writes_ = false;
  const bool ok = !disconnected_;
  const auto write = std::exchange(pending_write_, std::nullopt);
  lock.unlock();
  if (write) (*write)(ok);
}

bool FakeStream::WaitForResponses(std::size_t n) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kSoon, [&] { return responses_.size() >= n; });
}

bool FakeStream::WaitForPendingRead() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kSoon, [&] { return pending_read_.has_value(); });
}

std::vector<std::string> FakeStream::responses() {
  const std::lock_guard lock(mutex_);
  return responses_;
}

void FakeStream::Read(google::protobuf::Message& message, Done done) {
  std::unique_lock lock(mutex_);
  if (!requests_.empty()) {
    message.ParseFromString(requests_.front());
    requests_.pop_front();
    lock.unlock();
    return done(true);
  }
  if (no_more_requests_) {
    lock.unlock();
    return done(false);
  }
  pending_read_ = {&message, done};
  changed_.notify_all();
}

void FakeStream::Write(const google::protobuf::Message& message, Done done) {
  std::unique_lock lock(mutex_);
  if (disconnected_) {
    lock.unlock();
    return done(false);
  }
  responses_.push_back(message.SerializeAsString());
  changed_.notify_all();
  if (hold_writes_) {
    pending_write_ = done;
    return;
  }
  lock.unlock();
  done(true);
}

void FakeStream::CancelRead() {
  {
    const std::lock_guard lock(mutex_);
    requests_.clear();
  }
  FailReads();
}

std::optional<std::string_view> FakeMetadata::Find(std::string_view key) const {
  const auto found = pairs_.find(std::string(key));
  if (found == pairs_.end()) return std::nullopt;
  return found->second;
}

void FakeMetadata::ForEach(
    const std::function<void(std::string_view, std::string_view)>& visit) const {
  for (const auto& [key, value] : pairs_) visit(key, value);
}

Backend::Backend(std::shared_ptr<Handler> handler, ServiceOptions options)
    : service_(std::move(handler), std::move(options)) {
  int port = 0;
  ::grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", ::grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

Backend::~Backend() { Shutdown(); }

void Backend::Shutdown() { server_->Shutdown(std::chrono::system_clock::now()); }

std::shared_ptr<::grpc::Channel> Backend::InProcess() { return server_->InProcessChannel({}); }

std::shared_ptr<::grpc::Channel> Backend::Loopback() const {
  ::grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return ::grpc::CreateCustomChannel(address_, ::grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace protorest::grpc::testing
