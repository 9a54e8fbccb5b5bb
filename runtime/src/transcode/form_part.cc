// By the field's type.
#include "transcode/form_part.h"

#include <optional>

#include "transcode/http_body.h"
#include "transcode/scalar_text.h"

namespace protorest::transcode {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool SetFieldFromPart(const FormPart& part, const FieldDescriptor& field,
                      const json::Options& options, Message& message, std::string& expected,
                      json::Result& result) {
  const auto& reflection = *message.GetReflection();
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    if (field.is_repeated()) {
      reflection.AddString(&message, &field, std::string(part.data));
    } else {
      reflection.SetString(&message, &field, std::string(part.data));
    }
    return true;
  }
  if (IsTextField(field)) return SetFieldFromText(part.data, field, message, expected);
  Message& value = field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                       : *reflection.MutableMessage(&message, &field);
  if (const std::optional<HttpBody> body = HttpBody::Of(*field.message_type())) {
    expected = "a Content-Type in UTF-8";
    return body->Set({part.content_type, part.data}, value);
  }
  result = json::Read(part.data, json::ReflectionCodec(), options, value);
  return static_cast<bool>(result);
}

}  // namespace protorest::transcode
