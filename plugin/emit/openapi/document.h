// An OpenAPI document as plain ordered structs: what the builders fill and serialize.cc writes, in
// whichever version is asked for. Members left empty are left out.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace protorest::plugin::openapi {

using Json = nlohmann::ordered_json;

struct Property;
struct OtherForm;

// A JSON Schema of 2020-12; what OpenAPI 3.0 has no word for is said otherwise by the serializer.
struct Schema {
  std::string ref;                 // a component's name, without "#/components/schemas/"
  std::vector<std::string> types;  // {"string"}, {"string", "null"}
  std::string title;
  std::string format;
  std::string description;
  std::string pattern;
  std::string content_encoding;
  std::string content_media_type;
  std::optional<Json> minimum;
  std::optional<Json> maximum;
  std::optional<Json> exclusive_minimum;
  std::optional<Json> exclusive_maximum;
  std::optional<Json> multiple_of;
  std::optional<std::uint64_t> min_length;  // of strings, in characters
  std::optional<std::uint64_t> max_length;
  std::optional<std::uint64_t> min_items;
  std::optional<std::uint64_t> max_items;
  std::optional<std::uint64_t> min_properties;
  std::optional<std::uint64_t> max_properties;
  bool unique_items = false;
  std::vector<Json> enum_values;
  std::vector<std::string> enum_names;  // where the values are numbers
  std::optional<Json> default_value;
  std::optional<Json> example;
  std::vector<Schema> any_of;
  std::vector<Schema> all_of;
  std::shared_ptr<const Schema> not_any;  // what is not valid
  std::shared_ptr<const Schema> items;
  std::vector<Property> properties;
  std::vector<std::string> required;
  std::shared_ptr<const Schema> property_names;
  std::shared_ptr<const Schema> additional_properties;
  std::shared_ptr<const Schema> content_schema;  // of what the text holds
  bool read_only = false;
  bool write_only = false;
  bool deprecated = false;
  Json external_docs;
  Json extensions;                         // "x-…"
  std::shared_ptr<const OtherForm> other;  // where an option of the JSON mapping decides
};

// What a schema is with an option of the JSON mapping that is not the default. Texts and flags are
// those of the schema itself.
struct OtherForm {
  std::string option;  // a name of openapi/settle.h
  Schema schema;
};

struct Property {
  std::string name;
  Schema schema;
  std::string proto_name;  // where that differs
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

// How items follow each other.
enum class Sequence {
  kNone,    // there is one
  kLines,   // one a line
  kEvents,  // one in the data of each Server-Sent Event
};

struct MediaType {
  std::string name;  // "application/json"
  Schema schema;     // of one item, where there is a sequence of them
  Sequence sequence = Sequence::kNone;
  std::optional<Json> example = {};
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
  Json headers;
  std::vector<MediaType> content;
  Json extensions;  // "x-…"
};

// What goes over a WebSocket on the operation's path.
struct WebSocket {
  std::optional<Schema> send;  // of one message of the client; none: it only asks
  Schema receive;              // of one message of the server
};

struct Operation {
  std::string id;
  std::string summary;
  std::string description;
  std::vector<std::string> tags;
  std::string rpc;     // "users.v1.UserService/GetUser"
  std::string stream;  // "", "server", "client", "bidi"
  bool deprecated = false;
  std::vector<Parameter> parameters;
  std::optional<RequestBody> request_body;
  std::vector<Response> responses;
  std::optional<WebSocket> websocket;
  std::optional<Json> security;
  Json servers;
  Json external_docs;
  Json extensions;  // "x-…"
};

struct PathItem {
  std::string path;
  std::vector<std::pair<std::string, Operation>> operations;  // by verb, "get"
  // Verbs that a path item has no member for, as written in the rule: "LIST".
  std::vector<std::pair<std::string, Operation>> additional_operations;
};

struct Tag {
  std::string name;
  std::string description;
  std::string service;  // "users.v1.UserService"
  Json external_docs;
  Json extensions;  // "x-…"
};

struct NamedResponse {
  std::string name;
  Response response;
};

struct Document {
  Json info;
  Json servers;
  Json external_docs;
  Json security_schemes;  // by name
  std::optional<Json> security;
  Json extensions;  // "x-…"
  std::vector<Tag> tags;
  std::vector<PathItem> paths;
  std::vector<NamedSchema> schemas;
  std::vector<NamedResponse> responses;
};

// A schema of one type.
inline Schema TypeSchema(std::string type, std::string format = "") {
  Schema schema;
  schema.types = {std::move(type)};
  schema.format = std::move(format);
  return schema;
}

// A list of `items`.
inline Schema ArrayOf(Schema items) {
  Schema schema = TypeSchema("array");
  schema.items = std::make_shared<Schema>(std::move(items));
  return schema;
}

}  // namespace protorest::plugin::openapi
