// Endpoint: one HTTP binding of a method: how its requests become messages, and messages responses.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protorest/service.h"
#include "protorest/status.h"
#include "transcode/bind.h"
#include "transcode/method.h"
#include "transcode/options.h"
#include "transcode/path_template.h"

namespace protorest::transcode {

// Prepared when the server starts; then constant, for any number of threads.
class Endpoint {
 public:
  // `binding` must be one of `method`, `path` its parsed template. Check status() before use.
  Endpoint(Method& method, const HttpBinding& binding, const PathTemplate& path,
           const Options& options);

  // Why the binding does not fit its messages: generated code never has such.
  const Status& status() const { return status_; }

  Method& method() const { return method_; }
  bool takes_body() const { return body_ != Body::kNone; }
  // Of HTTP, where the handler says nothing else (rules E4, E7).
  int success_status() const { return success_status_; }

  // What the client is told that sends another content type (rule B9).
  std::string_view accept_header() const { return accept_header_; }

  // Makes `request` of the body (or of one message of a body that streams them), then sets what
  // path and query say; `json` takes what the query asks of the response's form (rule Q26).
  Status Decode(std::string_view body, std::span<const std::string_view> captures,
                std::string_view query, google::protobuf::Message& request,
                json::Options* json = nullptr) const;

  // The same of path and query alone: of a stream of requests, before its first message has come.
  Status CheckUrl(std::span<const std::string_view> captures, std::string_view query,
                  json::Options& json) const;

  // Appends the JSON of a response. INTERNAL if it has none (rules J47 to J50): `problem` says why,
  // for the log.
  Status Encode(const google::protobuf::Message& response, const json::Options& json,
                std::string& out, std::string& problem) const;

 private:
  enum class Body { kNone, kAll, kField };

  json::Result ReadBody(std::string_view body, google::protobuf::Message& request) const;
  const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Message& message,
                                                     std::string_view name);

  Method& method_;
  const Options& options_;
  Body body_ = Body::kNone;
  bool lenient_ = false;
  int success_status_ = 200;
  std::string_view accept_header_;
  const google::protobuf::FieldDescriptor* body_field_ = nullptr;      // null: the whole request
  const google::protobuf::FieldDescriptor* response_field_ = nullptr;  // null: the whole response
  std::optional<RequestBinder> binder_;
  Status status_;
};

}  // namespace protorest::transcode
