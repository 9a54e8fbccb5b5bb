// ResponseStream: the response side of a streaming call: messages into a JSON array, lines or
// events.
#pragma once

#include <google/protobuf/message.h>

#include <atomic>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/done.h"
#include "protorest/status.h"
#include "transcode/accept.h"
#include "transcode/endpoint.h"
#include "transcode/event_format.h"
#include "transcode/head_fields.h"
#include "transcode/heartbeat.h"
#include "transcode/pending_step.h"
#include "transcode/response_fields.h"
#include "transcode/stream_owner.h"

namespace protorest::transcode {

// Threads: one Write at a time; Stop and StopHeartbeat from any thread; End once nobody uses the
// exchange any more.
class ResponseStream final {
 public:
  explicit ResponseStream(StreamOwner& owner) : owner_(owner), heartbeat_(owner) {}

  void Begin(const Endpoint& endpoint, const MediaOffer& offer, const HeadFields& fields);

  // How the messages are written; before the first Write. Lines stay lines, whatever it says.
  void SetJson(const json::Options& json);

  // Events: keeps the stream open from here on. A beat sends the response's head if no message has.
  void StartHeartbeat(Timers& timers, Clock::duration interval, Context& context);
  void StopHeartbeat() { heartbeat_.Stop(); }

  // The response's head goes out with the first message. That is all that HEAD asks for: the call
  // is cancelled then.
  void Write(const google::protobuf::Message& message, Context& context, Done done);

  // Ends a pending Write and every later one with false.
  void Stop();

  // Ends the exchange. An error is told apart from data: before the first message by the status of
  // the response, after it by a last line or event, or by cutting the connection (rules E9, E10).
  // `context` is null where the handler may still be using its own.
  void End(const Status& status, int http_status, const Context* context);

 private:
  enum class Sent { kNothing, kHead, kWithRoom, kFull };

  Sent Send(const google::protobuf::Message& message, Context& context);
  bool Encode(const google::protobuf::Message& message, Context& context);
  bool AllSaid() const { return head_only_ && started_; }
  void WaitForRoom(Done done);
  void Beat();
  void Start(Context& context);
  void AppendRaw(const google::protobuf::Message& message);
  void EndUnstarted(const Status& status, int http_status, ResponseFields& fields,
                    std::span<const http::Header> trailers);
  void EndStarted(const Status& status, std::span<const http::Header> trailers);
  std::string LastWords(const Status& status) const;

  StreamOwner& owner_;
  const Endpoint* endpoint_ = nullptr;
  json::Options json_;
  MediaOffer offer_;
  std::string_view content_type_;
  EventFormat events_;
  Heartbeat heartbeat_;
  Context* context_ = nullptr;  // for the heartbeat

  // A beat comes between two writes, never into one.
  std::mutex mutex_;
  bool head_only_ = false;    // the request is HEAD
  bool te_trailers_ = false;  // the client takes trailers (rule E17)
  bool started_ = false;
  bool full_ = false;  // a Write waits for room: no beat is needed, nor wanted
  std::string text_;

  ResponseFields fields_;
  Status failure_;  // a message had no JSON
  PendingStep pending_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace protorest::transcode
