// One walk for a value: of a field, and again of its items, keys and values.
#include "plugin/emit/openapi/validation_keywords.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/ecma_pattern.h"
#include "plugin/model/annotation.h"
#include "plugin/model/validation_rules.h"

namespace protorest::plugin::openapi {
namespace {

struct RuleKeyword {
  std::string_view rule;
  const char* keyword;
};
constexpr RuleKeyword kBounds[] = {
    {"gt", "exclusiveMinimum"}, {"gte", "minimum"}, {"lt", "exclusiveMaximum"}, {"lte", "maximum"}};
constexpr RuleKeyword kCounts[] = {{"min_len", "minLength"},       {"max_len", "maxLength"},
                                   {"min_items", "minItems"},      {"max_items", "maxItems"},
                                   {"min_pairs", "minProperties"}, {"max_pairs", "maxProperties"}};
constexpr RuleKeyword kFormats[] = {
    {"email", "email"}, {"hostname", "hostname"},     {"ipv4", "ipv4"}, {"ipv6", "ipv6"},
    {"uri", "uri"},     {"uri_ref", "uri-reference"}, {"uuid", "uuid"}};
constexpr RuleKeyword kPatterns[] = {
    {"tuuid", "^[0-9a-fA-F]{32}$"},
    {"ulid", "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"},
    {"protobuf_fqn", "^[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*$"},
    {"protobuf_dot_fqn", "^\\.[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*$"}};
constexpr RuleKeyword kSentences[] = {
    {"ip", "An IP address."},
    {"address", "A host name or an IP address."},
    {"ip_with_prefixlen", "An IP address with the length of its prefix."},
    {"ipv4_with_prefixlen", "An IPv4 address with the length of its prefix."},
    {"ipv6_with_prefixlen", "An IPv6 address with the length of its prefix."},
    {"ip_prefix", "An IP prefix."},
    {"ipv4_prefix", "An IPv4 prefix."},
    {"ipv6_prefix", "An IPv6 prefix."},
    {"host_and_port", "A host and a port."},
    {"finite", "Neither NaN nor infinite."},
    {"lt_now", "In the past."},
    {"gt_now", "In the future."}};

// How a keyword that refuses zero is said where zero will do all the same.
struct OrZero {
  const char* keyword;
  const char* before;
  const char* after;
};
constexpr OrZero kOrZero[] = {
    {"minimum", "Zero, or at least ", "."},
    {"exclusiveMinimum", "Zero, or more than ", "."},
    {"maximum", "Zero, or at most ", "."},
    {"exclusiveMaximum", "Zero, or less than ", "."},
    {"minLength", "Empty, or of a length of at least ", "."},
    {"minItems", "Empty, or of at least ", " items."},
    {"minProperties", "Empty, or of at least ", " entries."},
};

const char* Find(std::span<const RuleKeyword> table, std::string_view rule) {
  const auto found = std::ranges::find(table, rule, &RuleKeyword::rule);
  return found == table.end() ? nullptr : found->keyword;
}

std::string Quoted(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "`" : ", `") + value + "`";
  return text;
}

std::string Sentence(const std::string& text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('`') ? text : text + ".";
}

// NaN and infinities, which are words in JSON, give null.
Json Number(const std::string& text) {
  return Json::parse(text, nullptr, /*allow_exceptions=*/false).is_number() ? Json::parse(text)
                                                                            : Json();
}

bool RefusesZero(std::string_view keyword, const Json& value) {
  if (!value.is_number()) return false;
  const double bound = value.get<double>();
  if (keyword == "exclusiveMinimum") return bound >= 0;
  if (keyword == "exclusiveMaximum") return bound <= 0;
  return keyword == "maximum" ? bound < 0 : bound > 0;
}

// Of the text that the reader of rules makes.
std::string OneofWords(std::string_view fields) {
  constexpr std::string_view kRequired = ": one required";
  const bool required = fields.ends_with(kRequired);
  if (required) fields.remove_suffix(kRequired.size());
  return (required ? "Exactly one of these fields is set: "
                   : "At most one of these fields is set: ") +
         std::string(fields) + ".";
}

enum class Role { kValue, kKey };

class RuleTranslation {
 public:
  // The rules whose names begin with `prefix`, which are those of a value of `type`.
  RuleTranslation(const std::vector<ValidationRule>& rules, std::string prefix, const Field& type,
                  Role role)
      : rules_(rules), prefix_(std::move(prefix)), type_(type), role_(role) {}

  RuleWords Run() {
    for (const ValidationRule& rule : rules_) {
      if (rule.name.starts_with(prefix_)) Add(rule.name.substr(prefix_.size()), rule.values);
    }
    if (FindRule(rules_, prefix_ + "ignore") != nullptr) LetZeroThrough();
    return std::move(words_);
  }

 private:
  using Values = std::vector<std::string>;

  void Add(std::string_view name, const Values& values) {
    if (name == "cel_text") {
      for (const std::string& text : values) Note(Sentence(text));
    }
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return;
    const std::string_view type = name.substr(0, dot);
    const std::string_view rule = name.substr(dot + 1);
    if (rule.find('.') != std::string_view::npos) return;  // of items, keys and values
    if (type == "string") {
      AddOfString(rule, values);
    } else if (type == "bytes") {
      AddOfBytes(rule, values);
    } else if (type == "enum") {
      AddOfEnum(rule, values);
    } else if (type == "bool") {
      if (rule == "const") words_.keywords["enum"] = Json::array({Word(values[0] != "0")});
    } else if (type == "repeated" || type == "map") {
      AddCount(rule, values);
      if (rule == "unique") words_.keywords["uniqueItems"] = true;
    } else if (type == "any") {
      if (rule == "in") Note("One of " + Quoted(values) + ".");
      if (rule == "not_in") Note("None of " + Quoted(values) + ".");
    } else if (type == "duration" || type == "timestamp") {
      AddOfTime(type, rule, values);
    } else if (type != "field_mask") {
      AddOfNumber(type, rule, values);
    }
  }

  void AddOfNumber(std::string_view type, std::string_view rule, const Values& values) {
    if (const char* keyword = Find(kBounds, rule)) {
      AddBound(type, keyword, values.back());
    } else {
      AddList(rule, values, [&](const std::string& value) { return NumberWord(type, value); });
      AddSentence(rule);
    }
  }

  // A lower bound above the upper one: all but what is between them will do.
  void AddBound(std::string_view type, const char* keyword, const std::string& text) {
    const Json bound = Number(text);
    if (bound.is_null()) return;
    const bool lower = std::string_view(keyword).ends_with("inimum");
    if (role_ == Role::kKey) {  // which is a string
      Note(BoundWords(keyword) + text + ".");
    } else if (!IsOutside(type)) {
      words_.keywords[keyword] = bound;
    } else if (lower) {
      Note("All but what is between: " + BoundsText(type) + ".");
    }
  }

  std::string BoundWords(std::string_view keyword) const {
    return keyword == "minimum"            ? "At least "
           : keyword == "maximum"          ? "At most "
           : keyword == "exclusiveMinimum" ? "More than "
                                           : "Less than ";
  }

  const ValidationRule* Bound(std::string_view type, const char* open, const char* closed) const {
    const std::string start = prefix_ + std::string(type) + ".";
    const ValidationRule* rule = FindRule(rules_, start + open);
    return rule != nullptr ? rule : FindRule(rules_, start + closed);
  }

  bool IsOutside(std::string_view type) const {
    const ValidationRule* lower = Bound(type, "gt", "gte");
    const ValidationRule* upper = Bound(type, "lt", "lte");
    return lower != nullptr && upper != nullptr &&
           std::strtold(upper->values.back().c_str(), nullptr) <
               std::strtold(lower->values.back().c_str(), nullptr);
  }

  std::string BoundsText(std::string_view type) const {
    const ValidationRule* lower = Bound(type, "gt", "gte");
    const ValidationRule* upper = Bound(type, "lt", "lte");
    return std::string(upper->name.ends_with("lte") ? "at most " : "less than ") +
           upper->values.back() +
           (lower->name.ends_with("gte") ? ", or at least " : ", or more than ") +
           lower->values.back();
  }

  // 64-bit integers are strings, and so are all keys.
  Json NumberWord(std::string_view type, const std::string& value) const {
    if (value == "nan") return "NaN";
    if (value == "inf") return "Infinity";
    if (value == "-inf") return "-Infinity";
    return role_ == Role::kKey || type.ends_with("64") ? Json(value) : Number(value);
  }

  Json Word(bool value) const {
    return role_ == Role::kKey ? Json(value ? "true" : "false") : Json(value);
  }

  template <class ToJson>
  void AddList(std::string_view rule, const Values& values, const ToJson& to_json) {
    if (rule != "const" && rule != "in" && rule != "not_in") return;
    Json list = Json::array();
    for (const std::string& value : values) list.push_back(to_json(value));
    if (rule == "not_in") {
      words_.keywords["not"] = Json::object({{"enum", std::move(list)}});
    } else {
      words_.keywords["enum"] = std::move(list);
    }
  }

  void AddCount(std::string_view rule, const Values& values) {
    if (const char* keyword = Find(kCounts, rule)) words_.keywords[keyword] = Number(values[0]);
    if (rule != "len") return;
    words_.keywords["minLength"] = Number(values[0]);
    words_.keywords["maxLength"] = Number(values[0]);
  }

  void AddOfString(std::string_view rule, const Values& values) {
    const std::string& value = values[0];
    AddCount(rule, values);
    AddList(rule, values, [](const std::string& text) { return Json(text); });
    AddSentence(rule);
    if (const char* format = Find(kFormats, rule)) words_.keywords["format"] = format;
    if (const char* pattern = Find(kPatterns, rule)) AddPattern(pattern, "");
    if (rule == "pattern" && IsEcmaPattern(value)) AddPattern(value, "Matches `" + value + "`.");
    if (rule == "pattern" && !IsEcmaPattern(value)) Note("Matches `" + value + "` (RE2).");
    if (rule == "prefix") AddPattern("^" + QuotePattern(value), "Begins with `" + value + "`.");
    if (rule == "suffix") AddPattern(QuotePattern(value) + "$", "Ends with `" + value + "`.");
    if (rule == "contains") AddPattern(QuotePattern(value), "Contains `" + value + "`.");
    if (rule == "not_contains") Note("Does not contain `" + value + "`.");
    if (rule == "min_bytes") Note("At least " + value + " bytes of UTF-8.");
    if (rule == "max_bytes") Note("At most " + value + " bytes of UTF-8.");
    if (rule == "len_bytes") Note("Of " + value + " bytes of UTF-8.");
    if (rule == "well_known_regex" && value == "1") Note("The name of an HTTP header.");
    if (rule == "well_known_regex" && value == "2") Note("The value of an HTTP header.");
  }

  // Of several patterns one is the keyword, the others are for readers.
  void AddPattern(const std::string& pattern, const std::string& words) {
    if (words_.keywords.contains("pattern")) {
      Note(words);
    } else {
      words_.keywords["pattern"] = pattern;
    }
  }

  // What else is asked of bytes is of no use to readers of base64.
  void AddOfBytes(std::string_view rule, const Values& values) {
    AddCount(rule, values);
    if (rule == "pattern") Note("Matches `" + values[0] + "`.");
    AddSentence(rule);
  }

  // Numbers without a name are in no document; `defined_only` is what documents say anyway.
  void AddOfEnum(std::string_view rule, const Values& values) {
    if (type_.enumeration == nullptr || rule == "defined_only") return;
    const bool in = rule != "not_in";
    std::set<std::int32_t> numbers;
    Json names = Json::array();
    for (const EnumValue& value : type_.enumeration->values) {
      const bool listed = std::ranges::find(values, std::to_string(value.number)) != values.end();
      const bool hidden = value.annotation && value.annotation->hidden;
      const bool zero = value.number == 0 && FindRule(rules_, prefix_ + "ignore") != nullptr;
      if (hidden || (listed != in && !zero)) continue;
      names.push_back(value.name);
      numbers.insert(value.number);
    }
    if (names.empty()) return;
    words_.keywords["enum"] = std::move(names);
    words_.keywords["enumNumbers"] = numbers;
  }

  void AddOfTime(std::string_view type, std::string_view rule, const Values& values) {
    AddSentence(rule);
    if (type == "duration") {
      if (IsOutside(type)) {
        if (rule.starts_with("gt")) Note("In seconds: " + BoundsText(type) + ".");
      } else if (const char* keyword = Find(kBounds, rule)) {
        Note(BoundWords(keyword) + values[0] + "s.");
      }
    }
    if (rule == "within") Note("Within " + values[0] + "s of now.");
  }

  void AddSentence(std::string_view rule) {
    if (const char* sentence = Find(kSentences, rule)) Note(sentence);
  }

  // Zero and what is empty will do, whatever the other rules say.
  void LetZeroThrough() {
    Json& keywords = words_.keywords;
    for (const OrZero& each : kOrZero) {
      const auto found = keywords.find(each.keyword);
      if (found == keywords.end() || !RefusesZero(each.keyword, *found)) continue;
      Note(each.before + found->dump() + each.after);
      keywords.erase(found);
    }
    if (const auto format = keywords.find("format"); format != keywords.end()) {
      Note("Empty, or of the format `" + format->get<std::string>() + "`.");
      keywords.erase(format);
    }
    if (const auto pattern = keywords.find("pattern"); pattern != keywords.end()) {
      *pattern = "^$|" + pattern->get<std::string>();
    }
    if (type_.enumeration == nullptr) LetZeroInLists();
  }

  void LetZeroInLists() {
    Json& keywords = words_.keywords;
    const auto is_zero = [](const Json& value) {
      if (value.is_string() && value.get_ref<const std::string&>().empty()) return true;
      return value == 0 || value == "0" || value == false;
    };
    if (const auto list = keywords.find("enum"); list != keywords.end()) {
      const Json& first = list->front();
      if (std::ranges::none_of(*list, is_zero)) {
        list->push_back(first.is_boolean()  ? Json(false)
                        : first.is_number() ? Json(0)
                                            : Json(type_.type == FieldType::kString ? "" : "0"));
      }
    }
    if (const auto excluded = keywords.find("not"); excluded != keywords.end()) {
      Json rest = Json::array();
      for (const Json& value : (*excluded)["enum"]) {
        if (!is_zero(value)) rest.push_back(value);
      }
      if (rest.empty()) {
        keywords.erase(excluded);
      } else {
        (*excluded)["enum"] = std::move(rest);
      }
    }
  }

  void Note(const std::string& sentence) {
    if (!sentence.empty()) words_.note += (words_.note.empty() ? "" : " ") + sentence;
  }

  const std::vector<ValidationRule>& rules_;
  const std::string prefix_;
  const Field& type_;
  const Role role_;
  RuleWords words_;
};

}  // namespace

RuleWords WordsOfRules(const Field& field) {
  const std::vector<ValidationRule>& rules = field.validation;
  RuleWords words = RuleTranslation(rules, "", field, Role::kValue).Run();
  const auto add = [&](const char* keyword, const char* start, const char* prefix,
                       const Field& type, Role role) {
    RuleWords part = RuleTranslation(rules, prefix, type, role).Run();
    if (!part.keywords.empty()) words.keywords[keyword] = std::move(part.keywords);
    if (!part.note.empty()) words.note += (words.note.empty() ? "" : " ") + (start + part.note);
  };
  if (field.map) {
    add("propertyNames", "Each key: ", "map.keys.", field.message->fields[0], Role::kKey);
    add("additionalProperties", "Each value: ", "map.values.", field.message->fields[1],
        Role::kValue);
  } else if (field.repeated) {
    add("items", "Each item: ", "repeated.items.", field, Role::kValue);
  }
  return words;
}

std::string NoteOfRules(const Message& message) {
  std::string note;
  for (const ValidationRule& rule : message.validation) {
    for (const std::string& value : rule.values) {
      if (rule.name == "cel_text") note = JoinParagraphs(note, Sentence(value));
      if (rule.name == "oneof") note = JoinParagraphs(note, OneofWords(value));
    }
  }
  return note;
}

}  // namespace protorest::plugin::openapi
