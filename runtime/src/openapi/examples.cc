// From the settled schemas, so that examples have the names and forms that the document tells of.
#include "openapi/examples.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "openapi/members.h"
#include "openapi/operations.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

// Texts by format; all other strings are as long as they must be.
struct FormatExample {
  std::string_view format;
  std::string_view text;
};
constexpr FormatExample kFormats[] = {
    {"date-time", "2024-05-06T07:08:09Z"},
    {"date", "2024-05-06"},
    {"time", "07:08:09Z"},
    {"int32", "1"},  // of a key
    {"uint32", "1"},
    {"int64", "1"},
    {"uint64", "1"},
    {"byte", "aGVsbG8="},
    {"field-mask", ""},
    {"uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
    {"email", "ada@example.com"},
    {"hostname", "example.com"},
    {"ipv4", "192.0.2.1"},
    {"ipv6", "2001:db8::1"},
    {"uri", "https://example.com/"},
    {"uri-reference", "/path"},
};
constexpr std::string_view kDurationPattern = "s$";

// An example is for people: it has at most so many values, and texts of at most so many characters.
constexpr std::size_t kMaxValues = 1000;
constexpr std::size_t kMaxText = 1000;

std::string TypeOf(const Json& schema) {
  const Json type = schema.value("type", Json());
  if (type.is_string()) return type;
  if (!type.is_array()) return "";
  for (const Json& each : type) {
    if (each != "null") return each;
  }
  return "null";
}

bool HoldsParts(const Json& schema, const std::set<std::string>& members);

// Whether an object with these members is what `schema` asks for: the schemas of oneofs.
bool Holds(const Json& schema, const std::set<std::string>& members) {
  for (const Json& name : ListAt(schema, "required")) {
    if (!members.contains(name)) return false;
  }
  return HoldsParts(schema, members);
}

bool HoldsParts(const Json& schema, const std::set<std::string>& members) {
  const auto holds = [&](const Json& each) { return Holds(each, members); };
  if (const auto any = schema.find("anyOf"); any != schema.end()) {
    if (std::none_of(any->begin(), any->end(), holds)) return false;
  }
  const auto all = schema.find("allOf");
  return all == schema.end() || std::all_of(all->begin(), all->end(), holds);
}

class ExampleMaker {
 public:
  explicit ExampleMaker(const Json& schemas) : schemas_(schemas) {}

  // Nothing where no example comes to mind. Messages are left out below the level where there would
  // be too many of them: each may hold several more.
  std::optional<Json> Make(const Json& schema) {
    std::optional<Json> example = WithLevels(schema, schemas_.size());
    if (left_ > 0) return example;
    example.reset();
    for (std::size_t levels = 1; levels < schemas_.size(); ++levels) {
      std::optional<Json> larger = WithLevels(schema, levels);
      if (left_ == 0) break;
      if (larger) example = std::move(larger);
    }
    return example;
  }

 private:
  std::optional<Json> WithLevels(const Json& schema, std::size_t levels) {
    open_.clear();
    levels_ = levels;
    left_ = kMaxValues;
    return Of(schema);
  }

  // Whether there is room for so many values more.
  bool Spend(std::size_t values) {
    left_ -= std::min(left_, values);
    return left_ > 0;
  }

  static std::size_t Count(const Json& value) {
    std::size_t count = 1;
    if (!value.is_structured()) return count;
    for (const Json& each : value) count += Count(each);
    return count;
  }

  std::optional<Json> Of(const Json& schema) {
    if (!schema.is_object() || !Spend(1)) return std::nullopt;
    std::optional<Json> example = OfKeywords(schema);
    // What is asked of members beside a reference.
    const bool refers = schema.contains("$ref") || schema.contains("allOf");
    if (refers && TypeOf(schema).empty() && example && example->is_object()) {
      for (const auto& [name, property] : ObjectAt(schema, "properties").items()) {
        if (std::optional<Json> value = Of(property)) (*example)[name] = *std::move(value);
      }
    }
    const Json& excluded = ListAt(ObjectAt(schema, "not"), "enum");
    const bool taken =
        example && std::find(excluded.begin(), excluded.end(), *example) != excluded.end();
    return taken ? std::nullopt : example;
  }

  std::optional<Json> OfKeywords(const Json& schema) {
    for (const char* key : {"example", "default", "const"}) {
      if (schema.contains(key)) return schema[key];
    }
    if (const auto examples = schema.find("examples"); examples != schema.end()) {
      if (!examples->empty()) return examples->front();
    }
    if (const auto values = schema.find("enum"); values != schema.end()) return OfEnum(*values);
    if (const auto ref = schema.find("$ref"); ref != schema.end()) return OfReference(*ref);
    const std::string type = TypeOf(schema);
    if (type == "object") return OfObject(schema);
    for (const char* key : {"allOf", "anyOf", "oneOf"}) {
      const auto list = schema.find(key);
      if (list != schema.end() && !list->empty()) return Of(list->front());
    }
    if (type == "array") return OfArray(schema);
    if (type == "string") return OfString(schema);
    if (type == "integer") return OfNumber(schema, 1);
    if (type == "number") return OfNumber(schema, 1.5);
    if (type == "boolean") return true;
    return std::nullopt;
  }

  // The first value that says something: zero is "unspecified" by the style guide.
  static std::optional<Json> OfEnum(const Json& values) {
    if (values.empty()) return std::nullopt;
    const bool unspecified =
        values.front() == 0 ||
        (values.front().is_string() && values.front().get<std::string>().ends_with("UNSPECIFIED"));
    return unspecified && values.size() > 1 ? values[1] : values.front();
  }

  std::optional<Json> OfReference(const std::string& ref) {
    constexpr std::string_view kPrefix = "#/components/schemas/";
    if (!ref.starts_with(kPrefix)) return std::nullopt;
    const std::string name = ref.substr(kPrefix.size());
    const auto schema = schemas_.find(name);
    // A message inside itself ends here.
    if (schema == schemas_.end() || open_.size() == levels_ || !open_.insert(name).second) {
      return std::nullopt;
    }
    std::optional<Json> example = Of(*schema);
    open_.erase(name);
    return example;
  }

  std::optional<Json> OfObject(const Json& schema) {
    Json object = Json::object();
    std::set<std::string> members;
    const Json& required = ListAt(schema, "required");
    for (const auto& [name, property] : ObjectAt(schema, "properties").items()) {
      const bool needed = std::find(required.begin(), required.end(), name) != required.end();
      if (property.value("readOnly", false)) continue;
      if (property.value("deprecated", false) && !needed) continue;
      members.insert(name);
      const bool allowed = !schema.contains("not") || !Holds(schema["not"], members);
      std::optional<Json> value = allowed ? Of(property) : std::nullopt;
      if (!value) {
        if (needed) return std::nullopt;
        members.erase(name);
      } else {
        object[name] = *std::move(value);
      }
    }
    if (const auto more = schema.find("additionalProperties");
        more != schema.end() && object.empty()) {
      const std::optional<Json> key = KeyOf(schema);
      std::optional<Json> value = key ? Of(*more) : std::nullopt;
      if (value) object[key->get<std::string>()] = *std::move(value);
    }
    const bool enough = object.size() >= schema.value("minProperties", std::size_t{0}) &&
                        HoldsParts(schema, members);
    return enough ? std::optional(std::move(object)) : std::nullopt;
  }

  static std::optional<Json> KeyOf(const Json& schema) {
    const Json names = schema.value("propertyNames", schema.value("x-propertyNames", Json()));
    if (!names.is_object()) return "key";
    return names.contains("enum") ? names["enum"].front() : OfString(names);
  }

  std::optional<Json> OfArray(const Json& schema) {
    const std::size_t least = schema.value("minItems", std::size_t{0});
    Json list = Json::array();
    const std::optional<Json> item = Of(schema.value("items", Json()));
    if (item && schema.value("maxItems", std::size_t{1}) > 0) list.push_back(*item);
    const std::size_t missing = least - std::min(least, list.size());
    if (item && missing > 0 && !schema.value("uniqueItems", false)) {
      if (missing > kMaxValues || !Spend(missing * Count(*item))) return std::nullopt;
      list.insert(list.end(), missing, *item);
    }
    return list.size() < least ? std::nullopt : std::optional(std::move(list));
  }

  static std::optional<Json> OfString(const Json& schema) {
    const std::string format = StringAt(schema, "format");
    const std::string pattern = StringAt(schema, "pattern");
    std::string text = "string";
    const auto* const known = std::find_if(std::begin(kFormats), std::end(kFormats),
                                           [&](const auto& each) { return each.format == format; });
    if (known != std::end(kFormats)) {
      text = known->text;
    } else if (pattern.starts_with("^-?") && pattern.ends_with(kDurationPattern)) {
      text = "1.5s";
    } else if (!pattern.empty() || format == "binary") {
      return std::nullopt;
    }
    const std::size_t least = schema.value("minLength", std::size_t{0});
    if (least > kMaxText) return std::nullopt;
    const std::size_t most = schema.value("maxLength", std::max(least, text.size()));
    if (known == std::end(kFormats)) {
      while (text.size() < least) text += " string";
      text.resize(std::min(text.size(), most));
    }
    const bool fits = least <= text.size() && text.size() <= most;
    return fits ? std::optional<Json>(text) : std::nullopt;
  }

  // `wanted` where the bounds take it, else what they do.
  static std::optional<Json> OfNumber(const Json& schema, const Json& wanted) {
    const double step = schema.value("multipleOf", wanted.is_number_integer() ? 1.0 : 0.5);
    double low = schema.value("minimum", -1e15);
    double high = schema.value("maximum", 1e15);
    const auto bound = [&](const char* key, double* limit, double inward) {
      const auto found = schema.find(key);
      if (found == schema.end()) return;
      if (found->is_number()) *limit = found->get<double>() + inward;
      if (*found == true) *limit += inward;
    };
    bound("exclusiveMinimum", &low, step);
    bound("exclusiveMaximum", &high, -step);
    double value = std::clamp(wanted.get<double>(), low, std::max(low, high));
    if (schema.contains("multipleOf")) value = std::ceil(value / step) * step;
    if (value < low || value > high) return std::nullopt;
    if (!wanted.is_number_integer()) return Json(value);
    value = std::ceil(value);
    return value > high ? std::nullopt : std::optional(Json(static_cast<std::int64_t>(value)));
  }

  const Json& schemas_;
  std::set<std::string> open_;  // references that are being followed
  std::size_t levels_ = 0;      // so many at most
  std::size_t left_ = 0;        // values that the example may still have
};

// More than {} or [{}].
bool SaysSomething(const Json& example) {
  if (!example.is_structured()) return true;
  return !example.empty() && (!example.is_array() || SaysSomething(example.front()));
}

// Of a request body's schema. What was added to the document by hand may be no schema at all.
std::optional<Json> ExampleOf(const Json& media, ExampleMaker& maker) {
  try {
    return maker.Make(media.value("schema", Json()));
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

void AddExamples(Json& document) {
  const Json& schemas = ObjectAt(ObjectAt(document, "components"), "schemas");
  ExampleMaker maker(schemas);
  for (Json& item : document["paths"]) {
    ForEachOperation(item, [&](const std::string&, Json& operation) {
      const Json::json_pointer place("/requestBody/content/application~1json");
      if (!operation.contains(place)) return;
      Json& media = operation[place];
      if (!media.is_object() || media.contains("example") || media.contains("examples")) return;
      const auto example = ExampleOf(media, maker);
      if (example && SaysSomething(*example)) media["example"] = *example;
    });
  }
}

}  // namespace protorest::openapi
