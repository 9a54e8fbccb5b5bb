// Members that model/annotation_words.cc lets through, each to its place.
#include "plugin/emit/openapi/annotate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "openapi/members.h"
#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/keywords.h"
#include "plugin/emit/openapi/media.h"
#include "plugin/emit/openapi/validation_keywords.h"
#include "plugin/model/validation_rules.h"

namespace protorest::plugin::openapi {
using protorest::openapi::ListAt;
using protorest::openapi::ObjectAt;
using protorest::openapi::StringAt;

namespace {

const Json& MembersOf(const Annotation* annotation) {
  static const Json kNone = Json::object();
  return annotation == nullptr ? kNone : annotation->members;
}

void SetText(const Json& members, const char* name, std::string* text) {
  const auto found = members.find(name);
  if (found != members.end() && found->is_string()) *text = *found;
}

void SetFlag(const Json& members, const char* name, bool* flag) {
  const auto found = members.find(name);
  if (found != members.end() && found->is_boolean()) *flag = *found;
}

void SetJson(const Json& members, const char* name, Json* json) {
  if (const auto found = members.find(name); found != members.end()) *json = *found;
}

void AddExtensions(const Json& members, Json* extensions) {
  for (const auto& [name, value] : members.items()) {
    if (name.starts_with("x-")) (*extensions)[name] = value;
  }
}

// Schemas that an option writes out.
class SchemaWords {
 public:
  // `annotation` holds the words; it is that of `subject`, a method, or of a file ("").
  SchemaWords(const Api& api, const Annotation& annotation, std::string subject,
              Diagnostics& diagnostics, SchemaBuilder* schemas)
      : api_(api),
        annotation_(annotation),
        subject_(std::move(subject)),
        diagnostics_(diagnostics),
        schemas_(*schemas) {}

  Schema Of(const Json& words) {
    Schema schema;
    if (const auto ref = words.find("$ref"); ref != words.end() && ref->is_string()) {
      return OfReference(*ref);
    }
    if (const auto type = words.find("type"); type != words.end() && type->is_string()) {
      schema.types = {*type};
    }
    SetText(words, "title", &schema.title);
    SetText(words, "description", &schema.description);
    if (const auto items = words.find("items"); items != words.end()) {
      schema.items = std::make_shared<Schema>(Of(*items));
    }
    Json keywords = words;
    keywords.erase("items");
    AddKeywords(keywords, &schema);
    return schema;
  }

  void Warn(const std::string& text) { diagnostics_.Warning(annotation_.location, subject_, text); }

 private:
  // ".users.v1.User", or "#/components/schemas/users.v1.User".
  Schema OfReference(const std::string& ref) {
    const std::string name = ref.substr(ref.find_last_of('/') + 1);
    const std::string_view wanted = std::string_view(name).substr(name.starts_with('.') ? 1 : 0);
    std::optional<Schema> schema;
    for (const auto& file : api_.files) {
      if (!schema) schema = Find(file->messages, file->enums, wanted);
    }
    if (!schema) {
      Warn("no message or enum \"" + ref + "\" in this run; the document does not refer to it");
    }
    return schema.value_or(Schema());
  }

  std::optional<Schema> Find(const std::vector<std::unique_ptr<Message>>& messages,
                             const std::vector<std::unique_ptr<Enum>>& enums,
                             std::string_view name) {
    for (const auto& enumeration : enums) {
      if (enumeration->full_name == name) return schemas_.OfEnum(*enumeration);
    }
    for (const auto& message : messages) {
      if (message->full_name == name) return schemas_.OfMessage(*message);
      if (auto nested = Find(message->messages, message->enums, name)) return nested;
    }
    return std::nullopt;
  }

  const Api& api_;
  const Annotation& annotation_;
  std::string subject_;
  Diagnostics& diagnostics_;
  SchemaBuilder& schemas_;
};

bool IsError(std::string_view status) {
  return status.starts_with('4') || status.starts_with('5') || status == "default";
}

Response* FindInline(const std::string& status, Operation* operation) {
  const auto found = std::ranges::find(operation->responses, status, &Response::status);
  return found == operation->responses.end() || !found->ref.empty() ? nullptr : &*found;
}

// An error of a status that has been told of gets its own words; a success keeps its body.
void AddResponse(const std::string& status, const Json& words, SchemaWords schema_words,
                 SchemaBuilder* schemas, Operation* operation) {
  std::vector<Response>& responses = operation->responses;
  auto response = std::find_if(responses.begin(), responses.end(),
                               [&](const Response& each) { return each.status == status; });
  const bool known = response != responses.end() && response->ref.empty();
  if (response == responses.end()) {
    const auto before_default = std::find_if(
        responses.begin(), responses.end(),
        [&](const Response& each) { return each.status > status; });  // digits before letters
    response = responses.insert(before_default, Response{});
  }
  if (!known) {
    *response = Response{};
    response->status = status;
    response->description = "Status " + status + ".";
    if (IsError(status)) response->content = {{kJson, schemas->OfStatus()}};
  }
  SetText(words, "description", &response->description);
  SetJson(words, "headers", &response->headers);
  AddExtensions(words, &response->extensions);
  const auto content = words.find("content");
  if (content == words.end()) return;
  std::vector<MediaType> types;
  for (const auto& [name, media] : content->items()) {
    const auto given =
        std::find_if(response->content.begin(), response->content.end(),
                     [&name = name](const MediaType& each) { return each.name == name; });
    MediaType type{name, given == response->content.end() ? Schema() : given->schema};
    if (media.contains("schema")) {
      Schema schema = schema_words.Of(media["schema"]);
      if (known && (schema.ref.empty() || schema.ref != type.schema.ref)) {
        schema_words.Warn("responses." + status + ": the body is what the method returns; " + name +
                          " with another schema is left out");
      }
      if (!known) type.schema = std::move(schema);
    } else if (known && given == response->content.end()) {
      schema_words.Warn("responses." + status + ": the method returns no " + name +
                        ", which is left out");
    }
    if (media.contains("example")) type.example = media["example"];
    types.push_back(std::move(type));
  }
  if (!known) {
    response->content = std::move(types);
    return;
  }
  for (MediaType& given : response->content) {
    for (const MediaType& type : types) {
      if (type.name == given.name && type.example) given.example = type.example;
    }
  }
}

// Those that are known by their names get more words; others are new.
void AddParameters(const Json& members, SchemaWords schema_words, Operation* operation) {
  for (const Json& each : ListAt(members, "parameters")) {
    const std::string name = StringAt(each, "name");
    const std::string in = StringAt(each, "in");
    if (name.empty()) continue;  // a reference, which has been told of
    auto parameter = std::ranges::find_if(operation->parameters, [&](const Parameter& known) {
      return known.name == name && known.in == in;
    });
    const bool known = parameter != operation->parameters.end();
    std::string note;  // what no keyword says
    if (!known && in == "path") {
      schema_words.Warn("parameters: the path has no {" + name + "}, which is left out");
      continue;
    }
    if (!known) {
      parameter = operation->parameters.insert(parameter, Parameter());
      parameter->name = name;
      parameter->in = in;
      parameter->schema = TypeSchema("string");
      if (each.contains("schema")) parameter->schema = schema_words.Of(each["schema"]);
    } else if (each.contains("schema")) {
      note = AddKeywords(each["schema"], &parameter->schema);
    }
    SetText(each, "description", &parameter->description);
    parameter->description = JoinParagraphs(parameter->description, note);
    if (in != "path") SetFlag(each, "required", &parameter->required);
    SetFlag(each, "deprecated", &parameter->deprecated);
  }
}

// Of lists and maps, those keywords speak of each item and each value.
constexpr std::array<const char*, 10> kOfScalars = {
    "format",           "pattern",    "minimum",   "maximum",   "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "enum"};

Json KeywordsOf(const Field& field) {
  Json keywords = MembersOf(field.annotation.get());
  if (!field.repeated) return keywords;
  const char* const part = field.map ? "additionalProperties" : "items";
  for (const char* name : kOfScalars) {
    const auto found = keywords.find(name);
    if (found == keywords.end()) continue;
    const Json value = *found;
    keywords.erase(found);
    if (!keywords[part].contains(name)) keywords[part][name] = value;
  }
  return keywords;
}

// Puts what a file says into the document, member by member.
class DocumentWords {
 public:
  DocumentWords(Diagnostics& diagnostics, Document* document)
      : diagnostics_(diagnostics), document_(*document) {}

  void Add(const File& file) {
    if (!file.annotation) return;
    file_ = &file;
    const Json& members = file.annotation->members;
    for (const auto& [name, value] : ObjectAt(members, "info").items()) {
      AddOnce("info." + name, value, &document_.info[name]);
    }
    if (const auto servers = members.find("servers"); servers != members.end()) {
      AddOnce("servers", *servers, &document_.servers);
    }
    if (const auto docs = members.find("externalDocs"); docs != members.end()) {
      AddOnce("externalDocs", *docs, &document_.external_docs);
    }
    const Json& schemes = ObjectAt(ObjectAt(members, "components"), "securitySchemes");
    for (const auto& [name, scheme] : schemes.items()) {
      AddOnce("components.securitySchemes." + name, scheme, &document_.security_schemes[name]);
    }
    for (const Json& tag : ListAt(members, "tags")) AddTag(tag);
    if (const auto security = members.find("security");
        security != members.end() && file.services.empty()) {
      Json given = document_.security.value_or(Json());
      AddOnce("security", *security, &given);
      document_.security = std::move(given);
    }
    for (const auto& [name, value] : members.items()) {
      if (name.starts_with("x-")) AddOnce(name, value, &document_.extensions[name]);
    }
  }

 private:
  void AddOnce(const std::string& path, const Json& value, Json* place) {
    const auto [first, fresh] = said_by_.emplace(path, file_);
    if (fresh) {
      *place = value;
    } else if (*place != value) {
      diagnostics_.Warning(file_->annotation->location, "",
                           path + " is not that of " + first->second->path +
                               ", which is in the document; say it in one file, or make a document "
                               "for each with --rest_opt=openapi_per=file");
    }
  }

  void AddTag(const Json& words) {
    const std::string name = words.value("name", "");
    auto tag = std::find_if(document_.tags.begin(), document_.tags.end(),
                            [&](const Tag& each) { return each.name == name; });
    if (tag == document_.tags.end()) {
      tag = document_.tags.insert(document_.tags.begin() + count_++, Tag{});
      tag->name = name;
    }
    for (const auto& [member, value] : words.items()) {
      if (member == "name") continue;
      Json given = member == "description"    ? Json(tag->description)
                   : member == "externalDocs" ? tag->external_docs
                                              : tag->extensions.value(member, Json());
      AddOnce("tags." + name + "." + member, value, &given);
      const Json said = Json::object({{member, std::move(given)}});
      SetText(said, "description", &tag->description);
      SetJson(said, "externalDocs", &tag->external_docs);
      AddExtensions(said, &tag->extensions);
    }
  }

  Diagnostics& diagnostics_;
  Document& document_;
  const File* file_ = nullptr;
  std::map<std::string, const File*> said_by_;
  std::ptrdiff_t count_ = 0;  // of the tags that go before those of services
};

}  // namespace

bool IsHidden(const Field& field) {
  if (field.annotation && field.annotation->hidden) return true;
  if (field.map) return IsHidden(field.message->fields[1]);
  return (field.message != nullptr && IsHidden(*field.message)) ||
         (field.enumeration != nullptr && IsHidden(*field.enumeration));
}

bool IsRequired(const Field& field) {
  bool required = field.required || field.behavior.required ||
                  FindRule(field.validation, "required") != nullptr;
  SetFlag(MembersOf(field.annotation.get()), "required", &required);
  return required;
}

bool IsListed(const Field& field, const Message& message) {
  if (!message.annotation) return false;
  const Json& members = message.annotation->members;
  const auto required = members.find("required");
  return required != members.end() &&
         std::any_of(required->begin(), required->end(), [&](const Json& name) {
           return name == field.name || name == field.json_name;
         });
}

bool IsDeprecated(const Field& field) {
  bool deprecated = field.deprecated;
  SetFlag(MembersOf(field.annotation.get()), "deprecated", &deprecated);
  return deprecated;
}

bool IsNullable(const Field& field) {
  bool nullable = false;
  SetFlag(MembersOf(field.annotation.get()), "nullable", &nullable);
  return nullable;
}

std::string PathNameOf(const Field& field) {
  return StringAt(MembersOf(field.annotation.get()), "pathParamName");
}

std::string DescriptionOf(const Annotation* annotation, const Comments& comments) {
  std::string text;
  SetText(MembersOf(annotation), "description", &text);
  return text.empty() ? CommentText(comments) : text;
}

void AnnotateType(const Annotation* annotation, Schema* schema) {
  const Json& members = MembersOf(annotation);
  SetText(members, "title", &schema->title);
  SetFlag(members, "deprecated", &schema->deprecated);
  SetJson(members, "externalDocs", &schema->external_docs);
  AddKeywords(members, schema);
  AddExtensions(members, &schema->extensions);
}

// What an option says goes before what rules say.
std::string AnnotateValue(const Field& field, Schema* schema) {
  RuleWords words = WordsOfRules(field);
  words.keywords.update(KeywordsOf(field), /*merge_objects=*/true);
  return JoinParagraphs(words.note, AddKeywords(words.keywords, schema));
}

void AnnotateProperty(const Field& field, Schema* schema) {
  const Json& members = MembersOf(field.annotation.get());
  SetText(members, "title", &schema->title);
  SetFlag(members, "readOnly", &schema->read_only);
  SetFlag(members, "writeOnly", &schema->write_only);
  SetFlag(members, "deprecated", &schema->deprecated);
  SetJson(members, "externalDocs", &schema->external_docs);
  AddExtensions(members, &schema->extensions);
}

void AnnotateTag(const Service& service, Tag* tag) {
  const Json& members = MembersOf(service.annotation.get());
  tag->description = DescriptionOf(service.annotation.get(), service.comments);
  SetJson(members, "externalDocs", &tag->external_docs);
  AddExtensions(members, &tag->extensions);
}

void AnnotateOperation(const Service& service, const Method& method, const Api& api,
                       Diagnostics& diagnostics, SchemaBuilder* schemas, Operation* operation) {
  const Json& of_service = MembersOf(service.annotation.get());
  if (of_service.contains("security")) operation->security = of_service["security"];
  const Json& members = MembersOf(method.annotation.get());
  // The comment's first sentence is not lost where only the summary is given.
  if (members.contains("summary") && !members.contains("description")) {
    operation->description = CommentText(method.comments);
  }
  SetText(members, "summary", &operation->summary);
  SetText(members, "description", &operation->description);
  SetFlag(members, "deprecated", &operation->deprecated);
  SetJson(members, "externalDocs", &operation->external_docs);
  SetJson(members, "servers", &operation->servers);
  if (members.contains("tags")) {
    operation->tags = members["tags"].get<std::vector<std::string>>();
  }
  if (members.contains("security")) operation->security = members["security"];
  AddExtensions(members, &operation->extensions);
  // The responses of the file are those of which the method says nothing itself.
  if (const Annotation* of_file = service.file->annotation.get()) {
    const SchemaWords schema_words(api, *of_file, "", diagnostics, schemas);
    for (const auto& [status, words] : ObjectAt(of_file->members, "responses").items()) {
      if (ObjectAt(members, "responses").contains(status) || FindInline(status, operation))
        continue;
      AddResponse(status, words, schema_words, schemas, operation);
    }
  }
  if (method.annotation == nullptr) return;
  const SchemaWords schema_words(api, *method.annotation, method.name, diagnostics, schemas);
  AddParameters(members, schema_words, operation);
  for (const auto& [status, words] : ObjectAt(members, "responses").items()) {
    if (status.starts_with("x-")) continue;
    AddResponse(status, words, schema_words, schemas, operation);
  }
}

std::optional<Json> SecurityOf(const File& file) {
  const Json& members = MembersOf(file.annotation.get());
  const auto security = members.find("security");
  return security == members.end() ? std::nullopt : std::optional<Json>(*security);
}

void AnnotateDocument(const std::vector<const File*>& files, Diagnostics& diagnostics,
                      Document* document) {
  DocumentWords words(diagnostics, document);
  for (const File* file : files) words.Add(*file);
}

}  // namespace protorest::plugin::openapi
