// SchemaInfo: what generated code says of the .proto that it was made from. Plain constant data.
#pragma once

#include <string_view>

namespace protorest {

struct SchemaInfo {
  std::string_view proto;        // "users/v1/users.proto", as protoc calls it; "" if not known
  std::string_view fingerprint;  // 16 hexadecimal digits: docs/breaking_changes.md
};

}  // namespace protorest
