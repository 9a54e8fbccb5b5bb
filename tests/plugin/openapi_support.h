// Documents of .proto texts that stand in the test.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace protorest::plugin {

using Json = nlohmann::ordered_json;

// The document of a run over `files` (name → text); google/api and google/protobuf can be imported.
// Fails the test, and gives null, where the plugin would refuse.
Json DocumentOfFiles(const std::map<std::string, std::string>& files);

// The same of one file test.proto, package t.v1, to whose head `body` is appended.
Json DocumentOf(const std::string& body);

// The schema of field `name` of message M{ `field` } in the document of a service that returns it.
Json SchemaOfField(const std::string& field, const std::string& more = "");

}  // namespace protorest::plugin
