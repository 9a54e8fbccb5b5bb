// FieldPath: a field of a message or of its sub-messages, found by name once and reached fast after
// that.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "protorest/status.h"

namespace protorest::transcode {

// "shelf.name", resolved. Copyable; refers to descriptors, which must outlive it.
class FieldPath {
 public:
  // Names are those of the .proto. INVALID_ARGUMENT: there is no such field, or the path leads
  // through one that is no singular message.
  static Status Resolve(const google::protobuf::Descriptor& message, std::string_view path,
                        FieldPath& result);

  const google::protobuf::FieldDescriptor& leaf() const { return *fields_.back(); }
  // Outermost first.
  const std::vector<const google::protobuf::FieldDescriptor*>& fields() const { return fields_; }
  // "shelf.name" by JSON names, for error messages.
  const std::string& json_path() const { return json_path_; }

  // The message that holds the leaf; creates those on the way to it (rule P24).
  google::protobuf::Message& Reach(google::protobuf::Message& root) const;
  // The same, or null if one on the way is not set.
  const google::protobuf::Message* Find(const google::protobuf::Message& root) const;

 private:
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
  std::string json_path_;
};

}  // namespace protorest::transcode
