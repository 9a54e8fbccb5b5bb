// Known by name, reached by reflection.
#include "transcode/http_body.h"

#include <string>

#include "json/utf8.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

bool Is(const FieldDescriptor* field, FieldDescriptor::Type type) {
  return field != nullptr && field->type() == type && !field->is_repeated();
}

}  // namespace

std::optional<HttpBody> HttpBody::Of(const Descriptor& type) {
  if (type.full_name() != "google.api.HttpBody") return std::nullopt;
  const FieldDescriptor* content_type = type.FindFieldByNumber(1);
  const FieldDescriptor* data = type.FindFieldByNumber(2);
  if (!Is(content_type, FieldDescriptor::TYPE_STRING) || !Is(data, FieldDescriptor::TYPE_BYTES)) {
    return std::nullopt;
  }
  return HttpBody(*content_type, *data);
}

bool HttpBody::Set(const Content& content, Message& body) const {
  if (!json::detail::IsUtf8(content.type)) return false;
  const auto& reflection = *body.GetReflection();
  reflection.SetString(&body, content_type_, std::string(content.type));
  reflection.SetString(&body, data_, std::string(content.data));
  return true;
}

HttpBody::Content HttpBody::Get(const Message& body) const {
  const auto& reflection = *body.GetReflection();
  // The references are to the message's own strings: neither field has a representation that needs
  // the scratch.
  std::string unused;
  return {reflection.GetStringReference(body, content_type_, &unused),
          reflection.GetStringReference(body, data_, &unused)};
}

}  // namespace protorest::transcode
