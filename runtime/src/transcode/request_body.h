// RequestBody: how the bodies of one HTTP binding become messages, whatever their content type.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string_view>

#include "protorest/service.h"
#include "transcode/accept.h"
#include "transcode/field_path.h"
#include "transcode/form.h"
#include "transcode/http_body.h"
#include "transcode/method.h"
#include "transcode/options.h"
#include "transcode/violations.h"

namespace protorest::transcode {

// A body, or one message of a body that streams them, as it came.
struct Content {
  std::string_view data;
  BodyType type = BodyType::kJson;
  std::string_view content_type;  // as sent; "" if it was not
};

// Prepared when the server starts; then constant, for any number of threads. Refers to what it was
// made from.
class RequestBody {
 public:
  // `field` is the one that the binding names as body, if any.
  RequestBody(const Method& method, const HttpBinding& binding,
              const google::protobuf::FieldDescriptor* field, bool lenient, const Options& options);

  // The request's field that the body is; null for the whole request.
  const google::protobuf::FieldDescriptor* field() const { return field_; }
  bool none() const { return target_ == Target::kNone; }
  // The rule has none: the messages are for WebSockets, which open with GET (rule B2).
  bool only_in_websockets() const { return only_in_websockets_; }
  // The body is that of a google.api.HttpBody: any type, any bytes (rule B17).
  bool raw() const { return http_body_.has_value(); }
  // It is a message, which has a binary form.
  bool is_message() const { return message_type_ != nullptr; }
  // Whether a body of this type is read; otherwise the answer is 415 (rule B9).
  bool Takes(BodyType type) const;
  // The types that are, for that answer.
  std::string_view accepted_types() const;

  // Lets required fields of proto2 be missing, as the path may set them.
  void AllowPartial() { json_.allow_partial = true; }

  // Clears `request` and sets what the body says; what is wrong is noted. Of forms and binary
  // bodies, required fields that are missing are not.
  void Read(const Content& content, google::protobuf::Message& request,
            Violations& violations) const;

  // Whether a body that has been read says the field at `path`, be it the default, which the
  // message cannot tell from nothing (rule P25). Of a binary one nobody knows: no. It is looked
  // through only where its text has the name, or may hide it.
  bool Says(const Content& content, const FieldPath& path) const;

 private:
  enum class Target { kNone, kAll, kField };

  void ReadJson(std::string_view text, google::protobuf::Message& request,
                Violations& violations) const;
  void ReadProtobuf(std::string_view bytes, google::protobuf::Message& message,
                    Violations& violations) const;
  // The message that the body is, or that of the field.
  google::protobuf::Message& Reach(google::protobuf::Message& request) const;

  const Method& method_;
  json::Options json_;
  bool streams_;
  bool only_in_websockets_;
  Target target_ = Target::kNone;
  const google::protobuf::FieldDescriptor* field_;              // of kField
  const json::Codec* field_codec_;                              // of the messages in it
  const google::protobuf::Descriptor* message_type_ = nullptr;  // null: the field is no message
  std::optional<HttpBody> http_body_;
  std::optional<Form> form_;  // where forms are taken
};

}  // namespace protorest::transcode
