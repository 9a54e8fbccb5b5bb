#include "transcode/required_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

namespace protorest::transcode {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

namespace {

void AddBelow(const std::string& prefix, const Message& message, Violations& violations);

// A number, or a text in quotes.
std::string KeyOf(const Message& entry) {
  std::string key;
  const FieldDescriptor& field = *entry.GetDescriptor()->map_key();
  google::protobuf::TextFormat::PrintFieldValueToString(entry, &field, -1, &key);
  return key;
}

// The field is set.
void AddWithin(const std::string& path, const Message& message, const FieldDescriptor& field,
               Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    return AddBelow(path + ".", reflection.GetMessage(message, &field), violations);
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& element = reflection.GetRepeatedMessage(message, &field, i);
    if (!field.is_map()) {
      AddBelow(path + "[" + std::to_string(i) + "].", element, violations);
      continue;
    }
    const FieldDescriptor& value = *element.GetDescriptor()->map_value();
    if (value.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return;
    AddBelow(path + "[" + KeyOf(element) + "].",
             element.GetReflection()->GetMessage(element, &value), violations);
  }
}

void AddBelow(const std::string& prefix, const Message& message, Violations& violations) {
  if (message.IsInitialized()) return;
  const auto& type = *message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!field.is_required() || reflection.HasField(message, &field)) continue;
    violations.Add(prefix + std::string(field.json_name()), "required, but not there");
  }
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const std::string name = field->is_extension()
                                 ? "[" + std::string(field->PrintableNameForExtension()) + "]"
                                 : std::string(field->json_name());
    AddWithin(prefix + name, message, *field, violations);
  }
}

}  // namespace

void AddMissing(const Message& message, Violations& violations) {
  AddBelow("", message, violations);
}

}  // namespace protorest::transcode
