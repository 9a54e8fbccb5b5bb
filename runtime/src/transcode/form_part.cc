// By the field's type.
#include "transcode/form_part.h"

#include <optional>

#include "transcode/http_body.h"
#include "transcode/scalar_text.h"

namespace protorest::transcode {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool SetFieldFromPart(const FormPart& part, const FieldDescriptor& field,
                      const json::Options& options, Message& message, std::string& expected) {
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
  const json::Result result = json::Read(part.data, json::ReflectionCodec(), options, value);
  if (result) return true;
  const json::Violation& first = result.violations().front();
  expected = "JSON of " + std::string(field.message_type()->full_name()) + " (" +
             (first.field.empty() ? "" : first.field + ": ") + first.description + ")";
  return false;
}

}  // namespace protorest::transcode
