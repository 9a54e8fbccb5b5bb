// What the tests of this folder share: a protocol's side of a stream, a server to call, waiting.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "protorest/generated/grpc.h"
#include "protorest/grpc/service.h"
#include "protorest/handler.h"

namespace protorest::grpc::testing {

constexpr std::chrono::seconds kSoon{20};  // what should happen at all has happened by then

// Starts `task` and lets the future have its result.
std::future<Status> Start(Task<Status> task);
// The same, waiting for it.
Status Await(Task<Status> task);

// A MessageStream as a protocol would lend it, with the test in the place of the client.
class FakeStream final : public MessageStream {
 public:
  ~FakeStream() override;

  // What the client does.
  void Send(const google::protobuf::Message& request);
  void HalfClose();
  void Disconnect();                     // every step, pending or to come, fails
  void HoldWrites();                     // the client stops reading: writes stay pending
  void ReleaseWrites();                  // … until now
  bool WaitForResponses(std::size_t n);  // until so many came; false: too late
  bool WaitForPendingRead();             // until the other side waits for a request
  std::vector<std::string> responses();  // serialized

  void Read(google::protobuf::Message& message, Done done) override;
  void Write(const google::protobuf::Message& message, Done done) override;
  void CancelRead() override;

 private:
  struct PendingRead {
    google::protobuf::Message* message;
    Done done;
  };
  void FailReads();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> requests_;
  std::vector<std::string> responses_;
  std::optional<PendingRead> pending_read_;
  std::optional<Done> pending_write_;
  bool no_more_requests_ = false;
  bool disconnected_ = false;
  bool hold_writes_ = false;
};

// Request metadata of the protocol that calls.
class FakeMetadata final : public RequestMetadata {
 public:
  explicit FakeMetadata(std::multimap<std::string, std::string> pairs) : pairs_(std::move(pairs)) {}
  std::optional<std::string_view> Find(std::string_view key) const override;
  void ForEach(const std::function<void(std::string_view, std::string_view)>& visit) const override;

 private:
  const std::multimap<std::string, std::string> pairs_;
};

// A grpc::Server that serves one handler, and channels to it.
class Backend {
 public:
  explicit Backend(std::shared_ptr<Handler> handler, ServiceOptions options = {});
  ~Backend();

  std::shared_ptr<::grpc::Channel> InProcess();
  std::shared_ptr<::grpc::Channel> Loopback() const;
  const std::string& address() const { return address_; }
  void Shutdown();  // calls under way are cancelled

 private:
  Service service_;
  std::string address_;
  std::unique_ptr<::grpc::Server> server_;
};

}  // namespace protorest::grpc::testing
