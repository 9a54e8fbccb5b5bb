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
#include "transcode/http_body.h"
#include "transcode/method.h"
#include "transcode/options.h"
#include "transcode/path_template.h"
#include "transcode/request_body.h"
#include "transcode/update_mask.h"

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
  const Options& options() const { return options_; }
  const RequestBody& body() const { return body_; }
  bool lenient() const { return lenient_; }
  // Of HTTP, where the handler says nothing else (rules E4, E7).
  int success_status() const { return success_status_; }

  // Its responses to GET get an entity tag.
  bool etag() const { return method_.info->traits.etag; }

  // What the client is told that sends another content type (rule B9).
  std::string_view accept_header() const { return accept_header_; }

  // Makes `request` of the body (or of one message of a body that streams them), then sets what
  // path and query say; `json` takes what the query asks of the response's form (rule Q26).
  // INVALID_ARGUMENT tells all that is wrong with body, path and query, and of a stream's message
  // its `number`, which counts from 1.
  Status Decode(const Content& content, std::span<const std::string_view> captures,
                std::string_view query, google::protobuf::Message& request,
                json::Options* json = nullptr, std::size_t number = 0) const;

  // The same of path and query alone: of a stream of requests, before its first message has come.
  Status CheckUrl(std::span<const std::string_view> captures, std::string_view query,
                  json::Options& json) const;

  // Its responses are google.api.HttpBody, which go out as they are (rule E6).
  bool raw_response() const { return http_body_.has_value(); }
  // Without a type that no header could have.
  HttpBody::Content RawResponse(const google::protobuf::Message& response) const;

  // Its responses are messages, which have a binary form (rule B9).
  bool has_protobuf_response() const { return payload_type_ != nullptr; }
  void EncodeProtobuf(const google::protobuf::Message& response, std::string& out) const;

  // Appends the JSON of a response. INTERNAL if it has none (rules J47 to J50): `problem` says why,
  // for the log.
  Status Encode(const google::protobuf::Message& response, const json::Options& json,
                std::string& out, std::string& problem) const;

 private:
  // The message that goes out: the response, or that of its response_body.
  const google::protobuf::Message& Payload(const google::protobuf::Message& response) const;

  Method& method_;
  const Options& options_;
  bool lenient_;
  int success_status_;
  std::string_view accept_header_;
  RequestBody body_;
  const google::protobuf::FieldDescriptor* response_field_;     // null: the whole response
  const json::Codec* response_field_codec_;                     // of the messages in it
  const google::protobuf::Descriptor* payload_type_ = nullptr;  // null: no message
  std::optional<HttpBody> http_body_;                           // what the payload is
  std::optional<RequestBinder> binder_;
  std::optional<UpdateMask> update_mask_;
  Status status_;
};

}  // namespace protorest::transcode
