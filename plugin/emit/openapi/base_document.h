// The part of a document that is written by hand: --rest_opt=openapi_base=FILE.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "plugin/diagnostics.h"
#include "plugin/emit/openapi/document.h"

namespace protorest::plugin::openapi {

class BaseDocument {
 public:
  // Reads YAML or JSON. Null, and reported, where the file is neither, or no object.
  static std::shared_ptr<const BaseDocument> Read(const std::string& file,
                                                  Diagnostics& diagnostics);

  // Whether the file has a member at this JSON pointer: "/components/securitySchemes".
  bool Has(const std::string& pointer) const { return locations_.contains(pointer); }

  // Puts what the file says into a generated document. What protorest only derives (info, servers,
  // descriptions of tags) gives way; its tags go first; paths, components and all else are added.
  // Reported, at its line in the file, is what would be there twice and differ: an operation, a
  // component, security, an extension; and another version than the document's.
  void MergeInto(Json& document, Diagnostics& diagnostics) const;

 private:
  friend class BaseReader;
  friend class BaseMerge;

  std::string file_;
  Json content_;
  std::map<std::string, Location> locations_;  // of members, by JSON pointer
};

}  // namespace protorest::plugin::openapi
