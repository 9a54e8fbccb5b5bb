// Walks up from a declaration to its file for the path that protoc knows it by.
#include "plugin/model/source_info.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace protorest::plugin {
namespace {

namespace pb = google::protobuf;

SourcePath Below(SourcePath path, int field, int index) {
  path.push_back(field);
  path.push_back(index);
  return path;
}

// Comment text without the blank that follows the comment sign, nor blank lines at the end.
std::string Clean(const std::string& comment) {
  std::string text;
  for (std::size_t begin = 0; begin < comment.size();) {
    const std::size_t end = std::min(comment.find('\n', begin), comment.size());
    std::string_view line(comment.data() + begin, end - begin);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with(' ') || line.ends_with('\r') || line.ends_with('\t')) {
      line.remove_suffix(1);
    }
    text.append(line).push_back('\n');
    begin = end + 1;
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Location LocationOf(const pb::FileDescriptor& file, const pb::SourceLocation& source) {
  return {std::string(file.name()), source.start_line + 1, source.start_column + 1};
}

SourcePath PathOf(const pb::Descriptor& message) {
  return message.containing_type() == nullptr
             ? SourcePath{pb::FileDescriptorProto::kMessageTypeFieldNumber, message.index()}
             : Below(PathOf(*message.containing_type()),
                     pb::DescriptorProto::kNestedTypeFieldNumber, message.index());
}

SourcePath PathOf(const pb::EnumDescriptor& enumeration) {
  return enumeration.containing_type() == nullptr
             ? SourcePath{pb::FileDescriptorProto::kEnumTypeFieldNumber, enumeration.index()}
             : Below(PathOf(*enumeration.containing_type()),
                     pb::DescriptorProto::kEnumTypeFieldNumber, enumeration.index());
}

SourcePath PathOf(const pb::EnumValueDescriptor& value) {
  return Below(PathOf(*value.type()), pb::EnumDescriptorProto::kValueFieldNumber, value.index());
}

SourcePath PathOf(const pb::FieldDescriptor& field) {
  if (!field.is_extension()) {
    return Below(PathOf(*field.containing_type()), pb::DescriptorProto::kFieldFieldNumber,
                 field.index());
  }
  return field.extension_scope() == nullptr
             ? SourcePath{pb::FileDescriptorProto::kExtensionFieldNumber, field.index()}
             : Below(PathOf(*field.extension_scope()), pb::DescriptorProto::kExtensionFieldNumber,
                     field.index());
}

SourcePath PathOf(const pb::ServiceDescriptor& service) {
  return {pb::FileDescriptorProto::kServiceFieldNumber, service.index()};
}

SourcePath PathOf(const pb::MethodDescriptor& method) {
  return Below(PathOf(*method.service()), pb::ServiceDescriptorProto::kMethodFieldNumber,
               method.index());
}

Location OptionLocation(const pb::MethodDescriptor& method, const SourcePath& option,
                        const Location& fallback) {
  SourcePath path = PathOf(method);
  path.push_back(pb::MethodDescriptorProto::kOptionsFieldNumber);
  path.insert(path.end(), option.begin(), option.end());
  pb::SourceLocation source;
  const pb::FileDescriptor& file = *method.file();
  return file.GetSourceLocation(path, &source) ? LocationOf(file, source) : fallback;
}

OptionLocator FileLocator(const pb::FileDescriptor& file) {
  return LocatorAt(file, {pb::FileDescriptorProto::kOptionsFieldNumber},
                   Location{std::string(file.name())});
}

OptionLocator LocatorAt(const pb::FileDescriptor& file, SourcePath options, Location otherwise) {
  return [&file, path = std::move(options), otherwise = std::move(otherwise)](int number) {
    SourcePath option = path;
    option.push_back(number);
    pb::SourceLocation source;
    return file.GetSourceLocation(option, &source) ? LocationOf(file, source) : otherwise;
  };
}

Comments CommentsOf(const pb::SourceLocation& source) {
  return {Clean(source.leading_comments), Clean(source.trailing_comments)};
}

}  // namespace protorest::plugin
