// Reading keeps the place of every member, so that conflicts can be shown where they stand.
#include "plugin/emit/openapi/base_document.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "openapi/member_order.h"
#include "openapi/members.h"
#include "openapi/operations.h"
#include "openapi/path_shape.h"
#include "plugin/yaml_json.h"

namespace protorest::plugin::openapi {

using protorest::openapi::ForEachOperation;
using protorest::openapi::PathShape;
using protorest::openapi::StringAt;

namespace {

std::string Below(const std::string& pointer, std::string_view key) {
  return pointer + "/" + protorest::openapi::PointerToken(key);
}

}  // namespace

class BaseReader {
 public:
  BaseReader(BaseDocument& base, Diagnostics& diagnostics)
      : base_(base), diagnostics_(diagnostics) {}

  void Read(const std::string& text) {
    YAML::Node root;
    try {
      root = YAML::Load(text);
    } catch (const YAML::Exception& error) {
      return diagnostics_.Error(At(error.mark), "", "is neither YAML nor JSON: " + error.msg);
    }
    if (!root.IsMap()) {
      return diagnostics_.Error({base_.file_}, "",
                                "must hold a part of an OpenAPI document: info:, servers:, tags:, "
                                "security: or the like");
    }
    base_.content_ = Convert(root, "");
    if (!broken_) CheckShapes(base_.content_, "", "", "");
    if (broken_) base_.content_ = nullptr;
  }

 private:
  enum class Kind { kText, kList, kObject };

  // What the merge, and who reads the document, relies on. `*` is any member or element, `verb` an
  // operation's.
  struct Shape {
    std::string_view place;
    Kind kind;
  };
  static constexpr Shape kShapes[] = {
      {"/info", Kind::kObject},
      {"/info/title", Kind::kText},
      {"/servers", Kind::kList},
      {"/servers/*", Kind::kObject},
      {"/tags", Kind::kList},
      {"/tags/*", Kind::kObject},
      {"/tags/*/name", Kind::kText},
      {"/paths", Kind::kObject},
      {"/paths/*", Kind::kObject},
      {"/paths/*/verb", Kind::kObject},
      {"/paths/*/verb/operationId", Kind::kText},
      {"/paths/*/verb/tags", Kind::kList},
      {"/paths/*/verb/tags/*", Kind::kText},
      {"/paths/*/verb/parameters", Kind::kList},
      {"/paths/*/verb/requestBody", Kind::kObject},
      {"/paths/*/verb/responses", Kind::kObject},
      {"/components", Kind::kObject},
      {"/components/*", Kind::kObject},
      {"/security", Kind::kList},
      {"/externalDocs", Kind::kObject},
  };

  Location At(const YAML::Mark& mark) const {
    return {base_.file_, mark.line + 1, mark.column + 1};
  }

  // `place`: where the value stands, in the words of kShapes; `name`: what it is called.
  void CheckShapes(const Json& value, const std::string& place, const std::string& pointer,
                   const std::string& name) {
    const auto check = [&](const std::string& key, const Json& each, const std::string& called) {
      const bool verb = protorest::openapi::Contains(protorest::openapi::kVerbs, key);
      for (const std::string& below : {place + "/" + key, place + (verb ? "/verb" : "/*")}) {
        const auto* const shape = std::ranges::find(kShapes, below, &Shape::place);
        if (shape == std::end(kShapes)) continue;
        return CheckShape(each, *shape, Below(pointer, key), called);
      }
    };
    if (value.is_object()) {
      for (const auto& [key, each] : value.items()) check(key, each, key);
    } else {
      for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string index = std::to_string(i);
        check(index, value[i], name + "[" + index + "]");
      }
    }
  }

  void CheckShape(const Json& value, const Shape& shape, const std::string& pointer,
                  const std::string& name) {
    const bool holds = shape.kind == Kind::kText   ? value.is_string()
                       : shape.kind == Kind::kList ? value.is_array()
                                                   : value.is_object();
    if (holds) {
      if (value.is_structured()) CheckShapes(value, std::string(shape.place), pointer, name);
      return;
    }
    broken_ = true;
    // An element has no place of its own: its list's will do.
    std::string near = pointer;
    while (!base_.locations_.contains(near)) near.resize(near.rfind('/'));
    diagnostics_.Error(base_.locations_.at(near), "openapi_base",
                       "\"" + name + "\" is to be " +
                           (shape.kind == Kind::kText   ? "a text"
                            : shape.kind == Kind::kList ? "a list"
                                                        : "an object, members with names"));
  }

  // Aliases may stand in what they name, or multiply: neither is a document.
  bool IsTooLarge(const YAML::Node& node, const std::string& pointer) {
    constexpr std::size_t kMaxValues = 1'000'000;
    constexpr std::ptrdiff_t kMaxDepth = 100;
    if (broken_) return true;
    if (++values_ <= kMaxValues && std::ranges::count(pointer, '/') <= kMaxDepth) return false;
    broken_ = true;
    diagnostics_.Error(At(node.Mark()), "openapi_base",
                       "is nested too deeply or too large; does an alias stand in what it names?");
    return true;
  }

  Json Convert(const YAML::Node& node, const std::string& pointer) {
    if (IsTooLarge(node, pointer)) return nullptr;
    if (node.IsScalar()) return JsonOfScalar(node);
    if (node.IsSequence()) {
      Json list = Json::array();
      for (const YAML::Node& each : node) {
        list.push_back(Convert(each, pointer + "/" + std::to_string(list.size())));
      }
      return list;
    }
    if (!node.IsMap()) return nullptr;
    Json object = Json::object();
    for (const auto& entry : node) {
      const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
      const std::string below = Below(pointer, key);
      base_.locations_[below] = At(entry.first.Mark());
      if (object.contains(key)) {
        diagnostics_.Error(At(entry.first.Mark()), "", "a second \"" + key + "\"");
      }
      object[key] = Convert(entry.second, below);
    }
    return object;
  }

  BaseDocument& base_;
  Diagnostics& diagnostics_;
  std::size_t values_ = 0;
  bool broken_ = false;
};

class BaseMerge {
 public:
  BaseMerge(const BaseDocument& base, Json& document, Diagnostics& diagnostics)
      : base_(base), document_(document), diagnostics_(diagnostics) {}

  void Merge() {
    CheckVersion();
    for (const auto& [key, value] : base_.content_.items()) {
      if (key == "openapi") continue;
      if (key == "info") {
        AddInfo(value);
      } else if (key == "tags") {
        AddTags(value);
      } else if (key == "paths") {
        AddPaths(value);
      } else if (key == "components") {
        for (const auto& [section, entries] : value.items()) {
          AddMembers(entries, Below("/components", section), document_["components"][section]);
        }
      } else if (key == "servers") {
        document_[key] = value;
      } else {
        AddMember(key, value, "", document_);
      }
    }
    protorest::openapi::SortMembers(document_);
  }

 private:
  void Report(const std::string& pointer, const std::string& text) {
    const auto found = base_.locations_.find(pointer);
    diagnostics_.Error(found == base_.locations_.end() ? Location{base_.file_} : found->second,
                       "openapi_base", text);
  }

  void CheckVersion() {
    const auto given = base_.content_.find("openapi");
    if (given == base_.content_.end()) return;
    const std::string own = document_["openapi"];
    const std::string other = given->is_string() ? given->get<std::string>() : given->dump();
    const std::string minor = own.substr(0, own.rfind('.'));  // "3.1"
    if (other == minor || other.starts_with(minor + ".")) return;
    Report("/openapi", "is of version " + other + ", and this run writes " + own +
                           "; leave the version out, or give the run's with --rest_opt=openapi=");
  }

  void AddInfo(const Json& info) {
    document_["info"].update(info);
    if (!document_["info"]["version"].is_string()) {
      Report("/info/version", "a version is text: write it in quotes");
    }
  }

  void AddMember(const std::string& key, const Json& value, const std::string& pointer,
                 Json& object) {
    const auto own = object.find(key);
    if (own == object.end()) {
      object[key] = value;
    } else if (*own != value) {
      Report(Below(pointer, key), "\"" + key + "\" is generated too, and differs; take one away");
    }
  }

  void AddMembers(const Json& members, const std::string& pointer, Json& object) {
    for (const auto& [key, value] : members.items()) AddMember(key, value, pointer, object);
  }

  // Those of the file first, with what is generated for their names; then the others.
  void AddTags(const Json& tags) {
    Json merged = Json::array();
    std::set<std::string> names;
    Json& own = document_["tags"];
    for (const Json& tag : tags) {
      const std::string name = tag.value("name", "");
      Json entry = tag;
      for (const Json& each : own) {
        if (each.value("name", "") != name) continue;
        entry = each;
        entry.update(tag);
      }
      names.insert(name);
      merged.push_back(std::move(entry));
    }
    for (const Json& each : own) {
      if (!names.contains(each.value("name", ""))) merged.push_back(each);
    }
    own = std::move(merged);
  }

  // To OpenAPI, paths that differ in the names of parameters alone are one.
  void AddPaths(const Json& paths) {
    std::map<std::string, std::string> known;  // by shape
    std::set<std::string> ids;
    for (const auto& [path, item] : document_["paths"].items()) {
      known.emplace(PathShape(path), path);
      ForEachOperation(item, [&](const std::string&, const Json& operation) {
        ids.insert(StringAt(operation, "operationId"));
      });
    }
    for (const auto& [path, item] : paths.items()) {
      ForEachOperation(item, [&, &path = path](const std::string& place, const Json& operation) {
        const std::string id = StringAt(operation, "operationId");
        if (id.empty() || ids.insert(id).second) return;
        Report(Below("/paths", path) + "/" + place + "/operationId",
               "\"" + id + "\" is another operation's; write one of its own");
      });
      const auto [own, fresh] = known.emplace(PathShape(path), path);
      if (!fresh && own->second != path) {
        Report(Below("/paths", path), "is " + own->second + " in the document; write it so");
      } else {
        AddMembers(item, Below("/paths", path), document_["paths"][path]);
      }
    }
  }

  const BaseDocument& base_;
  Json& document_;
  Diagnostics& diagnostics_;
};

std::shared_ptr<const BaseDocument> BaseDocument::Read(const std::string& file,
                                                       Diagnostics& diagnostics) {
  std::ifstream input(file);
  std::ostringstream text;
  // An empty file counts as not readable to <<, and says nothing either.
  if (!input || !(text << input.rdbuf())) {
    diagnostics.Error(
        {file}, "",
        "is empty or cannot be read; a relative openapi_base starts where protoc is run");
    return nullptr;
  }
  auto base = std::make_shared<BaseDocument>();
  base->file_ = file;
  BaseReader(*base, diagnostics).Read(text.str());
  return base->content_.is_object() ? base : nullptr;
}

void BaseDocument::MergeInto(Json& document, Diagnostics& diagnostics) const {
  BaseMerge(*this, document, diagnostics).Merge();
}

}  // namespace protorest::plugin::openapi
