// ResponseStream: the response side of a streaming call: messages into a JSON array or lines.
#pragma once

#include <google/protobuf/message.h>

#include <atomic>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/done.h"
#include "protorest/status.h"
#include "transcode/accept.h"
#include "transcode/endpoint.h"
#include "transcode/pending_step.h"
#include "transcode/response_fields.h"
#include "transcode/stream_owner.h"

namespace protorest::transcode {

// Threads: one Write at a time; Stop from any thread; End once nobody uses the exchange any more.
class ResponseStream final {
 public:
  explicit ResponseStream(StreamOwner& owner) : owner_(owner) {}

  void Begin(const Endpoint& endpoint, const MediaOffer& offer);

  // How the messages are written; before the first Write. Lines stay lines, whatever it says.
  void SetJson(const json::Options& json);

  // The response's head goes out with the first message.
  void Write(const google::protobuf::Message& message, const Context& context, Done done);

  // Ends a pending Write and every later one with false.
  void Stop();

  // Ends the exchange. An error is told apart from data: before the first message by the status of
  // the response, after it by a last line, or by cutting the connection (rules E9, E10). `context`
  // is null where the handler may still be using its own.
  void End(const Status& status, int http_status, const Context* context);

 private:
  bool Encode(const google::protobuf::Message& message, const Context& context);
  void Start(const Context& context);
  void EndUnstarted(const Status& status, int http_status, ResponseFields& fields);
  void EndStarted(const Status& status, const Context* context);

  StreamOwner& owner_;
  const Endpoint* endpoint_ = nullptr;
  json::Options json_;
  MediaOffer offer_;
  bool started_ = false;
  std::string text_;
  ResponseFields fields_;
  Status failure_;  // a message had no JSON
  PendingStep pending_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace protorest::transcode
