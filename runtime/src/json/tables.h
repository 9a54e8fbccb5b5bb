// What generated code has as constants, made from descriptors for types without it.
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "protorest/generated/json_field.h"

namespace protorest::json::detail {

// A message's fields in declared order.
struct MessageTable {
  std::vector<Field> fields;
  FieldLookup lookup;
  std::deque<std::string> names;       // escaped ones: what fields point into
  std::vector<std::uint16_t> by_name;  // of lookup
};

// The tables of one reader or writer: descriptors may come and go between two.
class TableCache {
 public:
  const MessageTable& Of(const google::protobuf::Descriptor& descriptor);

 private:
  std::unordered_map<const google::protobuf::Descriptor*, std::unique_ptr<MessageTable>> tables_;
};

EnumTable EnumOf(const google::protobuf::EnumDescriptor& descriptor);

}  // namespace protorest::json::detail
