// Puts operations in their places: paths, tags, unique names. Everything in declaration order, the
// components by name.
#include "plugin/emit/openapi/build.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "openapi/operations.h"
#include "openapi/path_shape.h"
#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/base_document.h"
#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/google_client.h"
#include "plugin/emit/openapi/operation.h"
#include "plugin/emit/openapi/operation_id.h"
#include "plugin/emit/openapi/references.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/emit/openapi/serialize.h"
#include "plugin/text.h"

namespace protorest::plugin::openapi {
namespace {

using protorest::openapi::Contains;
using protorest::openapi::kVerbs;
using protorest::openapi::PathParameterNames;
using protorest::openapi::PathShape;

bool HasVerb(const PathItem& item, std::string_view verb) {
  return std::any_of(item.operations.begin(), item.operations.end(),
                     [&](const auto& each) { return each.first == verb; });
}

class DocumentBuilder {
 public:
  DocumentBuilder(const std::vector<const Service*>& services, const Api& api,
                  const Options& options, Diagnostics& diagnostics)
      : services_(services), api_(api), options_(options), diagnostics_(diagnostics) {
    for (const Service* service : services_) ++services_of_name_[service->name];
  }

  Document Build() {
    servers_said_ = IsSaid("/servers");
    security_said_ = IsSaid("/security") || IsSaid("/components/securitySchemes");
    SetInfo();
    for (const Service* service : services_) AddService(*service);
    for (AnyVerb& any : any_verb_) PlaceAnyVerb(std::move(any));
    for (const char* name : {kBadRequest, kNotFound, kError}) {
      if (used_responses_.contains(name)) {
        document_.responses.push_back({name, ErrorResponse(name, &schemas_)});
      }
    }
    document_.schemas = schemas_.Components();
    Annotate();
    return std::move(document_);
  }

 private:
  // An operation of `custom {kind: "*"}`.
  struct AnyVerb {
    std::string path;
    Operation operation;
  };

  void SetInfo();
  void Annotate();
  std::vector<const File*> Files() const;
  void AddService(const Service& service);
  void AddBinding(const Service& service, const Method& method, std::size_t index);
  void Place(const HttpBinding& binding, const std::string& path, Operation operation);
  void PlaceAnyVerb(AnyVerb any);
  void PlaceAt(PathItem* item, const std::string& verb, Operation operation);
  PathItem& ItemAt(const std::string& path, Operation* operation);
  PathItem& NewItem(std::string path);
  std::string UniqueId(const std::string& wanted);

  // The short name, where it says which service is meant.
  std::string NameOf(const Service& service) const {
    return services_of_name_.at(service.name) > 1 ? service.full_name : service.name;
  }

  bool IsSaid(const char* member) const;
  bool HasScopes(const Service& service) const;
  std::optional<Json> SecurityOfOperations(const Service& service) const;

  std::vector<AnyVerb> any_verb_;  // in place of the verbs that others leave
  const std::vector<const Service*>& services_;
  const Api& api_;
  const Options& options_;
  Diagnostics& diagnostics_;
  std::map<std::string, int> services_of_name_;
  bool servers_said_ = false;   // by an option for OpenAPI, or the base document: then
  bool security_said_ = false;  // default_host and oauth_scopes say nothing
  SchemaBuilder schemas_;
  std::set<std::string> ids_;
  std::set<std::string> used_responses_;
  std::unordered_map<std::string, std::size_t> item_of_shape_;  // index in document_.paths
  Document document_;
};

// What all packages begin with: "users.v1", or "users" of users.v1 and users.v2.
std::string CommonPackage(const std::vector<const Service*>& services) {
  if (services.empty()) return "";
  std::string common = services[0]->file->package;
  for (const Service* service : services) {
    const std::string package = service->file->package + ".";
    while (!common.empty() && !package.starts_with(common + ".")) {
      const std::size_t dot = common.rfind('.');
      common.resize(dot == std::string::npos ? 0 : dot);
    }
  }
  return common;
}

// The default host of all of them; "" where there is none.
std::string CommonHost(const std::vector<const Service*>& services) {
  std::set<std::string> hosts;
  for (const Service* service : services) {
    if (!IsHidden(*service)) hosts.insert(service->default_host);
  }
  return hosts.size() == 1 ? *hosts.begin() : "";
}

// The last part of a package where it is a version: "v1", "v1beta2".
std::string VersionOf(const std::string& package) {
  const std::size_t dot = package.rfind('.');
  const std::string last = dot == std::string::npos ? package : package.substr(dot + 1);
  const bool version =
      last.size() > 1 && last[0] == 'v' && std::isdigit(static_cast<unsigned char>(last[1])) != 0;
  return version ? last : "0.0.0";
}

void DocumentBuilder::SetInfo() {
  const std::string package = CommonPackage(services_);
  document_.info["title"] = !package.empty()        ? package
                            : services_.size() == 1 ? services_[0]->name
                                                    : "API";
  std::set<const File*> files;
  for (const Service* service : services_) files.insert(service->file);
  if (files.size() == 1) {
    const std::string text = CommentText((*files.begin())->comments);
    if (!text.empty()) document_.info["description"] = text;
  }
  document_.info["version"] = VersionOf(package);
  document_.servers = ServersOf(CommonHost(services_));
}

// By a file that speaks of the document, or the base document.
bool DocumentBuilder::IsSaid(const char* member) const {
  if (api_.openapi_base && api_.openapi_base->Has(member)) return true;
  return std::ranges::any_of(Files(), [&](const File* file) {
    return file->annotation && file->annotation->members.contains(Json::json_pointer(member));
  });
}

bool DocumentBuilder::HasScopes(const Service& service) const {
  const bool own = service.annotation && service.annotation->members.contains("security");
  return !service.oauth_scopes.empty() && !security_said_ && !own;
}

std::optional<Json> DocumentBuilder::SecurityOfOperations(const Service& service) const {
  return HasScopes(service) ? OAuthSecurityOf(service) : SecurityOf(*service.file);
}

// Whose options speak of the document: the files of its services, and those without services.
std::vector<const File*> DocumentBuilder::Files() const {
  std::vector<const File*> files;
  for (const Service* service : services_) {
    if (std::find(files.begin(), files.end(), service->file) == files.end()) {
      files.push_back(service->file);
    }
  }
  for (const auto& file : api_.files) {
    if (file->generate && file->services.empty()) files.push_back(file.get());
  }
  return files;
}

void DocumentBuilder::Annotate() {
  AnnotateDocument(Files(), diagnostics_, &document_);
  // Where all say the same, it is the document's to say.
  std::set<std::string> said;
  std::vector<const Service*> with_scopes;
  std::optional<Json> security;
  for (const Service* service : services_) {
    if (IsHidden(*service)) continue;
    security = SecurityOfOperations(*service);
    said.insert(security.value_or(Json()).dump());
    if (HasScopes(*service)) with_scopes.push_back(service);
  }
  if (said.size() == 1 && security && !document_.security) document_.security = security;
  document_.security_schemes.update(OAuthSchemesOf(with_scopes));
  std::set<std::string> tags;
  for (const Tag& tag : document_.tags) tags.insert(tag.name);
  const auto visit = [&](Operation& operation) {
    for (const std::string& name : operation.tags) {
      if (tags.insert(name).second) document_.tags.emplace_back().name = name;
    }
    if (operation.security && operation.security == document_.security) operation.security.reset();
  };
  for (PathItem& item : document_.paths) {
    for (auto& [verb, operation] : item.operations) visit(operation);
    for (auto& [verb, operation] : item.additional_operations) visit(operation);
  }
}

void DocumentBuilder::AddService(const Service& service) {
  if (IsHidden(service)) return;
  document_.extensions["x-protorest-schema"][service.full_name] = service.fingerprint;
  Tag& tag = document_.tags.emplace_back();
  tag.name = NameOf(service);
  tag.service = service.full_name;
  AnnotateTag(service, &tag);
  for (const Method& method : service.methods) {
    if (IsHidden(method)) continue;
    for (std::size_t i = 0; i < method.bindings.size(); ++i) AddBinding(service, method, i);
  }
}

void DocumentBuilder::AddBinding(const Service& service, const Method& method, std::size_t index) {
  const HttpBinding& binding = method.bindings[index];
  auto [path, operation] = BuildOperation(method, binding, options_, &schemas_);
  std::string id = method.annotation ? method.annotation->members.value("operationId", "") : "";
  if (id.empty()) {
    id = OperationId(options_.operation_id, NameOf(service), method.name, service.file->package);
  }
  if (index > 0) id += "_" + std::to_string(index + 1);
  operation.id = UniqueId(id);
  operation.tags = {NameOf(service)};
  operation.rpc = service.full_name + "/" + method.name;
  operation.deprecated = method.deprecated || service.deprecated || service.file->deprecated;
  operation.security = SecurityOfOperations(service);
  const Json servers = ServersOf(service.default_host);
  if (!servers_said_ && servers != document_.servers) operation.servers = servers;
  AnnotateOperation(service, method, api_, diagnostics_, &schemas_, &operation);
  for (const Response& response : operation.responses) used_responses_.insert(response.ref);
  Place(binding, path, std::move(operation));
}

std::string DocumentBuilder::UniqueId(const std::string& wanted) {
  std::string id = wanted;
  for (int i = 2; !ids_.insert(id).second; ++i) id = wanted + "_" + std::to_string(i);
  return id;
}

PathItem& DocumentBuilder::NewItem(std::string path) {
  document_.paths.push_back({std::move(path), {}, {}});
  return document_.paths.back();
}

// The item of this path, or of the one that differs in the names of parameters alone: to OpenAPI
// that is the same path, so the operation takes over its names.
PathItem& DocumentBuilder::ItemAt(const std::string& path, Operation* operation) {
  const auto [known, fresh] = item_of_shape_.emplace(PathShape(path), document_.paths.size());
  if (fresh) return NewItem(path);
  PathItem& item = document_.paths[known->second];
  const std::vector<std::string> names = PathParameterNames(item.path);
  for (std::size_t i = 0; i < names.size(); ++i) operation->parameters[i].name = names[i];
  return item;
}

void DocumentBuilder::Place(const HttpBinding& binding, const std::string& path,
                            Operation operation) {
  if (binding.verb == "*") {
    any_verb_.push_back({path, std::move(operation)});
    return;
  }
  const std::string verb = Lower(binding.verb);
  PathItem* item = &ItemAt(path, &operation);
  const bool is_new = verb == "query" && options_.openapi_version != OpenApiVersion::k3_2;
  if (!Contains(kVerbs, verb) || is_new) {
    item->additional_operations.emplace_back(binding.verb, std::move(operation));
    return;
  }
  PlaceAt(item, verb, std::move(operation));
}

// Under the likeliest verb that no other operation of the path has.
void DocumentBuilder::PlaceAnyVerb(AnyVerb any) {
  PathItem* item = &ItemAt(any.path, &any.operation);
  const std::vector<std::string> verbs = any.operation.request_body
                                             ? std::vector<std::string>{"post", "put", "patch"}
                                             : std::vector<std::string>{"get", "delete", "post"};
  const auto is_free = [item](const std::string& verb) { return !HasVerb(*item, verb); };
  const auto found = std::ranges::find_if(verbs, is_free);
  PlaceAt(item, found == verbs.end() ? verbs.front() : *found, std::move(any.operation));
}

// Two templates can differ in a way that OpenAPI cannot say ("*" against "**"). The fragment keeps
// their operations apart in the document; clients do not send it.
void DocumentBuilder::PlaceAt(PathItem* item, const std::string& verb, Operation operation) {
  if (HasVerb(*item, verb)) item = &NewItem(item->path + "#" + operation.id);
  item->operations.emplace_back(verb, std::move(operation));
}

}  // namespace

std::vector<const Service*> GeneratedServices(const Api& api) {
  std::vector<const Service*> services;
  for (const auto& file : api.files) {
    if (!file->generate) continue;
    for (const Service& service : file->services) services.push_back(&service);
  }
  return services;
}

Json DocumentOf(const std::vector<const Service*>& services, const Api& api, const Options& options,
                Diagnostics& diagnostics) {
  Json document =
      ToJson(DocumentBuilder(services, api, options, diagnostics).Build(), options.openapi_version);
  ResolveReferences(&document);
  if (api.openapi_base) api.openapi_base->MergeInto(document, diagnostics);
  return document;
}

}  // namespace protorest::plugin::openapi
