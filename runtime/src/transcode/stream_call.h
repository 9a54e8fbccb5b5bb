// StreamCall: a call that streams requests, responses, or both.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "protorest/stream.h"
#include "transcode/accept.h"
#include "transcode/endpoint.h"
#include "transcode/request_stream.h"
#include "transcode/response_stream.h"
#include "transcode/whole_body.h"

namespace protorest::transcode {

// Made for one call: a stream's set-up costs little beside what it carries.
class StreamCall final : public StreamOwner, private MessageStream, private WholeBody {
 public:
  // Serves the request of `exchange`. `captures` are valid until this returns.
  static void Start(Engine& engine, http::Exchange& exchange, const Endpoint& endpoint,
                    const HeadFields& fields, const Forms& forms,
                    std::span<const std::string_view> captures);

 private:
  explicit StreamCall(Engine& engine) : StreamOwner(engine), requests_(*this), responses_(*this) {}

  void Read(google::protobuf::Message& message, Done done) override {
    requests_.Read(message, done);
  }
  void Write(const google::protobuf::Message& message, Done done) override {
    responses_.Write(message, context(), done);
  }
  void CancelRead() override { requests_.Stop(); }

  void OnWholeBody(std::string_view body) override;
  void OnBodyRefused(const Status& status, int http_status) override;

  void Complete(Status& status) override;
  void Expire() override;
  void OnCancelled() override;
  void EndExchange() override;
  void Recycle() override { delete this; }

  void Open(google::protobuf::Message* request);
  void EndBeforeRun(const Status& status, int http_status);
  void RespondMessage();

  const Endpoint* endpoint_ = nullptr;
  Forms forms_;
  json::Options json_;  // of the responses
  RequestStream requests_;
  ResponseStream responses_;
  std::vector<std::string> captures_text_;
  std::unique_ptr<google::protobuf::Message> request_;   // unless the method streams requests
  std::unique_ptr<google::protobuf::Message> response_;  // unless it streams responses

  // How the exchange ends; set by the one who closes it.
  Status outcome_;
  int http_status_ = 0;
  bool expired_ = false;  // the handler may still be running
};

}  // namespace protorest::transcode
