// One function per struct of document.h; schemas stand in serialize_schema.cc.
#include "plugin/emit/openapi/serialize.h"

#include <memory>
#include <string_view>
#include <utility>

#include "plugin/emit/openapi/serialize_schema.h"

namespace protorest::plugin::openapi {
namespace {

constexpr std::string_view VersionText(OpenApiVersion version) {
  return version == OpenApiVersion::k3_0   ? "3.0.3"
         : version == OpenApiVersion::k3_1 ? "3.1.0"
                                           : "3.2.0";
}

// An event of a text/event-stream, as OpenAPI 3.2 sees it: its fields are strings, and `data` holds
// the message.
Schema EventSchema(const Schema& message) {
  Schema data = TypeSchema("string");
  data.content_media_type = "application/json";
  data.content_schema = std::make_shared<Schema>(message);
  Schema event = TypeSchema("object");
  event.properties = {{"data", std::move(data), ""},
                      {"event", TypeSchema("string"), ""},
                      {"id", TypeSchema("string"), ""}};
  event.required = {"data"};
  return event;
}

class DocumentWriter {
 public:
  explicit DocumentWriter(OpenApiVersion version) : version_(version) {}

  Json Write(const Document& document) const {
    Json out = Json::object();
    Append("openapi", std::string(VersionText(version_)), &out);
    Append("info", InfoJson(document.info), &out);
    AppendGiven("servers", document.servers, &out);
    if (document.security) Append("security", *document.security, &out);
    if (!document.tags.empty()) Append("tags", TagsJson(document.tags), &out);
    AppendGiven("externalDocs", document.external_docs, &out);
    Json paths = Json::object();
    for (const PathItem& item : document.paths) Append(item.path, PathItemJson(item), &paths);
    Append("paths", std::move(paths), &out);
    AppendGiven("components", ComponentsJson(document), &out);
    AppendAll(document.extensions, &out);
    return out;
  }

 private:
  bool sequences() const { return version_ == OpenApiVersion::k3_2; }

  Json ContentJson(const std::vector<MediaType>& content) const {
    Json out = Json::object();
    for (const MediaType& media : content) {
      Json entry = Json::object();
      const bool sequence = media.sequence != Sequence::kNone;
      if (sequence && sequences()) {
        Append("itemSchema",
               SchemaJson(
                   media.sequence == Sequence::kEvents ? EventSchema(media.schema) : media.schema,
                   version_),
               &entry);
      } else {
        Append("schema", SchemaJson(media.schema, version_), &entry);
        AppendFlag("x-protorest-stream", sequence, &entry);
      }
      if (media.example) Append("example", *media.example, &entry);
      Append(media.name, std::move(entry), &out);
    }
    return out;
  }

  Json ParameterJson(const Parameter& parameter) const {
    Json out = Json::object();
    Append("name", parameter.name, &out);
    Append("in", parameter.in, &out);
    AppendText("description", parameter.description, &out);
    AppendFlag("required", parameter.required, &out);
    AppendFlag("deprecated", parameter.deprecated, &out);
    if (parameter.deep_object) {
      Append("style", "deepObject", &out);
      Append("explode", true, &out);
    }
    if (parameter.json_text) {
      Append("content", ContentJson({{"application/json", parameter.schema}}), &out);
    } else {
      Append("schema", SchemaJson(parameter.schema, version_), &out);
    }
    AppendFlag("x-protorest-multi-segment", parameter.multi_segment, &out);
    return out;
  }

  Json RequestBodyJson(const RequestBody& body) const {
    Json out = Json::object();
    AppendText("description", body.description, &out);
    Append("content", ContentJson(body.content), &out);
    AppendFlag("required", body.required, &out);
    return out;
  }

  Json ResponseJson(const Response& response) const {
    Json out = Json::object();
    if (!response.ref.empty()) {
      Append("$ref", "#/components/responses/" + response.ref, &out);
      return out;
    }
    Append("description", response.description, &out);
    AppendGiven("headers", response.headers, &out);
    if (!response.content.empty()) Append("content", ContentJson(response.content), &out);
    AppendAll(response.extensions, &out);
    return out;
  }

  Json WebSocketJson(const WebSocket& socket) const {
    Json out = Json::object();
    Append("subprotocols", {"protorest.json", "protorest.proto"}, &out);
    if (socket.send) Append("send", SchemaJson(*socket.send, version_), &out);
    Append("receive", SchemaJson(socket.receive, version_), &out);
    return out;
  }

  Json OperationJson(const Operation& operation) const {
    Json out = Json::object();
    Append("operationId", operation.id, &out);
    AppendText("summary", operation.summary, &out);
    AppendText("description", operation.description, &out);
    if (!operation.tags.empty()) Append("tags", operation.tags, &out);
    AppendFlag("deprecated", operation.deprecated, &out);
    if (!operation.parameters.empty()) {
      Json list = Json::array();
      for (const Parameter& parameter : operation.parameters) {
        list.push_back(ParameterJson(parameter));
      }
      Append("parameters", std::move(list), &out);
    }
    if (operation.request_body) {
      Append("requestBody", RequestBodyJson(*operation.request_body), &out);
    }
    Json responses = Json::object();
    for (const Response& response : operation.responses) {
      Append(response.status, ResponseJson(response), &responses);
    }
    Append("responses", std::move(responses), &out);
    if (operation.security) Append("security", *operation.security, &out);
    AppendGiven("servers", operation.servers, &out);
    AppendGiven("externalDocs", operation.external_docs, &out);
    AppendText("x-protorest-rpc", operation.rpc, &out);
    AppendText("x-protorest-stream", operation.stream, &out);
    if (operation.websocket) Append("x-websocket", WebSocketJson(*operation.websocket), &out);
    AppendAll(operation.extensions, &out);
    return out;
  }

  Json PathItemJson(const PathItem& item) const {
    Json out = Json::object();
    for (const auto& [verb, operation] : item.operations) {
      Append(verb, OperationJson(operation), &out);
    }
    if (!item.additional_operations.empty()) {
      Json additional = Json::object();
      for (const auto& [verb, operation] : item.additional_operations) {
        Append(verb, OperationJson(operation), &additional);
      }
      const bool known = version_ == OpenApiVersion::k3_2;
      Append(known ? "additionalOperations" : "x-protorest-additional-operations",
             std::move(additional), &out);
    }
    return out;
  }

  // The summary is new in 3.1.
  Json InfoJson(const Json& info) const {
    if (version_ != OpenApiVersion::k3_0 || !info.contains("summary")) return info;
    Json out = Json::object();
    for (const auto& [key, value] : info.items()) {
      Append(key == "summary" ? "x-summary" : key, value, &out);
    }
    return out;
  }

  static Json TagsJson(const std::vector<Tag>& tags) {
    Json out = Json::array();
    for (const Tag& tag : tags) {
      Json entry = Json::object();
      Append("name", tag.name, &entry);
      AppendText("description", tag.description, &entry);
      AppendGiven("externalDocs", tag.external_docs, &entry);
      AppendText("x-protorest-service", tag.service, &entry);
      AppendAll(tag.extensions, &entry);
      out.push_back(std::move(entry));
    }
    return out;
  }

  Json ComponentsJson(const Document& document) const {
    Json schemas = Json::object();
    for (const NamedSchema& each : document.schemas) {
      Append(each.name, SchemaJson(each.schema, version_), &schemas);
    }
    Json responses = Json::object();
    for (const NamedResponse& each : document.responses) {
      Append(each.name, ResponseJson(each.response), &responses);
    }
    Json out = Json::object();
    AppendGiven("schemas", schemas, &out);
    AppendGiven("responses", responses, &out);
    AppendGiven("securitySchemes", document.security_schemes, &out);
    return out;
  }

  OpenApiVersion version_;
};

// An object with its members on lines of their own, and theirs where `levels` are left.
std::string Lines(const Json& value, int levels) {
  if (levels == 0 || !value.is_object() || value.empty()) return ToText(value);
  std::string text = "{\n";
  for (const auto& [key, member] : value.items()) {
    if (text.size() > 2) text += ",\n";
    const bool deep = key == "paths" || key == "components";
    text += ToText(key) + ":" + Lines(member, levels - 1 + (deep ? 2 : 0));
  }
  return text + "\n}";
}

}  // namespace

Json ToJson(const Document& document, OpenApiVersion version) {
  return DocumentWriter(version).Write(document);
}

std::string ToText(const Json& document) {
  return document.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string ToLines(const Json& document) { return Lines(document, 1); }

}  // namespace protorest::plugin::openapi
