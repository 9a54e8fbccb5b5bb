// buf.validate: which rules refuse what older ones took.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "plugin/breaking/compare_parts.h"
#include "plugin/model/validation_rules.h"

namespace protorest::plugin::breaking {
namespace {

// When another value of a rule refuses more.
enum class Narrows {
  kHigher,     // a lower bound
  kLower,      // an upper bound
  kFewer,      // a list of what is valid
  kMore,       // lists of what is not, or of what must hold
  kRemoved,    // an exception from the other rules
  kElsewhere,  // told by other means
};

struct RuleKind {
  std::string_view name;  // the last part
  Narrows narrows;
};
// What is not here narrows when it is added or changed.
constexpr RuleKind kKinds[] = {
    {"gt", Narrows::kElsewhere},       {"gte", Narrows::kElsewhere},
    {"lt", Narrows::kElsewhere},       {"lte", Narrows::kElsewhere},
    {"min_len", Narrows::kHigher},     {"min_bytes", Narrows::kHigher},
    {"min_items", Narrows::kHigher},   {"min_pairs", Narrows::kHigher},
    {"max_len", Narrows::kLower},      {"max_bytes", Narrows::kLower},
    {"max_items", Narrows::kLower},    {"max_pairs", Narrows::kLower},
    {"within", Narrows::kLower},       {"in", Narrows::kFewer},
    {"not_in", Narrows::kMore},        {"cel", Narrows::kMore},
    {"oneof", Narrows::kMore},         {"ignore", Narrows::kRemoved},
    {"required", Narrows::kElsewhere}, {"cel_text", Narrows::kElsewhere},
};

using Rules = std::vector<ValidationRule>;

// "string." and "min_len" of "string.min_len".
std::pair<std::string_view, std::string_view> Split(std::string_view name) {
  const std::size_t end = name.rfind('.') + 1;  // 0 where there is none
  return {name.substr(0, end), name.substr(end)};
}

// Enough digits for every number of 64 bits.
long double NumberOf(const std::string& text) { return std::strtold(text.c_str(), nullptr); }

bool Contains(const ValidationRule* rule, const std::string& value) {
  return rule != nullptr && std::ranges::find(rule->values, value) != rule->values.end();
}

// The end of a range: the bound, and whether it is left out itself.
struct Bound {
  long double value = 0;
  bool open = false;
};

// The bound that a pair of rules sets ("gt" and "gte"), as a lower one.
std::optional<Bound> BoundOf(const Rules& rules, std::string_view prefix, bool lower) {
  const bool fractions = prefix.ends_with("float.") || prefix.ends_with("double.") ||
                         prefix.ends_with("duration.") || prefix.ends_with("timestamp.");
  const std::string start(prefix);
  const long double sign = lower ? 1 : -1;
  if (const ValidationRule* closed = FindRule(rules, start + (lower ? "gte" : "lte"))) {
    return Bound{sign * NumberOf(closed->values.back()), false};
  }
  if (const ValidationRule* open = FindRule(rules, start + (lower ? "gt" : "lt"))) {
    const long double value = sign * NumberOf(open->values.back());
    return fractions ? Bound{value, true} : Bound{value + 1, false};
  }
  return std::nullopt;
}

bool IsTighter(const std::optional<Bound>& is, const std::optional<Bound>& was) {
  if (!is) return false;
  if (!was || is->value > was->value) return true;
  return is->value == was->value && is->open && !was->open;
}

bool IsNarrower(const ValidationRule* was, const ValidationRule* is, Narrows kind) {
  switch (kind) {
    case Narrows::kHigher:
      return is && NumberOf(is->values.back()) > (was ? NumberOf(was->values.back()) : 0);
    case Narrows::kLower:
      return is && (!was || NumberOf(is->values.back()) < NumberOf(was->values.back()));
    case Narrows::kFewer:
      return is && (!was || !std::ranges::all_of(was->values, [&](const std::string& value) {
               return Contains(is, value);
             }));
    case Narrows::kMore:
      return is && !std::ranges::all_of(
                       is->values, [&](const std::string& value) { return Contains(was, value); });
    default:
      return false;
  }
}

// Anything else: added, or another value.
bool IsAnother(const ValidationRule* was, const ValidationRule* is) {
  return is && (!was || is->values != was->values);
}

// `string.in = ["a", "b"]`, as a reader would write it; without what would garble a terminal.
std::string Describe(const ValidationRule* rule) {
  if (rule == nullptr) return "not there";
  std::string text;
  for (const std::string& value : rule->values) {
    if (!text.empty()) text += ", ";
    for (const char c : value) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return text;
}

class RuleComparison {
 public:
  RuleComparison(const Rules& was, const Rules& is, const Location& location,
                 const std::string& subject, const OldPlace& place, const Comparison& comparison)
      : was_(was),
        is_(is),
        location_(location),
        subject_(subject),
        place_(place),
        comparison_(comparison) {}

  void Run() {
    for (const ValidationRule& is : is_) Compare(is);
    for (const ValidationRule& was : was_) {
      // Without other rules there is nothing to except from.
      const bool lifted = Split(was.name).second == "ignore" && FindRule(is_, was.name) == nullptr;
      if (lifted && std::ranges::any_of(is_, [&](const ValidationRule& rule) {
            return rule.name.starts_with(Split(was.name).first);
          })) {
        Add(was.name, "not there", Describe(&was));
      }
    }
  }

 private:
  void Compare(const ValidationRule& is) {
    const auto [prefix, last] = Split(is.name);
    const ValidationRule* const was = FindRule(was_, is.name);
    const auto* const kind = std::ranges::find(kKinds, last, &RuleKind::name);
    const bool lower = last == "gt" || last == "gte";
    bool narrower = false;
    if (kind == std::end(kKinds)) {
      narrower = IsAnother(was, &is);
    } else if (lower || last == "lt" || last == "lte") {
      narrower = IsTighter(BoundOf(is_, prefix, lower), BoundOf(was_, prefix, lower));
    } else {
      narrower = IsNarrower(was, &is, kind->narrows);
    }
    if (narrower) Add(is.name, Describe(&is), Describe(was));
  }

  void Add(const std::string& rule, const std::string& is, const std::string& was) {
    comparison_.report.Add(Rule::kValidationNarrowed, location_, subject_,
                           rule + " is " + is + ", was " + was, place_,
                           "let it take what it took, or check what is new in the handler");
  }

  const Rules& was_;
  const Rules& is_;
  const Location& location_;
  const std::string& subject_;
  const OldPlace& place_;
  const Comparison& comparison_;
};

}  // namespace

void CompareValidation(const Rules& was, const Rules& is, const Location& location,
                       const std::string& subject, const OldPlace& old_place,
                       const Comparison& comparison) {
  RuleComparison(was, is, location, subject, old_place, comparison).Run();
}

bool IsRequired(const Field& field) {
  return field.behavior.required || FindRule(field.validation, "required") != nullptr;
}

bool RefusesUnset(const Field& field) {
  // What has presence is looked at where it is there.
  if (field.has_presence || FindRule(field.validation, "ignore") != nullptr) return false;
  return std::ranges::any_of(field.validation, [&](const ValidationRule& rule) {
    const auto [prefix, last] = Split(rule.name);
    if (prefix.find('.') != prefix.rfind('.')) return false;  // of items, keys and values
    if (last == "gt" || last == "gte") {
      const auto bound = BoundOf(field.validation, prefix, true);
      return bound->value > 0 || (bound->value == 0 && bound->open);
    }
    if (last.starts_with("min_") || last.starts_with("len")) return NumberOf(rule.values[0]) > 0;
    const bool format = prefix == "string." && last != "strict" && rule.values[0] == "true";
    return format || last == "prefix" || last == "suffix" || last == "contains";
  });
}

}  // namespace protorest::plugin::breaking
