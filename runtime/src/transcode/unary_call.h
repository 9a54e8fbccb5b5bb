// UnaryCall: a call of one request and one response.
#pragma once

#include <google/protobuf/message.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transcode/active_call.h"
#include "transcode/endpoint.h"
#include "transcode/response_fields.h"
#include "transcode/whole_body.h"

namespace protorest::transcode {

// Pooled per method, with its messages and buffers: in the steady state a call allocates nothing
// but what a message outgrows.
class UnaryCall final : public ActiveCall, private WholeBody {
 public:
  // A kept object of `method`, or a new one.
  static std::unique_ptr<UnaryCall> Take(Engine& engine, Method& method);
  UnaryCall(Engine& engine, Method& method);

  // Serves the request of `exchange`, and gives `call` back to its method's pool at the end.
  // `captures` are valid until this returns.
  static void Start(std::unique_ptr<UnaryCall> call, http::Exchange& exchange,
                    const Endpoint& endpoint, const HeadFields& fields, const Forms& forms,
                    std::span<const std::string_view> captures);

 private:
  void OnWholeBody(std::string_view body) override;
  void OnBodyRefused(const Status& status, int http_status) override;
  void Complete(Status& status) override;
  void Expire() override;
  void Recycle() override;

  // Whether it holds too much memory to be kept.
  bool Outgrown();
  void KeepCaptures(std::span<const std::string_view> captures);
  void Fail(const Status& status, int http_status = 0);

  const Endpoint* endpoint_ = nullptr;
  Forms forms_;
  std::unique_ptr<google::protobuf::Message> request_;
  std::unique_ptr<google::protobuf::Message> response_;
  std::vector<std::string_view> captures_;
  std::string captures_text_;
  json::Options json_;  // of the response
  std::string text_;    // of the response
  ResponseFields fields_;

  // What Outgrown goes by.
  std::size_t request_bytes_ = 0;  // of the body
  bool small_response_ = false;    // it is known to be
  unsigned small_calls_ = 0;
};

}  // namespace protorest::transcode
