// The constant tables of generated JSON code: names of fields, values of enums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace google::protobuf {
class EnumDescriptor;
}

namespace protorest::json {

// A field's names. `,"jsonName":` is kept as it stands in JSON: the reader compares it, and the
// writer copies all of it at once. A name too long for that takes the general path.
struct Field {
  static constexpr std::size_t kMaxText = 32;

  // `json_name` as it stands between the quotes in JSON; `proto_name` only where it is another.
  // Not explicit: a table of fields is a list of such names in braces.
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Field(std::string_view json_name, std::string_view proto_name = {})
      : json(json_name), proto(proto_name) {
    if (json.empty() || json.size() + 4 > kMaxText) return;
    for (const char c : {',', '"'}) text[size++] = c;
    for (const char c : json) text[size++] = c;
    for (const char c : {'"', ':'}) text[size++] = c;
  }

  // Whether [p, end) begins with the text. Where the field is a constant, so are the words
  // compared.
  bool Begins(const char* p, const char* end) const {
    return size != 0 && static_cast<std::size_t>(end - p) >= size &&
           std::memcmp(p, text, size) == 0;
  }

  char text[kMaxText] = {};
  std::size_t size = 0;  // of ,"jsonName": or 0
  std::string_view json;
  std::string_view proto;
};

// How to find a field by name where it does not follow in declared order.
struct FieldLookup {
  // For many fields: their names ordered by length, then bytes. Each is twice the field's index,
  // plus one for the name in the .proto. Empty for a few fields: they are searched one by one.
  std::span<const std::uint16_t> by_name;
  bool extendable = false;  // keys in brackets name extensions
};

struct EnumValue {
  std::string_view name;
  std::int32_t number;
};

// The values of an enum.
struct EnumTable {
  std::span<const EnumValue> values;  // by number; of aliases the one to be written comes first
  std::span<const std::uint16_t> by_name;  // indices into values, ordered by name; empty for a few
  bool closed = false;                     // proto2: a number without a name is refused
  // Instead of the two tables, where the type has no generated code.
  const google::protobuf::EnumDescriptor* descriptor = nullptr;
};

}  // namespace protorest::json
