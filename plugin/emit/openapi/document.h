// An OpenAPI 3.1 document as plain ordered structs: what the builders fill and serialize.cc writes.
// Members left empty are left out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace protorest::plugin::openapi {

struct Property;

struct Schema {
  std::string ref;                 // a component's name, without "#/components/schemas/"
  std::vector<std::string> types;  // {"string"}, {"string", "null"}
  std::string format;
  std::string description;
  std::string pattern;
  std::string content_encoding;
  std::optional<int> minimum;
  std::vector<std::string> enum_values;
  std::vector<Schema> any_of;
  std::shared_ptr<const Schema> items;
  std::vector<Property> properties;
  std::vector<std::string> required;
  std::shared_ptr<const Schema> property_names;
  std::shared_ptr<const Schema> additional_properties;
  bool read_only = false;
  bool write_only = false;
  bool deprecated = false;
};

struct Property {
  std::string name;
  Schema schema;
};

struct NamedSchema {
  std::string name;
  Schema schema;
};

struct Parameter {
  std::string name;
  std::string in;  // "path", "query"
  std::string description;
  bool required = false;
  bool deprecated = false;
  bool deep_object = false;    // a map: m[key]=value
  bool json_text = false;      // the value is JSON text
  bool multi_segment = false;  // a path parameter that may hold slashes
  Schema schema;
};

struct MediaType {
  std::string name;  // "application/json"
  Schema schema;
  bool stream = false;  // the schema is that of one item, many follow each other
};

struct RequestBody {
  std::string description;
  bool required = false;
  std::vector<MediaType> content;
};

struct Response {
  std::string status;  // "200", "default"
  std::string ref;     // a component's name, then nothing else is set
  std::string description;
  std::vector<MediaType> content;
};

struct Operation {
  std::string id;
  std::string summary;
  std::string description;
  std::string tag;
  std::string rpc;     // "users.v1.UserService/GetUser"
  std::string stream;  // "", "server", "client", "bidi"
  bool deprecated = false;
  std::vector<Parameter> parameters;
  std::optional<RequestBody> request_body;
  std::vector<Response> responses;
};

struct PathItem {
  std::string path;
  std::vector<std::pair<std::string, Operation>> operations;  // by verb, "get"
  // Verbs that OpenAPI 3.1 has no member for, as written in the rule: "LIST".
  std::vector<std::pair<std::string, Operation>> additional_operations;
};

struct Tag {
  std::string name;
  std::string description;
  std::string service;  // "users.v1.UserService"
};

struct NamedResponse {
  std::string name;
  Response response;
};

struct Document {
  std::string title;
  std::string version;
  std::string description;
  std::vector<Tag> tags;
  std::vector<PathItem> paths;
  std::vector<NamedSchema> schemas;
  std::vector<NamedResponse> responses;
};

}  // namespace protorest::plugin::openapi
