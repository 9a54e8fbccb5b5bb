// WebSocketCall: a streaming call whose messages are those of a WebSocket (rule E25).
#pragma once

#include <google/protobuf/message.h>

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/websocket.h"
#include "protorest/stream.h"
#include "transcode/endpoint.h"
#include "transcode/pending_step.h"
#include "transcode/stream_owner.h"

namespace protorest::transcode {

// Made for one call. Text messages are JSON, binary ones protobuf; an empty text ends the requests.
// The close code tells how the call has ended: 1000, or 4000 and the code with the message.
class WebSocketCall final : public StreamOwner, private MessageStream, private http::MessageSink {
 public:
  // Serves the request of `exchange`, of a method that streams. `captures` are valid until this
  // returns.
  static void Start(Engine& engine, http::Exchange& exchange, const Endpoint& endpoint,
                    const HeadFields& fields, std::span<const std::string_view> captures);

 private:
  // What the next message of the client is.
  enum class Expects {
    kTheRequest,  // of a method that takes one
    kRequests,    // one of many
    kNothing,     // all have come
  };

  explicit WebSocketCall(Engine& engine) : StreamOwner(engine) {}

  void Open(http::Exchange& exchange, const HeadFields& fields);
  Status Prepare();

  void Read(google::protobuf::Message& message, Done done) override;
  void Write(const google::protobuf::Message& message, Done done) override;
  void CancelRead() override { StopReading(); }

  void OnMessage(std::string_view message, bool binary) override;
  void OnNoMessage() override;

  void Receive();
  void TakeTheRequest(std::string_view message, bool binary);
  void TakeRequest(std::string_view message, bool binary);
  bool Decode(std::string_view message, bool binary, google::protobuf::Message& into);
  void StopReading();

  bool Encode(const google::protobuf::Message& message);
  bool SendText();
  void SendResponse();
  void WaitForRoom(Done done);

  void Complete(Status& status) override;
  void Expire() override;
  void OnCancelled() override;
  void EndExchange() override;
  void EndBeforeRun(Status status);
  void Recycle() override { delete this; }

  const Endpoint* endpoint_ = nullptr;
  http::WebSocket* socket_ = nullptr;
  bool binary_ = false;  // what is sent
  std::string query_;
  std::vector<std::string> captures_text_;
  std::vector<std::string_view> captures_;
  json::Options json_;
  std::unique_ptr<google::protobuf::Message> request_;   // unless the method streams requests
  std::unique_ptr<google::protobuf::Message> response_;  // unless it streams responses

  // Requests.
  Expects expects_ = Expects::kNothing;
  std::atomic<bool> unbegun_ = false;  // the handler waits for the request; who takes this goes on
  google::protobuf::Message* message_ = nullptr;  // of the pending Read
  PendingStep pending_read_;
  Status error_;        // what was wrong with them
  int close_code_ = 0;  // of that; 0: the status's own
  std::atomic<bool> too_many_ = false;
  std::atomic<bool> stopped_reading_ = false;

  // Responses.
  std::string text_;
  Status failure_;  // a message could not be encoded
  PendingStep pending_write_;
  std::atomic<bool> stopped_writing_ = false;

  // How the exchange ends; set by the one who closes it.
  Status outcome_;
};

}  // namespace protorest::transcode
