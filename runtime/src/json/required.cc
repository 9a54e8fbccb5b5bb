#include "json/required.h"

#include <google/protobuf/descriptor.h>

#include <string>
#include <utility>
#include <vector>

#include "json/escape.h"
#include "json/path.h"
#include "json/problems.h"
#include "json/reflection.h"

namespace protorest::json::detail {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Walks what is set in a message. Recursion is bounded by how deep it was parsed.
class RequiredFields {
 public:
  void Look(const std::string& path, const Message& message);

  std::vector<Violation> violations;

 private:
  void LookWithin(const std::string& path, const Message& message, const FieldDescriptor& field);
};

std::string With(std::string path, std::string_view name) {
  std::string buffer;
  AppendMember(EscapeName(name, &buffer), path);
  return path;
}

std::string NameOf(const FieldDescriptor& field) {
  if (!field.is_extension()) return std::string(field.json_name());
  return "[" + std::string(field.PrintableNameForExtension()) + "]";
}

void RequiredFields::Look(const std::string& path, const Message& message) {
  if (violations.size() == kMaxProblems || message.IsInitialized()) return;
  const auto& type = *message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < type.field_count() && violations.size() < kMaxProblems; ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!field.is_required() || reflection.HasField(message, &field)) continue;
    violations.push_back({With(path, NameOf(field)), kNotThere});
  }
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    LookWithin(With(path, NameOf(*field)), message, *field);
  }
}

// The field is set.
void RequiredFields::LookWithin(const std::string& path, const Message& message,
                                const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) return Look(path, reflection.GetMessage(message, &field));
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& element = reflection.GetRepeatedMessage(message, &field, i);
    if (violations.size() == kMaxProblems) return;
    if (element.IsInitialized()) continue;
    if (!field.is_map()) {
      Look(path + "[" + std::to_string(i) + "]", element);
      continue;
    }
    const auto& entry = *element.GetDescriptor();
    const Message& value = element.GetReflection()->GetMessage(element, entry.map_value());
    Look(With(path, KeyText(element, *entry.map_key())), value);
  }
}

}  // namespace

Result CheckRequired(const Message& message) {
  RequiredFields fields;
  fields.Look("", message);
  return Result(std::move(fields.violations));
}

}  // namespace protorest::json::detail
