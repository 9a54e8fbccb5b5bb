// Walks the keys of a text that is known to be right.
#include "transcode/json_members.h"

#include <string>
#include <string_view>

namespace protorest::transcode {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

namespace {

// Consumes a value of an enum. False: a name that the enum does not have.
bool TakeEnum(json::Reader& reader, const EnumDescriptor& type) {
  if (reader.Peek() != '"') {
    reader.SkipValue();
    return true;
  }
  std::string_view name;
  return reader.ScratchString("a name", &name) &&
         type.FindValueByName(std::string(name)) != nullptr;
}

}  // namespace

bool TakeValue(json::Reader& reader, const FieldDescriptor& field) {
  const FieldDescriptor& value = field.is_map() ? *field.message_type()->map_value() : field;
  if (value.enum_type() == nullptr) {
    reader.SkipValue();
    return true;
  }
  bool empty = true;
  bool taken = false;
  const auto take = [&] {
    empty = false;
    taken |= TakeEnum(reader, *value.enum_type());
  };
  if (field.is_map()) {
    for (json::Entries entries(reader, /*null_values=*/true); entries.Next();) take();
  } else if (field.is_repeated()) {
    for (json::Array array(reader, /*null_elements=*/true); array.Next();) take();
  } else {
    take();
  }
  return taken || empty;
}

bool SaysField(json::Reader& reader, std::span<const FieldDescriptor* const> path) {
  if (reader.Peek() != '{') {
    reader.SkipValue();
    return false;
  }
  bool says = false;
  ForEachField(reader, *path[0]->containing_type(), [&](const FieldDescriptor& field) {
    if (&field != path[0]) return reader.SkipValue();
    if (path.size() > 1) {
      says = SaysField(reader, path.subspan(1));
    } else {
      says = !reader.Null() && TakeValue(reader, field);
    }
  });
  return says;
}

}  // namespace protorest::transcode
