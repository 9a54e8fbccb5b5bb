// Enums: by the names of their values, and by their numbers.
#include <algorithm>

#include "plugin/breaking/compare_parts.h"

namespace protorest::plugin::breaking {
namespace {

const EnumValue* FindName(const Enum& enumeration, const std::string& name) {
  const auto found = std::ranges::find(enumeration.values, name, &EnumValue::name);
  return found == enumeration.values.end() ? nullptr : &*found;
}

// Of aliases the first, whose name is the one that is written.
const EnumValue* FindNumber(const Enum& enumeration, std::int32_t number) {
  const auto found = std::ranges::find(enumeration.values, number, &EnumValue::number);
  return found == enumeration.values.end() ? nullptr : &*found;
}

class EnumComparison {
 public:
  EnumComparison(const Enum& was, const Enum& is, const Comparison& comparison)
      : was_(was),
        is_(is),
        comparison_(comparison),
        subject_(WithoutPackage(is.full_name, *is.file)) {}

  void Run() {
    for (const EnumValue& value : was_.values) CompareValue(value);
    const OldPlace place = {was_.location, was_.full_name};
    CompareReserved(was_.reserved, is_.reserved, is_.location, subject_, place, comparison_);
    if (is_.closed && !was_.closed) {
      comparison_.report.Add(Rule::kEnumClosed, is_.location, subject_,
                             "the enum is closed, was open", place,
                             "leave it in a file of the syntax that it was in");
    }
    const EnumValue& first = is_.values.front();
    const EnumValue& was_first = was_.values.front();
    if (first.number != was_first.number) {
      comparison_.report.Add(Rule::kEnumDefaultChanged, first.location, subject_,
                             "begins with " + first.name + " = " + std::to_string(first.number) +
                                 ", was " + was_first.name + " = " +
                                 std::to_string(was_first.number),
                             PlaceOf(was_first), "put the first value back in its place");
    }
  }

 private:
  OldPlace PlaceOf(const EnumValue& value) const {
    return {value.location, was_.full_name + "." + value.name};
  }

  void CompareValue(const EnumValue& was) {
    const std::string number = std::to_string(was.number);
    const EnumValue* const same_number = FindNumber(is_, was.number);
    if (const EnumValue* same_name = FindName(is_, was.name)) {
      if (same_name->number != was.number) {
        comparison_.report.Add(Rule::kEnumValueNumberChanged, same_name->location,
                               subject_ + "." + was.name,
                               "is number " + std::to_string(same_name->number) + ", was " + number,
                               PlaceOf(was), "put the number back; a new meaning needs a new name");
      } else if (same_number != same_name && FindNumber(was_, was.number) == &was) {
        NameChanged(was, *same_number, "is written as ", "put " + was.name + " first again");
      }
      return;
    }
    if (same_number != nullptr && FindName(was_, same_number->name) == nullptr) {
      return NameChanged(was, *same_number, "is called ",
                         "put the name back, or keep it first with option allow_alias = true");
    }
    const std::string missing = MissingReservation(is_.reserved, was.number, was.name);
    if (missing.empty()) return;
    comparison_.report.Add(Rule::kEnumValueRemoved, is_.location, subject_,
                           "value " + was.name + " = " + number + " is gone", PlaceOf(was),
                           "keep it, deprecated, or write " + missing);
  }

  void NameChanged(const EnumValue& was, const EnumValue& is, const std::string& verb,
                   const std::string& mend) {
    comparison_.report.Add(
        Rule::kEnumValueNameChanged, is.location, subject_,
        "value " + std::to_string(was.number) + " " + verb + is.name + ", was " + was.name,
        PlaceOf(was), mend);
  }

  const Enum& was_;
  const Enum& is_;
  const Comparison& comparison_;
  std::string subject_;
};

}  // namespace

void CompareEnums(const Enum& was, const Enum& is, const Comparison& comparison) {
  EnumComparison(was, is, comparison).Run();
}

}  // namespace protorest::plugin::breaking
