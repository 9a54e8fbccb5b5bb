// Walks the texts of the finished document: only that tells what there is to link to.
#include "plugin/emit/openapi/references.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "openapi/members.h"
#include "openapi/operations.h"

namespace protorest::plugin::openapi {

using protorest::openapi::ForEachOperation;
using protorest::openapi::ListAt;
using protorest::openapi::ObjectAt;
using protorest::openapi::PointerToken;
using protorest::openapi::StringAt;

namespace {

// Members that hold data of users, not texts.
constexpr std::array<std::string_view, 4> kData = {"example", "examples", "default", "enum"};

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
  });
}

class Resolver {
 public:
  explicit Resolver(const Json& document) {
    for (const auto& [name, schema] :
         ObjectAt(ObjectAt(document, "components"), "schemas").items()) {
      places_[name] = "#/components/schemas/" + name;
    }
    for (const auto& [path, item] : ObjectAt(document, "paths").items()) {
      const std::string start = "#/paths/" + PointerToken(path) + "/";
      ForEachOperation(item, [&](const std::string& place, const Json& operation) {
        std::string name = StringAt(operation, "x-protorest-rpc");
        std::replace(name.begin(), name.end(), '/', '.');
        places_.try_emplace(name, start + place);
      });
    }
    std::size_t index = 0;
    for (const Json& tag : ListAt(document, "tags")) {
      places_[StringAt(tag, "x-protorest-service")] = "#/tags/" + std::to_string(index++);
    }
  }

  void Visit(Json& value) const {
    if (value.is_array()) {
      for (Json& each : value) Visit(each);
    }
    if (!value.is_object()) return;
    for (auto& [key, member] : value.items()) {
      if (member.is_string() && (key == "description" || key == "summary")) {
        const std::string& text = member.get_ref<const std::string&>();
        if (text.find("][") != text.npos) member = Resolve(text, key == "description");
      } else if (member.is_structured() &&
                 std::find(kData.begin(), kData.end(), key) == kData.end()) {
        Visit(member);
      }
    }
  }

 private:
  // Where the name, or what it is a field or value of, stands; "" if it is not in the document.
  std::string PlaceOf(const std::string& name) const {
    auto place = places_.find(name);
    if (place == places_.end()) place = places_.find(name.substr(0, name.rfind('.')));
    return place == places_.end() ? "" : place->second;
  }

  std::string Resolve(const std::string& text, bool links) const {
    std::string out;
    std::size_t done = 0;
    for (std::size_t middle = text.find("]["); middle != text.npos;
         middle = text.find("][", middle + 2)) {
      const std::size_t open = text.rfind('[', middle);
      const std::size_t close = text.find(']', middle + 2);
      if (open == text.npos || open < done || close == text.npos) continue;
      const std::string shown = text.substr(open + 1, middle - open - 1);
      std::string name = text.substr(middle + 2, close - middle - 2);
      if (name.empty()) name = shown;  // [library.v1.Book][]
      if (!IsName(name)) continue;
      const std::string place = links ? PlaceOf(name) : "";
      out.append(text, done, open - done);
      out += place.empty() ? shown : "[" + shown + "](" + place + ")";
      done = close + 1;
    }
    return out.append(text, done);
  }

  std::map<std::string, std::string> places_;  // by full name
};

}  // namespace

void ResolveReferences(Json* document) { Resolver(*document).Visit(*document); }

}  // namespace protorest::plugin::openapi
