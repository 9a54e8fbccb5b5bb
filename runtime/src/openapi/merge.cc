// Works on the documents' own structure (operation-level parameters, x-protorest-service in tags),
// and appends to the ordered objects of the result.
#include "openapi/merge.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "openapi/member_order.h"
#include "openapi/members.h"
#include "openapi/operations.h"
#include "openapi/path_shape.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

// Fingerprints by service: a document has one for each of its services.
constexpr const char* kSchema = "x-protorest-schema";

// How errors call a document: by its services, else by its title.
std::string NameOf(const Json& document) {
  std::string name;
  for (const Json& tag : ListAt(document, "tags")) {
    const std::string service = StringAt(tag, "x-protorest-service");
    if (service.empty()) continue;
    if (!name.empty()) name += ", ";
    name += service;
  }
  if (name.empty()) name = StringAt(ObjectAt(document, "info"), "title");
  return name;
}

std::string WithUnderscores(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

// Gives the path parameters of an operation the names that the path already has.
void RenamePathParameters(const std::vector<std::string>& from, const std::vector<std::string>& to,
                          Json* operation) {
  const auto parameters = operation->find("parameters");
  if (parameters == operation->end()) return;
  for (Json& parameter : *parameters) {
    if (StringAt(parameter, "in") != "path") continue;
    const auto at = std::find(from.begin(), from.end(), StringAt(parameter, "name"));
    if (at != from.end()) parameter["name"] = to[static_cast<std::size_t>(at - from.begin())];
  }
}

// Tag and id of an operation whose service shares its name with another.
void GiveFullName(const std::string& name, const std::string& service, Json& operation) {
  for (Json& tag : operation["tags"]) {
    if (tag == name) tag = service;
  }
  const std::string id = StringAt(operation, "operationId");
  if (id.starts_with(name + "_")) {
    operation["operationId"] = WithUnderscores(service) + id.substr(name.size());
  }
}

// Whether two security schemes can be one, as they contradict each other nowhere: those of services
// that need different scopes. `known` is both of them then.
bool JoinSchemes(const Json& other, Json& known) {
  Json joined = known;
  joined.update(other, /*merge_objects=*/true);
  Json back = other;
  back.update(known, /*merge_objects=*/true);
  // The order of members makes no difference.
  if (nlohmann::json(joined) != nlohmann::json(back)) return false;
  known = std::move(joined);
  return true;
}

class Merger {
 public:
  // False: error() says why.
  bool Add(Json document);
  std::string Finish();
  const std::string& error() const { return error_; }

 private:
  bool AddVersion(const Json& document, const std::string& name);
  void AddInfo(const Json& document);
  void KeepServicesApart(Json* document);
  void KeepForOperations(const char* member, Json* document);
  void AddTags(const Json& document);
  bool AddComponents(const Json& document, const std::string& name);
  void AddPath(const std::string& path, Json item);
  void AddOperation(const std::string& path, const std::string& group, const std::string& verb,
                    Json operation);
  void AddRest(const Json& document);

  Json result_ = Json::object();
  Json tags_ = Json::array();
  Json components_ = Json::object();
  Json paths_ = Json::object();
  Json rest_ = Json::object();  // of the document: the first one's word holds
  std::vector<std::string> titles_;
  std::vector<std::string> versions_;
  std::map<std::string, std::string> path_of_shape_;
  std::map<std::string, std::string>
      owner_;  // "components/schemas/users.v1.User" → the document's name
  std::map<std::string, std::string> service_of_tag_;
  std::string error_;
};

bool Merger::Add(Json document) {
  const std::string name = NameOf(document);
  if (!AddVersion(document, name)) return false;
  AddInfo(document);
  KeepServicesApart(&document);
  for (const char* member : {"security", "servers"}) KeepForOperations(member, &document);
  AddTags(document);
  if (!AddComponents(document, name)) return false;
  for (const auto& [path, item] : ObjectAt(document, "paths").items()) AddPath(path, item);
  AddRest(document);
  return true;
}

bool Merger::AddVersion(const Json& document, const std::string& name) {
  const std::string version = StringAt(document, "openapi");
  if (!result_.contains("openapi")) {
    result_["openapi"] = version;
    return true;
  }
  const std::string known = StringAt(result_, "openapi");
  if (version == known) return true;
  error_ = name + " has a document of OpenAPI " + version + ", and those before it are of " +
           known + ": generate all with the same --rest_opt=openapi=";
  return false;
}

void Merger::AddInfo(const Json& document) {
  const Json& info = ObjectAt(document, "info");
  if (titles_.empty()) result_["info"] = info;
  const auto add = [](std::string text, std::vector<std::string>* texts) {
    if (std::find(texts->begin(), texts->end(), text) == texts->end()) {
      texts->push_back(std::move(text));
    }
  };
  add(StringAt(info, "title"), &titles_);
  add(StringAt(info, "version"), &versions_);
}

// A tag whose name another service has already: tag and operation ids get the service's full name.
void Merger::KeepServicesApart(Json* document) {
  const auto tags = document->find("tags");
  if (tags == document->end()) return;
  for (Json& tag : *tags) {
    const std::string name = StringAt(tag, "name");
    const std::string service = StringAt(tag, "x-protorest-service");
    const auto [owner, fresh] = service_of_tag_.emplace(name, service);
    if (fresh || owner->second == service || service.empty()) continue;
    tag["name"] = service;
    for (Json& item : document->at("paths")) {
      ForEachOperation(item, [&](const std::string&, Json& operation) {
        if (StringAt(operation, "x-protorest-rpc").starts_with(service + "/")) {
          GiveFullName(name, service, operation);
        }
      });
    }
  }
}

// What a document says for all of its operations goes with them where the first document says
// something else.
void Merger::KeepForOperations(const char* member, Json* document) {
  const Json said = document->value(member, Json());
  if (paths_.empty()) rest_.erase(member);  // was said of nothing: all that was hidden
  if (paths_.empty() || said == rest_.value(member, Json())) return;
  for (Json& item : document->at("paths")) {
    ForEachOperation(item, [&](const std::string&, Json& operation) {
      if (operation.contains(member)) return;
      operation[member] = said.is_null() ? Json::array() : said;
    });
  }
  document->erase(member);
}

// A tag that comes again, as those of a base document do, says what it did not say before.
void Merger::AddTags(const Json& document) {
  for (const Json& tag : ListAt(document, "tags")) {
    const auto known = std::find_if(tags_.begin(), tags_.end(), [&](const Json& each) {
      return StringAt(each, "name") == StringAt(tag, "name");
    });
    if (known == tags_.end()) {
      tags_.push_back(tag);
      continue;
    }
    for (const auto& [key, value] : tag.items()) {
      if (!known->contains(key)) (*known)[key] = value;
    }
  }
}

bool Merger::AddComponents(const Json& document, const std::string& name) {
  for (const auto& [section, entries] : ObjectAt(document, "components").items()) {
    Json& known = components_[section];
    const std::string prefix = "components/" + section + "/";
    for (const auto& [key, value] : entries.items()) {
      const auto [owner, fresh] = owner_.emplace(std::string(prefix).append(key), name);
      if (fresh) {
        known[key] = value;
      } else if (known[key] != value &&
                 (section != "securitySchemes" || !JoinSchemes(value, known[key]))) {
        error_.append(owner->first).append(" of ").append(name).append(" is not that of ");
        error_.append(owner->second);
        error_ +=
            ": the code of both was generated from different versions of a .proto; generate both "
            "again";
        return false;
      }
    }
  }
  return true;
}

void Merger::AddPath(const std::string& path, Json item) {
  const std::string& known = path_of_shape_.emplace(PathShape(path), path).first->second;
  const std::vector<std::string> names = PathParameterNames(path);
  const std::vector<std::string> known_names = PathParameterNames(known);
  if (known != path) {
    ForEachOperation(item, [&](const std::string&, Json& operation) {
      RenamePathParameters(names, known_names, &operation);
    });
  }
  for (auto& [key, value] : item.items()) {
    if (Contains(kVerbs, key)) {
      AddOperation(known, "", key, value);
    } else if (Contains(kOtherVerbs, key)) {
      for (auto& [verb, operation] : value.items()) AddOperation(known, key, verb, operation);
    } else if (!paths_[known].contains(key)) {
      paths_[known][key] = value;
    }
  }
}

// Two operations in one place: their templates differ in a way that OpenAPI cannot say ("*" against
// "**"). The fragment keeps them apart in the document; clients do not send it.
void Merger::AddOperation(const std::string& path, const std::string& group,
                          const std::string& verb, Json operation) {
  const auto place = [&](const std::string& at) -> Json& {
    return group.empty() ? paths_[at] : paths_[at][group];
  };
  Json& operations = place(path);
  if (!operations.contains(verb)) {
    operations[verb] = std::move(operation);
  } else if (operations[verb] != operation) {
    const std::string apart = path + "#" + StringAt(operation, "operationId");
    place(apart)[verb] = std::move(operation);
  }
}

void Merger::AddRest(const Json& document) {
  static const std::set<std::string> kMerged = {"openapi", "info", "tags", "paths", "components"};
  for (const auto& [key, value] : document.items()) {
    if (key == kSchema && value.is_object()) {
      rest_[key].update(value);
    } else if (!kMerged.contains(key) && !rest_.contains(key)) {
      rest_[key] = value;
    }
  }
}

std::string Merger::Finish() {
  if (titles_.size() > 1) {
    std::string title;
    for (const std::string& each : titles_) title += (title.empty() ? "" : ", ") + each;
    Json info = {{"title", title}};
    info["version"] = versions_.size() == 1 ? versions_[0] : "0.0.0";
    result_["info"] = info;
  }
  if (titles_.empty()) {
    result_["openapi"] = "3.1.0";
    result_["info"] = {{"title", "API"}, {"version", "0.0.0"}};
  }
  result_.update(rest_);
  if (!tags_.empty()) result_["tags"] = std::move(tags_);
  result_["paths"] = std::move(paths_);
  if (!components_.empty()) result_["components"] = std::move(components_);
  SortMembers(result_);
  return result_.dump(2);
}

}  // namespace

std::optional<std::string> MergeDocuments(std::span<const std::string_view> documents,
                                          std::string* error) try {
  Merger merger;
  std::set<std::string_view> seen;
  for (const std::string_view text : documents) {
    if (!seen.insert(text).second) continue;
    Json document = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (!document.is_object()) {
      *error = "not a JSON document: " + std::string(text.substr(0, 64));
      return std::nullopt;
    }
    if (!merger.Add(std::move(document))) {
      *error = merger.error();
      return std::nullopt;
    }
  }
  return merger.Finish();
} catch (const Json::exception& e) {  // valid JSON of another shape: not one of our documents
  *error = std::string("not an OpenAPI document: ") + e.what();
  return std::nullopt;
}

}  // namespace protorest::openapi
