// Finding fields and enum values by their names, and names that are near to what was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protorest/generated/json_field.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace protorest::json::detail {

// The field that a peer calls so: by its JSON name or, where no field has that, by its own one.
// Null if there is none.
const google::protobuf::FieldDescriptor* FindByEitherName(
    const google::protobuf::Descriptor& message, std::string_view name);

// Whether a field of an enum refuses numbers that the enum does not know. In C++ it is the field
// that decides: proto2 may have an enum of proto3.
bool IsClosed(const google::protobuf::FieldDescriptor& field);

std::optional<std::int32_t> NumberOf(const EnumTable& table, std::string_view name);
// "" if there is none.
std::string_view NameOf(const EnumTable& table, std::int32_t number);
// A value that the enum has.
std::int32_t FirstOf(const EnumTable& table);

// "one of ADMIN, GUEST, USER", for an error.
std::string ExpectedNames(const EnumTable& table);
// The value's name that is near to what was written; "" if none is.
std::string_view NearValueName(const EnumTable& table, std::string_view written);

// Keeps the candidate with the fewest changes to make from it what was written, if they are few.
class NearName {
 public:
  explicit NearName(std::string_view written);
  void Consider(std::string_view candidate);
  std::string_view best() const { return best_; }  // "" if none is near

 private:
  std::string_view written_;
  std::string_view best_;
  std::size_t best_distance_;
};

}  // namespace protorest::json::detail
