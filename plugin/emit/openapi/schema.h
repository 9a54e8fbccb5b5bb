// Types of the model as JSON schemas: what the JSON code of the same build writes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

inline constexpr char kStatusSchema[] = "google.rpc.Status";

// From a message to a field in it, outermost first.
using FieldPath = std::vector<const Field*>;

// What of a message is meant.
struct Extent {
  bool partial = false;  // what an update changes: only what the language itself requires
  std::vector<FieldPath> without = {};  // said elsewhere, and what a oneof has beside them
};

// Gives schemas and gathers the components that they refer to: one per message and enum, under its
// full name. Well-known types whose JSON is a scalar stand in place.
class SchemaBuilder {
 public:
  // The value of a message: a reference, or the well-known type's own schema. One that something is
  // taken from stands in place.
  Schema OfMessage(const Message& message, const Extent& extent = {});

  // A reference to the enum; null where it is that of null.
  Schema OfEnum(const Enum& enumeration);

  // The value of a field: its type, lists and maps included, with what is asked of it, without what
  // its comment says. `extent`: of its message.
  Schema OfValue(const Field& field, const Extent& extent = {});

  // The same as a parameter, whose text has names where JSON has null.
  Schema OfParameter(const Field& field);

  // The fields of `message` as an object.
  Schema OfFields(const Message& message, const Extent& extent = {});

  // The body of errors.
  Schema OfStatus();

  // All components referred to so far, by name.
  std::vector<NamedSchema> Components();

 private:
  Schema Reference(const std::string& name);
  Schema OfElement(const Field& field, const Extent& extent = {});
  Schema OfType(const Field& field, const Extent& extent);
  Property OfProperty(const Field& field, const Extent& extent);
  void Define(const std::string& name);

  std::map<std::string, Schema> components_;
  std::map<std::string, const Message*> messages_;
  std::map<std::string, const Message*> updates_;  // messages of which a part is given
  std::map<std::string, const Enum*> enums_;
  std::vector<std::string> pending_;  // referred to, not yet defined
};

}  // namespace protorest::plugin::openapi
