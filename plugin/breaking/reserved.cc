// What may not be used again, and what should be among it.
#include <algorithm>
#include <cstdint>

#include "plugin/breaking/compare_parts.h"
#include "plugin/text.h"

namespace protorest::plugin::breaking {
namespace {

std::string RangeText(std::int64_t begin, std::int64_t end) {
  std::string text = std::to_string(begin);
  if (begin == end) return text;
  // The largest numbers of a field and of an enum's value are written so.
  constexpr std::int64_t kLargestField = 536870911;
  const bool max = end == kLargestField || end == INT32_MAX;
  return text + " to " + (max ? "max" : std::to_string(end));
}

}  // namespace

std::string MissingNumbers(const std::vector<NumberRange>& was,
                           const std::vector<NumberRange>& is) {
  std::vector<NumberRange> sorted = is;
  std::ranges::sort(sorted, {}, &NumberRange::begin);
  std::string text;
  const auto add = [&text](std::int64_t begin, std::int64_t end) {
    if (begin > end) return;
    if (!text.empty()) text += ", ";
    text += RangeText(begin, end);
  };
  for (const NumberRange& range : was) {
    std::int64_t next = range.begin;  // 64 bits: an enum's range may end with the largest number
    for (const NumberRange& covered : sorted) {
      if (covered.end < next || covered.begin > range.end) continue;
      add(next, std::int64_t{covered.begin} - 1);
      next = std::int64_t{covered.end} + 1;
    }
    add(next, range.end);
  }
  return text;
}

std::string MissingReservation(const Reserved& reserved, std::int32_t number,
                               const std::string& name) {
  std::string text;
  const std::string numbers = MissingNumbers({{number, number}}, reserved.numbers);
  if (!numbers.empty()) text += "reserved " + numbers + ";";
  if (std::ranges::find(reserved.names, name) == reserved.names.end()) {
    text += (text.empty() ? "reserved \"" : " reserved \"") + name + "\";";
  }
  return text;
}

void CompareReserved(const Reserved& was, const Reserved& is, const Location& location,
                     const std::string& subject, const OldPlace& old_place,
                     const Comparison& comparison) {
  const std::string numbers = MissingNumbers(was.numbers, is.numbers);
  if (!numbers.empty()) {
    comparison.report.Add(Rule::kReservedRemoved, location, subject,
                          numbers + " is no longer reserved", old_place,
                          "put it back: reserved " + numbers + ";");
  }
  for (const std::string& name : was.names) {
    if (std::ranges::find(is.names, name) != is.names.end()) continue;
    comparison.report.Add(Rule::kReservedRemoved, location, subject,
                          Quoted(name) + " is no longer reserved", old_place,
                          "put it back: reserved " + Quoted(name) + ";");
  }
}

}  // namespace protorest::plugin::breaking
