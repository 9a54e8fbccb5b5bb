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
#include "plugin/emit/openapi/json_text.h"
#include "plugin/emit/openapi/scalar_schema.h"
#include "plugin/emit/openapi/validation_zero.h"
#include "plugin/model/annotation.h"
#include "plugin/model/validation_rules.h"

namespace protorest::plugin::openapi {
namespace {

struct Bound {
  std::string_view rule;
  const char* keyword;
  const char* words;
  const char* words_of_time;
};
constexpr Bound kBounds[] = {{"gt", "exclusiveMinimum", "more than ", "after "},
                             {"gte", "minimum", "at least ", "not before "},
                             {"lt", "exclusiveMaximum", "less than ", "before "},
                             {"lte", "maximum", "at most ", "not after "}};

struct RuleKeyword {
  std::string_view rule;
  const char* keyword;
};
constexpr RuleKeyword kCounts[] = {{"min_len", "minLength"},       {"max_len", "maxLength"},
                                   {"min_items", "minItems"},      {"max_items", "maxItems"},
                                   {"min_pairs", "minProperties"}, {"max_pairs", "maxProperties"}};
constexpr RuleKeyword kFormats[] = {
    {"email", "email"}, {"hostname", "hostname"},     {"ipv4", "ipv4"}, {"ipv6", "ipv6"},
    {"uri", "uri"},     {"uri_ref", "uri-reference"}, {"uuid", "uuid"}};
struct RulePattern {
  std::string_view rule;
  const char* pattern;
  const char* words;
};
constexpr RulePattern kPatterns[] = {
    {"tuuid", "^[0-9a-fA-F]{32}$", "A UUID without hyphens."},
    {"ulid", "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$", "A ULID."},
    {"protobuf_fqn", "^[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*$",
     "The full name of something in a .proto."},
    {"protobuf_dot_fqn", "^\\.[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*$",
     "The full name of something in a .proto, after a dot."}};
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
    {"ipv4", "An IPv4 address."},  // of bytes
    {"ipv6", "An IPv6 address."},
    {"uuid", "A UUID."},
    {"finite", "Neither NaN nor infinite."},
    {"lt_now", "In the past."},
    {"gt_now", "In the future."}};

const char* Find(std::span<const RuleKeyword> table, std::string_view rule) {
  const auto found = std::ranges::find(table, rule, &RuleKeyword::rule);
  return found == table.end() ? nullptr : found->keyword;
}

const Bound* FindBound(std::string_view rule) {
  const auto* const found = std::ranges::find(kBounds, rule, &Bound::rule);
  return found == std::end(kBounds) ? nullptr : found;
}

// A value as readers know it.
std::string ValueText(std::string_view type, const std::string& value) {
  if (type == "duration") return DurationText(value);
  return type == "timestamp" ? TimestampText(value) : value;
}

std::string BoundText(const Bound& bound, std::string_view type, const std::string& value) {
  return (type == "timestamp" ? bound.words_of_time : bound.words) + ValueText(type, value);
}

std::string Capitalised(std::string text) {
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += {kDigits[byte >> 4], kDigits[byte & 0xF]};
  }
  return text;
}

std::string Listed(const Json& values) {
  std::string text;
  for (const Json& value : values) {
    text += text.empty() ? "`" : ", `";
    text += (value.is_string() ? value.get<std::string>() : value.dump()) + "`";
  }
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
    if (FindRule(rules_, prefix_ + "ignore") != nullptr) {
      LetZeroThrough(type_, &words_);
    } else if (FindRule(rules_, prefix_ + "required") != nullptr && !type_.has_presence) {
      RefuseZero();
    }
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
      AddOfAny(rule, values);
    } else if (type == "field_mask") {
      AddOfFieldMask(rule, values);
    } else if (IsTime(type)) {
      AddOfTime(type, rule, values);
    } else {
      AddOfNumber(type, rule, values);
    }
  }

  void AddOfNumber(std::string_view type, std::string_view rule, const Values& values) {
    if (const Bound* bound = FindBound(rule)) {
      AddBound(type, *bound, values.back());
    } else {
      AddList(rule, values, [&](const std::string& value) { return NumberWord(type, value); });
      AddSentence(rule);
    }
  }

  // A lower bound above the upper one: all but what is between them will do. Keys and times are
  // strings, which no keyword compares.
  void AddBound(std::string_view type, const Bound& bound, const std::string& value) {
    const ValidationRule* const lower = Pair(type, "gt");
    const ValidationRule* const upper = Pair(type, "lt");
    const bool outside = lower != nullptr && upper != nullptr &&
                         std::strtold(upper->values.back().c_str(), nullptr) <
                             std::strtold(lower->values.back().c_str(), nullptr);
    const Json number = Number(value);
    if (outside) {
      if (bound.rule.starts_with("gt")) {
        Note(Capitalised(TextOf(type, *upper) + ", or " + TextOf(type, *lower)) + ".");
      }
    } else if (role_ == Role::kKey || IsTime(type) || number.is_null()) {
      Note(Capitalised(BoundText(bound, type, value)) + ".");
    } else {
      words_.keywords[bound.keyword] = number;
    }
  }

  static bool IsTime(std::string_view type) { return type == "duration" || type == "timestamp"; }

  // "gt" or "gte", "lt" or "lte".
  const ValidationRule* Pair(std::string_view type, const char* open) const {
    const std::string name = prefix_ + std::string(type) + "." + open;
    const ValidationRule* rule = FindRule(rules_, name);
    return rule != nullptr ? rule : FindRule(rules_, name + "e");
  }

  static std::string TextOf(std::string_view type, const ValidationRule& rule) {
    const std::string_view name = rule.name;
    return BoundText(*FindBound(name.substr(name.rfind('.') + 1)), type, rule.values.back());
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
    Json& keywords = words_.keywords;
    if (rule == "not_in") {
      for (Json& value : list) keywords["not"]["enum"].push_back(std::move(value));
    } else if (keywords.contains("enum")) {  // `const` beside `in`
      Note("One of " + Listed(list) + ".");
    } else {
      keywords["enum"] = std::move(list);
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
    if (const char* format = Find(kFormats, rule)) {
      words_.keywords["format"] = format;
    } else {
      AddSentence(rule);
    }
    const auto* const pattern = std::ranges::find(kPatterns, rule, &RulePattern::rule);
    if (pattern != std::end(kPatterns)) AddPattern(pattern->pattern, pattern->words);
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

  // What is asked of parts of the bytes no keyword can ask of base64.
  void AddOfBytes(std::string_view rule, const Values& values) {
    const std::string& value = values[0];
    AddCount(rule, values);
    AddList(rule, values, [](const std::string& bytes) { return Json(Base64Text(bytes)); });
    AddSentence(rule);
    if (rule == "ipv4") AddCount("len", {"4"});
    if (rule == "ipv6" || rule == "uuid") AddCount("len", {"16"});
    if (rule == "pattern") Note("Matches `" + value + "`.");
    if (rule == "prefix") Note("Begins with the bytes `" + Hex(value) + "`.");
    if (rule == "suffix") Note("Ends with the bytes `" + Hex(value) + "`.");
    if (rule == "contains") Note("Contains the bytes `" + Hex(value) + "`.");
  }

  // Numbers without a name are in no document; `defined_only` is what documents say anyway.
  void AddOfEnum(std::string_view rule, const Values& values) {
    if (type_.enumeration == nullptr || rule == "defined_only") return;
    const bool in = rule != "not_in";
    const auto given = words_.keywords.find("enum");
    std::set<std::int32_t> numbers;
    Json names = Json::array();
    for (const EnumValue& value : type_.enumeration->values) {
      const bool listed = std::ranges::find(values, std::to_string(value.number)) != values.end();
      const bool hidden = value.annotation && value.annotation->hidden;
      const bool zero = value.number == 0 && FindRule(rules_, prefix_ + "ignore") != nullptr;
      if (hidden || (listed != in && !zero)) continue;
      // What another rule has left.
      if (given != words_.keywords.end() &&
          std::find(given->begin(), given->end(), value.name) == given->end()) {
        continue;
      }
      names.push_back(value.name);
      numbers.insert(value.number);
    }
    if (names.empty()) return Note((in ? "One of " : "None of ") + Listed(values) + ".");
    words_.keywords["enum"] = std::move(names);
    words_.keywords["enumNumbers"] = numbers;
  }

  void AddOfAny(std::string_view rule, const Values& values) {
    Json type = Json::object();
    if (rule == "in") type["enum"] = values;
    if (rule == "not_in") type["not"]["enum"] = values;
    words_.keywords["properties"]["@type"].update(type);
  }

  // `in` allows what is below its paths too.
  void AddOfFieldMask(std::string_view rule, const Values& values) {
    std::string paths;
    for (const std::string& value : values) {
      paths += (paths.empty() ? "" : "|") + QuotePattern(FieldMaskText(value));
    }
    const std::string path = "(" + paths + ")(\\.[^,]+)?";
    if (rule == "const") words_.keywords["enum"] = Json::array({FieldMaskText(values[0])});
    if (rule == "in") AddPattern("^(" + path + "(," + path + ")*)?$", "");
    if (rule == "not_in") {
      Note("Without the paths " + Listed(values) + ", and without what is below them.");
    }
  }

  void AddOfTime(std::string_view type, std::string_view rule, const Values& values) {
    AddSentence(rule);
    AddList(rule, values, [&](const std::string& value) { return Json(ValueText(type, value)); });
    if (const Bound* bound = FindBound(rule)) AddBound(type, *bound, values.back());
    if (rule == "within") Note("Within " + DurationText(values[0]) + " of now.");
  }

  // Of what knows no presence, zero is not there.
  void RefuseZero() {
    if (type_.repeated) {
      words_.keywords.emplace(type_.map ? "minProperties" : "minItems", 1);
    } else if (type_.type == FieldType::kString || type_.type == FieldType::kBytes) {
      words_.keywords.emplace("minLength", 1);
    } else if (type_.type == FieldType::kBool) {
      words_.keywords.emplace("enum", Json::array({true}));
    } else if (type_.enumeration != nullptr) {
      AddOfEnum("not_in", {"0"});
    } else {
      AddOfNumber(ScalarSchema(type_.type).other ? "int64" : "int32", "not_in", {"0"});
    }
  }

  void AddSentence(std::string_view rule) {
    if (const char* sentence = Find(kSentences, rule)) Note(sentence);
  }

  void Note(const std::string& sentence) { words_.Note(sentence); }

  const std::vector<ValidationRule>& rules_;
  const std::string prefix_;
  const Field& type_;
  const Role role_;
  RuleWords words_;
};

}  // namespace

void RuleWords::Note(const std::string& sentence) {
  if (!sentence.empty()) note += (note.empty() ? "" : " ") + sentence;
}

RuleWords WordsOfRules(const Field& field) {
  const std::vector<ValidationRule>& rules = field.validation;
  RuleWords words = RuleTranslation(rules, "", field, Role::kValue).Run();
  const auto add = [&](const char* keyword, const char* start, const char* prefix,
                       const Field& type, Role role) {
    RuleWords part = RuleTranslation(rules, prefix, type, role).Run();
    if (!part.keywords.empty()) words.keywords[keyword] = std::move(part.keywords);
    if (!part.note.empty()) words.Note(start + part.note);
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

Json KeywordsOfSet(const Field& field) {
  const std::vector<ValidationRule> required = {{"required", {"true"}}};
  return RuleTranslation(required, "", field, Role::kValue).Run().keywords;
}

std::string NoteOfRules(const Message& message) {
  const ValidationRule* const rule = FindRule(message.validation, "cel_text");
  std::string note;
  if (rule == nullptr) return note;
  for (const std::string& text : rule->values) note = JoinParagraphs(note, Sentence(text));
  return note;
}

}  // namespace protorest::plugin::openapi
