// Options whose types are known by the request alone, as JSON.
#pragma once

#include <google/protobuf/dynamic_message.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace google::protobuf {
class DescriptorPool;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace protorest::plugin {

// An option found in a request, under its full name.
struct OptionJson {
  std::string name;             // "openapi.v3.operation"
  nlohmann::ordered_json json;  // members by their JSON names; what is not set is left out
};

// Reads options by the types that the request itself declares for them.
class OptionReader {
 public:
  // `pool` holds the request.
  explicit OptionReader(const google::protobuf::DescriptorPool& pool) : pool_(pool) {}

  // The option of this number in `options` (a MethodOptions or the like); nullopt where there is
  // none, or where its type is not of `package`.
  std::optional<OptionJson> Read(const google::protobuf::Message& options, int number,
                                 const std::string& package);

 private:
  const google::protobuf::FieldDescriptor* Find(const std::string& options, int number);

  const google::protobuf::DescriptorPool& pool_;
  std::map<std::pair<std::string, int>, const google::protobuf::FieldDescriptor*> extensions_;
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace protorest::plugin
