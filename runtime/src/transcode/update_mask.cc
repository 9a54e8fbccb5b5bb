// Walks the keys of a body that is known to be right.
#include "transcode/update_mask.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "json/search.h"
#include "protorest/generated/json_reader.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

constexpr char kFieldMask[] = "google.protobuf.FieldMask";

bool IsSingularMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated();
}

// Whether the mask names fields below this one, rather than it.
bool HasFields(const FieldDescriptor& field) {
  return IsSingularMessage(field) &&
         field.message_type()->well_known_type() == Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

// Passes a value of an enum. False: a name that the enum does not have, which was ignored (rule
// J22).
bool TakeEnum(json::Reader& reader, const EnumDescriptor& type) {
  if (reader.Peek() != '"') {
    reader.SkipValue();
    return true;
  }
  std::string_view name;
  return reader.ScratchString("a name", &name) &&
         type.FindValueByName(std::string(name)) != nullptr;
}

// Passes the value of a field. False: it holds something, and all of that was ignored.
bool TakeLeaf(json::Reader& reader, const FieldDescriptor& field) {
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

// Adds the paths of the object that comes next, a message of `type`. False: it holds something, and
// all of that was ignored.
bool Collect(json::Reader& reader, const Descriptor& type, const std::string& prefix,
             std::vector<std::string>& paths) {
  const std::size_t before = paths.size();
  bool empty = true;
  for (json::Entries members(reader, /*null_values=*/true); members.Next();) {
    empty = false;
    const FieldDescriptor* field = json::detail::FindByEitherName(type, members.key());
    if (field == nullptr) {
      reader.SkipValue();
      continue;
    }
    std::string path = prefix + std::string(field->name());
    const std::size_t count = paths.size();
    const bool taken = HasFields(*field) && reader.Peek() == '{'
                           ? Collect(reader, *field->message_type(), path + ".", paths)
                           : TakeLeaf(reader, *field);
    if (taken && paths.size() == count) paths.push_back(std::move(path));
  }
  return empty || paths.size() > before;
}

}  // namespace

std::optional<UpdateMask> UpdateMask::Of(const Descriptor& request, std::string_view verb,
                                         const FieldDescriptor* body) {
  if (verb != "PATCH" || body == nullptr || !HasFields(*body)) return std::nullopt;
  const FieldDescriptor* mask = nullptr;
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor* field = request.field(i);
    if (!IsSingularMessage(*field) || field->message_type()->full_name() != kFieldMask) continue;
    if (mask != nullptr) return std::nullopt;
    mask = field;
  }
  return mask ? std::optional(UpdateMask(*mask, *body->message_type())) : std::nullopt;
}

void UpdateMask::Fill(std::string_view body, const json::Options& options, Message& request) const {
  const auto& reflection = *request.GetReflection();
  const FieldDescriptor* list = mask_->message_type()->FindFieldByNumber(1);
  if (reflection.HasField(request, mask_)) {
    const Message& given = reflection.GetMessage(request, mask_);
    if (given.GetReflection()->FieldSize(given, list) > 0) return;
  }
  json::Reader reader(body, options);
  if (reader.Peek() != '{') return;  // empty, or null
  std::vector<std::string> paths;
  Collect(reader, *body_, "", paths);
  if (paths.empty()) return;
  std::sort(paths.begin(), paths.end());
  Message& mask = *reflection.MutableMessage(&request, mask_);
  for (std::string& path : paths) {
    mask.GetReflection()->AddString(&mask, list, std::move(path));
  }
}

}  // namespace protorest::transcode
