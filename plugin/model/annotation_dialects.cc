// What has no equal keeps its own name, and is told of as without a place.
#include "plugin/model/annotation_dialects.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "plugin/text.h"

namespace protorest::plugin {
namespace {

using Json = nlohmann::ordered_json;

// JSON where it is that, else text.
Json Parsed(const Json& text) {
  if (!text.is_string()) return text;
  Json json = Json::parse(text.get<std::string>(), nullptr, /*allow_exceptions=*/false);
  return json.is_discarded() ? text : json;
}

Json Take(Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return nullptr;
  Json value = std::move(*found);
  object.erase(found);
  return value;
}

void Parse(Json& object, const char* name) {
  if (const auto found = object.find(name); found != object.end()) *found = Parsed(*found);
}

// The members of `extensions` become members of the object, at every depth.
void HoistExtensions(Json& value) {
  if (!value.is_structured()) return;
  for (Json& each : value) HoistExtensions(each);
  if (!value.is_object()) return;
  const auto extensions = value.find("extensions");
  if (extensions == value.end() || !extensions->is_object()) return;
  Json moved = std::move(*extensions);
  value.erase(extensions);
  for (auto& [name, each] : moved.items()) value[name] = Parsed(each);
}

// Requirements as {NAME: [SCOPE, …]}, of {`schemes`: {NAME: {`scopes`: [SCOPE, …]}}}.
void UnwrapSecurity(Json& object, const char* schemes, const char* scopes) {
  const auto security = object.find("security");
  if (security == object.end()) return;
  for (Json& requirement : *security) {
    Json unwrapped = Json::object();
    const Json given = Take(requirement, schemes);
    for (const auto& [name, value] : given.items()) {
      unwrapped[name] = value.value(scopes, Json::array());
    }
    requirement = std::move(unwrapped);
  }
}

// A flow must list its scopes, be it none.
void FillScopes(Json& document) {
  const auto components = document.find("components");
  if (components == document.end() || !components->contains("securitySchemes")) return;
  for (Json& scheme : (*components)["securitySchemes"]) {
    if (!scheme.is_object() || !scheme.contains("flows")) continue;
    for (auto& [name, flow] : scheme["flows"].items()) {
      if (flow.is_object() && !flow.contains("scopes")) flow["scopes"] = Json::object();
    }
  }
}

// A bound with a flag, as before 3.1, as a bound of its own.
void MoveExclusiveBounds(Json& schema) {
  for (const auto& [bound, exclusive] :
       {std::pair{"minimum", "exclusiveMinimum"}, std::pair{"maximum", "exclusiveMaximum"}}) {
    const Json flag = Take(schema, exclusive);
    if (flag == true) schema[exclusive] = schema.contains(bound) ? Take(schema, bound) : Json(0);
  }
}

// Headers of responses need a schema.
void FillHeaders(Json& operation) {
  if (!operation.contains("responses")) return;
  for (Json& response : operation["responses"]) {
    if (!response.is_object() || !response.contains("headers")) continue;
    for (Json& header : response["headers"]) {
      if (header.is_object() && !header.contains("schema")) header["schema"] = {{"type", "string"}};
    }
  }
}

// Types of bodies that say nothing new.
void DropJsonMediaTypes(Json& object) {
  for (const char* name : {"consumes", "produces"}) {
    const auto types = object.find(name);
    if (types == object.end()) continue;
    if (std::all_of(types->begin(), types->end(),
                    [](const Json& type) { return type == "application/json"; })) {
      object.erase(types);
    }
  }
}

// host: "example.com" schemes: HTTPS base_path: "/api" → https://example.com/api. Without a host a
// scheme has no place.
void ServersOfHost(Json& document) {
  const auto host = document.find("host");
  if (host == document.end()) {
    if (const Json path = Take(document, "basePath"); path.is_string()) {
      document["servers"] = Json::array({{{"url", path}}});
    }
    return;
  }
  Json schemes = Take(document, "schemes");
  if (!schemes.is_array()) schemes = Json::array({"HTTPS"});
  const Json path = Take(document, "basePath");
  const std::string name = Take(document, "host");
  Json servers = Json::array();
  for (const Json& scheme : schemes) {
    servers.push_back({{"url", Lower(scheme.get<std::string>()) + "://" + name +
                                   (path.is_string() ? path.get<std::string>() : "")}});
  }
  document["servers"] = std::move(servers);
}

Json SecuritySchemeOfSwagger(Json scheme) {
  const std::string type = scheme.value("type", "");
  if (type == "TYPE_BASIC") {
    scheme["type"] = "http";
    scheme["scheme"] = "basic";
  }
  if (type == "TYPE_API_KEY") scheme["type"] = "apiKey";
  if (const Json in = Take(scheme, "in"); in.is_string()) {
    scheme["in"] = in == "IN_QUERY" ? "query" : "header";
  }
  if (type != "TYPE_OAUTH2") return scheme;
  scheme["type"] = "oauth2";
  Json flow = Json::object();
  for (const char* name : {"authorizationUrl", "tokenUrl"}) {
    if (Json url = Take(scheme, name); !url.is_null()) flow[name] = std::move(url);
  }
  const Json scopes = Take(scheme, "scopes");
  flow["scopes"] = scopes.is_object() ? scopes.value("scope", Json::object()) : Json::object();
  const std::string name = scheme.value("flow", "");
  scheme.erase("flow");
  scheme["flows"] = {{name == "FLOW_IMPLICIT"      ? "implicit"
                      : name == "FLOW_PASSWORD"    ? "password"
                      : name == "FLOW_APPLICATION" ? "clientCredentials"
                                                   : "authorizationCode",
                      std::move(flow)}};
  return scheme;
}

// A JSONSchema of Swagger: examples and defaults are text of JSON, types come in a list.
void SchemaOfSwagger(Json& schema) {
  if (schema.contains("example") && schema["example"].is_object()) {
    schema["example"] = Take(schema["example"], "value");  // an Any, in version 1
  }
  Parse(schema, "example");
  Parse(schema, "default");
  MoveExclusiveBounds(schema);
  if (const Json types = Take(schema, "type"); types.is_array() && types.size() == 1) {
    schema["type"] = Lower(types.front().get<std::string>());
  } else if (!types.is_null()) {
    schema["type"] = types;
  }
  if (const Json ref = Take(schema, "ref"); ref.is_string()) schema["$ref"] = ref;
  Json own = Take(schema, "fieldConfiguration");
  if (!own.is_object()) return;
  if (Json name = Take(own, "pathParamName"); !name.is_null()) schema["pathParamName"] = name;
  if (!own.empty()) schema["fieldConfiguration"] = std::move(own);
}

// {json_schema: {…} …}: one object.
void HoistJsonSchema(Json& schema) {
  const Json inner = Take(schema, "jsonSchema");
  for (const auto& [name, value] : inner.items()) {
    if (!schema.contains(name)) schema[name] = value;
  }
  SchemaOfSwagger(schema);
}

void ResponseOfSwagger(Json& response) {
  Json schema = Take(response, "schema");
  const Json examples = Take(response, "examples");
  if (schema.is_object()) {
    HoistJsonSchema(schema);
    response["content"]["application/json"]["schema"] = std::move(schema);
  }
  for (const auto& [type, example] : examples.items()) {
    response["content"][type]["example"] = Parsed(example);
  }
  if (!response.contains("headers")) return;
  for (Json& header : response["headers"]) {
    Json type = {{"type", "string"}};
    for (const char* name : {"type", "format", "default", "pattern"}) {
      if (Json value = Take(header, name); !value.is_null()) type[name] = std::move(value);
    }
    if (type["type"] != "string") Parse(type, "default");
    header["schema"] = std::move(type);
  }
}

void ResponsesOfSwagger(Json& object) {
  if (!object.contains("responses")) return;
  for (Json& response : object["responses"]) ResponseOfSwagger(response);
}

void OperationOfSwagger(Json& operation) {
  DropJsonMediaTypes(operation);
  UnwrapSecurity(operation, "securityRequirement", "scope");
  ResponsesOfSwagger(operation);
  const Json parameters = Take(operation, "parameters");
  if (!parameters.is_object()) return;
  for (const Json& each : parameters.value("headers", Json::array())) {
    Json header = each;
    header["in"] = "header";
    Json type = Take(header, "type");
    Json schema = {{"type", type.is_string() ? Json(Lower(type)) : Json("string")}};
    if (Json format = Take(header, "format"); !format.is_null()) schema["format"] = format;
    header["schema"] = std::move(schema);
    operation["parameters"].push_back(std::move(header));
  }
}

}  // namespace

Json FromProtorest(Annotated kind, Json option) {
  HoistExtensions(option);
  UnwrapSecurity(option, "schemes", "scopes");
  if (kind == Annotated::kFile) {
    if (Json schemes = Take(option, "securitySchemes"); !schemes.is_null()) {
      option["components"]["securitySchemes"] = std::move(schemes);
    }
    FillScopes(option);
  } else if (kind == Annotated::kMethod) {
    FillHeaders(option);
  } else {
    Parse(option, "example");
    Parse(option, "default");
  }
  return option;
}

Json FromGnostic(Annotated kind, Json option) {
  if (kind == Annotated::kFile) {
    option.erase("openapi");  // the version of a document is the run's to say
    FillScopes(option);
  } else if (kind == Annotated::kMethod) {
    FillHeaders(option);
  } else {
    MoveExclusiveBounds(option);
    if (option.contains("items") && option["items"].is_object()) {
      MoveExclusiveBounds(option["items"]);
    }
  }
  return option;
}

Json FromGrpcGateway(Annotated kind, Json option) {
  HoistExtensions(option);
  if (kind == Annotated::kFile) {
    option.erase("swagger");  // likewise
    DropJsonMediaTypes(option);
    ServersOfHost(option);
    UnwrapSecurity(option, "securityRequirement", "scope");
    ResponsesOfSwagger(option);
    Json definitions = Take(option, "securityDefinitions");
    if (!definitions.is_object()) return option;
    const Json schemes = Take(definitions, "security");
    for (const auto& [name, scheme] : schemes.items()) {
      option["components"]["securitySchemes"][name] = SecuritySchemeOfSwagger(scheme);
    }
  } else if (kind == Annotated::kMethod) {
    OperationOfSwagger(option);
  } else if (kind == Annotated::kMessage) {
    HoistJsonSchema(option);
  } else {
    SchemaOfSwagger(option);
  }
  return option;
}

}  // namespace protorest::plugin
