// Documents of .proto texts that stand in the test.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plugin/options.h"

namespace protorest::plugin {

using Json = nlohmann::ordered_json;

// A document, and what is told beside it.
struct Told {
  Json document;
  std::vector<std::string> warnings;
};

// Of a run over `files` (name → text). Fails the test where the plugin would refuse.
Told TellOfFiles(const std::map<std::string, std::string>& files, const Options& options = {});

// The document of a run over `files` (name → text). Fails the test, and gives null, where the
// plugin would refuse.
Json DocumentOfFiles(const std::map<std::string, std::string>& files, const Options& options = {});

// The same of one proto3 file with these declarations, package t.v1, well-known types imported.
Json DocumentOf(const std::string& body, const Options& options = {});

// The schema of the one field of message M { `field` }.
Json SchemaOfField(const std::string& field, const Options& options = {});

// A reference to a message of package t.v1.
Json Ref(const std::string& name);

// The one operation of a service with this method.
Json OperationOf(const std::string& method, const std::string& messages);

}  // namespace protorest::plugin
