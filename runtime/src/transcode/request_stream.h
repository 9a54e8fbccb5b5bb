// RequestStream: the request side of a streaming call: messages out of a body, as it arrives.
#pragma once

#include <google/protobuf/message.h>

#include <atomic>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "protorest/done.h"
#include "protorest/status.h"
#include "transcode/body_pump.h"
#include "transcode/body_splitter.h"
#include "transcode/endpoint.h"
#include "transcode/message_splitter.h"
#include "transcode/pending_step.h"
#include "transcode/stream_owner.h"

namespace protorest::transcode {

// Threads: one Read at a time; Stop from any thread.
class RequestStream final : private http::BodySink {
 public:
  explicit RequestStream(StreamOwner& owner) : owner_(owner) {}

  // Copies `captures` and the query: the exchange may end before the handler reads its last
  // message.
  void Begin(const Endpoint& endpoint, const Forms& forms, const MessageSplitter::Options& options,
             std::span<const std::string_view> captures);

  void Read(google::protobuf::Message& message, Done done);

  // Ends a pending Read and every later one with false.
  void Stop();

  // Once the handler has returned. What was wrong with the requests, if a Read ended for that.
  const Status& error() const { return error_; }
  // The handler has been told that there are no more.
  bool at_end() const { return at_end_; }
  bool too_large() const { return too_large_; }

 private:
  void OnBody(std::string_view piece, bool last) override;
  void OnBodyError() override;

  void Pull();
  bool Deliver(BodySplitter::Step step, const Content& content);

  StreamOwner& owner_;
  const Endpoint* endpoint_ = nullptr;
  std::vector<std::string> captures_text_;
  std::vector<std::string_view> captures_;
  std::string query_;
  std::optional<BodySplitter> splitter_;
  std::string piece_;  // what the splitter works on
  BodyPump pump_;

  google::protobuf::Message* message_ = nullptr;  // of the pending Read
  PendingStep pending_;
  std::atomic<bool> stopped_ = false;
  std::size_t count_ = 0;  // messages that came
  bool at_end_ = false;
  Status error_;
  bool too_large_ = false;
};

}  // namespace protorest::transcode
