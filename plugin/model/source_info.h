// What the text of a .proto says of its declarations: where they stand, and their comments.
#pragma once

#include <google/protobuf/descriptor.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/model/model.h"

namespace protorest::plugin {

// Without line and column where the request has no source information.
Location LocationOf(const google::protobuf::FileDescriptor& file,
                    const google::protobuf::SourceLocation& source);

template <class Descriptor>
Location LocationOf(const Descriptor& descriptor) {
  google::protobuf::SourceLocation source;
  if (!descriptor.GetSourceLocation(&source)) return {std::string(descriptor.file()->name())};
  return LocationOf(*descriptor.file(), source);
}

// Paths of declarations in the source information of their file.
using SourcePath = std::vector<int>;
SourcePath PathOf(const google::protobuf::Descriptor& message);
SourcePath PathOf(const google::protobuf::EnumDescriptor& enumeration);
SourcePath PathOf(const google::protobuf::EnumValueDescriptor& value);
SourcePath PathOf(const google::protobuf::FieldDescriptor& field);
SourcePath PathOf(const google::protobuf::ServiceDescriptor& service);
SourcePath PathOf(const google::protobuf::MethodDescriptor& method);

// Where an option of a method is set, by its path below the method's options; else `fallback`.
Location OptionLocation(const google::protobuf::MethodDescriptor& method, const SourcePath& option,
                        const Location& fallback);

// Tells where the option of a number stands in a declaration, as far as the source tells.
using OptionLocator = std::function<Location(int number)>;
OptionLocator FileLocator(const google::protobuf::FileDescriptor& file);

// `options`: the path of the declaration's options.
OptionLocator LocatorAt(const google::protobuf::FileDescriptor& file, SourcePath options,
                        Location otherwise);

// `options`: the number of the field `options` in the declaration.
template <class Descriptor>
OptionLocator Locator(const Descriptor& descriptor, int options) {
  SourcePath path = PathOf(descriptor);
  path.push_back(options);
  return LocatorAt(*descriptor.file(), std::move(path), LocationOf(descriptor));
}

Comments CommentsOf(const google::protobuf::SourceLocation& source);

template <class Descriptor>
Comments CommentsOf(const Descriptor& descriptor) {
  google::protobuf::SourceLocation source;
  return descriptor.GetSourceLocation(&source) ? CommentsOf(source) : Comments{};
}

}  // namespace protorest::plugin
