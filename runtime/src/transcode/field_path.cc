// Resolves field paths and walks along them.
#include "transcode/field_path.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Status FieldPath::Resolve(const Descriptor& message, std::string_view path, FieldPath& result) {
  result = {};
  const Descriptor* type = &message;
  std::string_view rest = path;
  while (true) {
    const std::string_view name = rest.substr(0, rest.find('.'));
    const FieldDescriptor* field = type->FindFieldByName(std::string(name));
    if (field == nullptr) {
      return Status::InvalidArgument("\"" + std::string(path) +
                                     "\": " + std::string(type->full_name()) + " has no field \"" +
                                     std::string(name) + "\"");
    }
    result.fields_.push_back(field);
    if (!result.json_path_.empty()) result.json_path_ += '.';
    result.json_path_ += field->json_name();
    if (name.size() == rest.size()) return Status::Ok();
    rest.remove_prefix(name.size() + 1);
    type = field->message_type();
    if (type == nullptr || field->is_repeated()) {
      return Status::InvalidArgument("\"" + std::string(path) + "\": \"" + std::string(name) +
                                     "\" is not a singular message");
    }
  }
}

Message& FieldPath::Reach(Message& root) const {
  Message* message = &root;
  for (std::size_t i = 0; i + 1 < fields_.size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, fields_[i]);
  }
  return *message;
}

const Message* FieldPath::Find(const Message& root) const {
  const Message* message = &root;
  for (std::size_t i = 0; i + 1 < fields_.size(); ++i) {
    if (!message->GetReflection()->HasField(*message, fields_[i])) return nullptr;
    message = &message->GetReflection()->GetMessage(*message, fields_[i]);
  }
  return message;
}

}  // namespace protorest::transcode
