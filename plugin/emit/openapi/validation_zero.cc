// A keyword that refuses zero becomes a sentence, or takes zero too.
#include "plugin/emit/openapi/validation_zero.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "plugin/emit/openapi/json_text.h"

namespace protorest::plugin::openapi {
namespace {

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

bool RefusesZero(std::string_view keyword, const Json& value) {
  if (!value.is_number()) return false;
  const double bound = value.get<double>();
  if (keyword == "exclusiveMinimum") return bound >= 0;
  if (keyword == "exclusiveMaximum") return bound <= 0;
  return keyword == "maximum" ? bound < 0 : bound > 0;
}

// Zero as JSON: a number or a flag where `other` values of the type are, else text.
Json ZeroOf(const Field& type, const Json& other) {
  if (other.is_boolean()) return false;
  if (other.is_number()) return 0;
  switch (type.message == nullptr ? WellKnown::kNone : type.message->well_known) {
    case WellKnown::kDuration:
      return DurationText("0");
    case WellKnown::kTimestamp:
      return TimestampText("0");
    case WellKnown::kInt64Value:
    case WellKnown::kUint64Value:
      return "0";
    case WellKnown::kNone:
      break;
    default:
      return "";
  }
  return type.type == FieldType::kString || type.type == FieldType::kBytes ? "" : "0";
}

void LetZeroInLists(const Field& type, Json& keywords) {
  if (const auto list = keywords.find("enum"); list != keywords.end()) {
    const Json zero = ZeroOf(type, list->front());
    if (std::find(list->begin(), list->end(), zero) == list->end()) list->push_back(zero);
  }
  const auto excluded = keywords.find("not");
  if (excluded == keywords.end()) return;
  Json rest = Json::array();
  for (const Json& value : (*excluded)["enum"]) {
    if (value != ZeroOf(type, value)) rest.push_back(value);
  }
  if (rest.empty()) {
    keywords.erase(excluded);
  } else {
    (*excluded)["enum"] = std::move(rest);
  }
}

}  // namespace

void LetZeroThrough(const Field& type, RuleWords* words) {
  Json& keywords = words->keywords;
  for (const OrZero& each : kOrZero) {
    const auto found = keywords.find(each.keyword);
    if (found == keywords.end() || !RefusesZero(each.keyword, *found)) continue;
    words->Note(each.before + found->dump() + each.after);
    keywords.erase(found);
  }
  if (const auto format = keywords.find("format"); format != keywords.end()) {
    words->Note("Empty, or of the format `" + format->get<std::string>() + "`.");
    keywords.erase(format);
  }
  if (const auto pattern = keywords.find("pattern"); pattern != keywords.end()) {
    *pattern = "^$|" + pattern->get<std::string>();
  }
  if (type.enumeration == nullptr) LetZeroInLists(type, keywords);
}

}  // namespace protorest::plugin::openapi
