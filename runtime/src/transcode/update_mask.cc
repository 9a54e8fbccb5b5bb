// Walks the keys of a body that is known to be right.
#include "transcode/update_mask.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "protorest/generated/json_reader.h"
#include "transcode/json_members.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
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

// Adds the paths of the object that comes next, a message of `type`. False: it holds something, and
// all of that was ignored.
bool Collect(json::Reader& reader, const Descriptor& type, const std::string& prefix,
             std::vector<std::string>& paths) {
  const std::size_t before = paths.size();
  const bool any = ForEachField(reader, type, [&](const FieldDescriptor& field) {
    std::string path = prefix + std::string(field.name());
    const std::size_t count = paths.size();
    const bool taken = HasFields(field) && reader.Peek() == '{'
                           ? Collect(reader, *field.message_type(), path + ".", paths)
                           : TakeValue(reader, field);
    if (taken && paths.size() == count) paths.push_back(std::move(path));
  });
  return !any || paths.size() > before;
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
