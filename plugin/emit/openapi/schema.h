// Types of the model as JSON schemas: what the JSON code of the same build writes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

inline constexpr char kStatusSchema[] = "google.rpc.Status";

// Gives schemas and gathers the components that they refer to: one per message and enum, under its
// full name. Well-known types whose JSON is a scalar stand in place.
class SchemaBuilder {
 public:
  // The value of a message: a reference, or the well-known type's own schema.
  Schema OfMessage(const Message& message);

  // The value of a field: its type, lists and maps included, with what is asked of it, without what
  // its comment says.
  Schema OfValue(const Field& field);

  // One value of a field, were it not repeated.
  Schema OfElement(const Field& field);

  // The fields of `message` as an object, but those in `without`.
  Schema OfFields(const Message& message, const std::set<const Field*>& without);

  // The body of errors.
  Schema OfStatus();

  // All components referred to so far, by name.
  std::vector<NamedSchema> Components();

 private:
  Schema Reference(const std::string& name);
  Schema OfType(const Field& field);
  Property OfProperty(const Field& field);
  Schema OfEnumReference(const Enum& enumeration);
  void Define(const std::string& name);

  std::map<std::string, Schema> components_;
  std::map<std::string, const Message*> messages_;
  std::map<std::string, const Enum*> enums_;
  std::vector<std::string> pending_;  // referred to, not yet defined
};

}  // namespace protorest::plugin::openapi
