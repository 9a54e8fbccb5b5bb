// HttpBody: google.api.HttpBody, whichever copy of its .proto the program links.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string_view>

namespace protorest::transcode {

// The fields of a message type called google.api.HttpBody. Copyable; refers to descriptors.
class HttpBody {
 public:
  struct Content {
    std::string_view type;  // as the message has it, perhaps empty
    std::string_view data;
  };

  // Nullopt: `type` is another type.
  static std::optional<HttpBody> Of(const google::protobuf::Descriptor& type);

  // `body` is of this type. False: the type is no UTF-8, which a string field must be; `body` is
  // as it was.
  [[nodiscard]] bool Set(const Content& content, google::protobuf::Message& body) const;
  // Views of `body`.
  Content Get(const google::protobuf::Message& body) const;

 private:
  HttpBody(const google::protobuf::FieldDescriptor& content_type,
           const google::protobuf::FieldDescriptor& data)
      : content_type_(&content_type), data_(&data) {}

  const google::protobuf::FieldDescriptor* content_type_;
  const google::protobuf::FieldDescriptor* data_;
};

}  // namespace protorest::transcode
