// What the templates of the JSON mapping get to see of one field.
#pragma once

#include <string>

#include "plugin/emit/view.h"
#include "plugin/model/model.h"

namespace protorest::plugin {

// The names that the fields of one generated file share.
class JsonNames {
 public:
  virtual ~JsonNames() = default;
  // The class template that has the mapping of a message type: "Mapping", or "MappingOf" where that
  // may not have been generated.
  virtual std::string MappingOf(const Message& message) const = 0;
  // "kRole" of kRoleEnum.
  virtual std::string TableOf(const Enum& enumeration) const = 0;
};

// The message that a field's values have, of maps too; null for scalars.
const Message* ValueMessage(const Field& field);
// The enum; null for other types, and for NullValue, whose JSON is null.
const Enum* ValueEnum(const Field& field);

// Fills the sections of json.pb.cc.tpl that write and read the field.
void AddJsonField(const Message& message, const Field& field, const JsonNames& names, View& view);

}  // namespace protorest::plugin
