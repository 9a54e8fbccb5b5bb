// Messages: which old field is which of today's.
#include <algorithm>
#include <set>

#include "plugin/breaking/compare_parts.h"
#include "plugin/text.h"

namespace protorest::plugin::breaking {
namespace {

const Field* FindName(const Message& message, const std::string& name) {
  const auto found = std::ranges::find(message.fields, name, &Field::name);
  return found == message.fields.end() ? nullptr : &*found;
}

const Field* FindNumber(const Message& message, std::int32_t number) {
  const auto found = std::ranges::find(message.fields, number, &Field::number);
  return found == message.fields.end() ? nullptr : &*found;
}

// The numbers of the other fields of a field's oneof, as far as both versions have them.
std::set<std::int32_t> Companions(const Field& field, const Message& message,
                                  const Message& other) {
  std::set<std::int32_t> numbers;
  if (field.oneof < 0) return numbers;
  for (const Field& each : message.fields) {
    if (each.oneof == field.oneof && each.number != field.number &&
        FindNumber(other, each.number) != nullptr) {
      numbers.insert(each.number);
    }
  }
  return numbers;
}

std::string OneofOf(const Field& field, const Message& message) {
  if (field.oneof < 0) return "no oneof";
  return "oneof " + message.oneofs[static_cast<std::size_t>(field.oneof)].name;
}

class MessageComparison {
 public:
  MessageComparison(const Message& was, const Message& is, const Comparison& comparison)
      : was_(was),
        is_(is),
        comparison_(comparison),
        subject_(WithoutPackage(is.full_name, *is.file)),
        sent_(comparison.scope.IsSent(is)) {}

  void Run() {
    for (const Field& field : was_.fields) CompareField(field);
    for (const Field& field : is_.fields) {
      const bool is_new =
          FindNumber(was_, field.number) == nullptr && FindName(was_, field.name) == nullptr;
      if (is_new) CheckNewField(field);
    }
    const OldPlace place = {was_.location, was_.full_name};
    CompareReserved(was_.reserved, is_.reserved, is_.location, subject_, place, comparison_);
    const std::string ranges = MissingNumbers(was_.extension_ranges, is_.extension_ranges);
    if (!ranges.empty()) {
      comparison_.report.Add(Rule::kExtensionRangeRemoved, is_.location, subject_,
                             ranges + " is no longer there for extensions", place,
                             "put it back: extensions " + ranges + ";");
    }
    if (sent_) CompareMessageRules(place);
  }

 private:
  std::string SubjectOf(const Field& field) const { return subject_ + "." + field.name; }

  void CompareField(const Field& was) {
    const OldPlace place = {was.location, was.full_name};
    const Field* const same_number = FindNumber(is_, was.number);
    const Field* const same_name = FindName(is_, was.name);
    if (same_number != nullptr && same_number == same_name) return CompareSame(was, *same_number);
    if (same_name != nullptr) {
      return comparison_.report.Add(
          Rule::kFieldNumberChanged, same_name->location, SubjectOf(*same_name),
          "is number " + std::to_string(same_name->number) + ", was " + std::to_string(was.number),
          place, "put the number back, or give the new field another name");
    }
    if (same_number != nullptr && FindName(was_, same_number->name) == nullptr) {
      CompareNames(was, *same_number, place);
      return CompareSame(was, *same_number);
    }
    const std::string missing = MissingReservation(is_.reserved, was.number, was.name);
    if (missing.empty()) return;
    comparison_.report.Add(Rule::kFieldRemoved, is_.location, subject_,
                           "field " + was.name + " = " + std::to_string(was.number) + " is gone",
                           place, "keep it, deprecated, or write " + missing);
  }

  void CompareNames(const Field& was, const Field& is, const OldPlace& place) {
    std::string what = "field " + std::to_string(was.number) + " is called " + Quoted(is.name) +
                       ", was " + Quoted(was.name);
    if (is.json_name != was.json_name) {
      what += "; in JSON " + Quoted(is.json_name) + ", was " + Quoted(was.json_name);
    }
    comparison_.report.Add(Rule::kFieldNameChanged, is.location, SubjectOf(is), what, place,
                           "put the name back, or add a field with a number of its own");
  }

  void CompareSame(const Field& was, const Field& is) {
    const OldPlace place = {was.location, was.full_name};
    CompareFields(was, is, SubjectOf(is), sent_, comparison_);
    const std::string oneof = OneofOf(is, is_);
    const std::string was_oneof = OneofOf(was, was_);
    // Those that stayed do not change companions: others came to them.
    if (oneof == was_oneof || Companions(was, was_, is_) == Companions(is, is_, was_)) return;
    comparison_.report.Add(Rule::kFieldOneofChanged, is.location, SubjectOf(is),
                           "is in " + oneof + ", was in " + was_oneof, place,
                           "leave old fields where they were; a oneof may get new ones");
  }

  void CheckNewField(const Field& field) {
    const OldPlace place = {was_.location, was_.full_name};
    if (field.required) {
      comparison_.report.Add(Rule::kFieldLabelRequired, field.location, SubjectOf(field),
                             "a new field is required: messages of old programs do not parse",
                             place, "make it optional");
    } else if (sent_ && IsRequired(field)) {
      comparison_.report.Add(Rule::kFieldBecameRequired, field.location, SubjectOf(field),
                             "a new field is required, which old clients do not send", place,
                             "let it be optional, with a default that means what was before");
    } else if (sent_ && RefusesUnset(field)) {
      comparison_.report.Add(
          Rule::kValidationNarrowed, field.location, SubjectOf(field),
          "the rules of a new field refuse it where it is not sent, as by old clients", place,
          "make it optional, or write (buf.validate.field).ignore = IGNORE_IF_ZERO_VALUE");
    }
  }

  void CompareMessageRules(const OldPlace& place) {
    CompareValidation(was_.validation, is_.validation, is_.location, subject_, place, comparison_);
    for (const Oneof& oneof : is_.oneofs) {
      const auto old = std::ranges::find(was_.oneofs, oneof.name, &Oneof::name);
      if (!oneof.required || (old != was_.oneofs.end() && old->required)) continue;
      comparison_.report.Add(Rule::kValidationNarrowed, is_.location, subject_,
                             "one of the fields of oneof " + oneof.name + " must be set", place,
                             "leave out (buf.validate.oneof).required");
    }
  }

  const Message& was_;
  const Message& is_;
  const Comparison& comparison_;
  std::string subject_;
  bool sent_;
};

}  // namespace

void CompareMessages(const Message& was, const Message& is, const Comparison& comparison) {
  MessageComparison(was, is, comparison).Run();
}

}  // namespace protorest::plugin::breaking
