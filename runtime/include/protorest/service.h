// The service table: what the generated code tells the runtime about a service. Plain constant
// data.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <span>
#include <string_view>

#include "protorest/schema.h"

namespace protorest {

namespace json {
struct Codec;
}

// One google.api.http rule of a method, as written in the .proto.
struct HttpBinding {
  std::string_view verb;           // "GET", "POST", …; a custom kind as it is; "*" for any
  std::string_view path;           // "/v1/users/{user_id}"
  std::string_view body;           // "" no body, "*" the whole request, or a field's name
  std::string_view response_body;  // "" the whole response, or a field's name
  // Of the messages in those two fields; null for what is no message, or has no generated JSON
  // code.
  const json::Codec* body_codec = nullptr;
  const json::Codec* response_body_codec = nullptr;
};

enum class MethodKind { kUnary, kServerStream, kClientStream, kBidiStream };

constexpr bool StreamsRequests(MethodKind kind) {
  return kind == MethodKind::kClientStream || kind == MethodKind::kBidiStream;
}
constexpr bool StreamsResponses(MethodKind kind) {
  return kind == MethodKind::kServerStream || kind == MethodKind::kBidiStream;
}

// A message type without its C++ type. The codec is carried for the layers that speak JSON; the rpc
// layer never opens it. A type without generated JSON code has none (the reflection codec serves
// it).
struct MessageType {
  const google::protobuf::Message& (*default_instance)() = nullptr;
  const json::Codec* codec = nullptr;
};

// What the .proto says of a method beside its routes: option (protorest.method).
struct MethodTraits {
  int success_status = 0;                      // of HTTP; 0: 200
  std::optional<bool> lenient = std::nullopt;  // nullopt: as the server is
  bool etag = false;                           // responses to GET get an entity tag
};

struct MethodInfo {
  std::string_view name;       // "GetUser"
  std::string_view full_name;  // "users.v1.UserService/GetUser"
  MethodKind kind = MethodKind::kUnary;
  MessageType request;
  MessageType response;
  std::span<const HttpBinding> bindings;
  MethodTraits traits = {};
};

struct ServiceInfo {
  std::string_view full_name;           // "users.v1.UserService"
  std::span<const MethodInfo> methods;  // in the order of the .proto
  // The OpenAPI document of the service, to be settled by the server's options; null if none.
  std::string_view (*openapi_json)() = nullptr;
  SchemaInfo schema = {};  // of the service and the types that it uses; Server::Start checks it
};

}  // namespace protorest
