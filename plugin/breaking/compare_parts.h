// The parts of the comparison, each with what it needs to know of the rest.
#pragma once

#include <string>
#include <vector>

#include "plugin/breaking/report.h"
#include "plugin/breaking/scope.h"

namespace protorest::plugin::breaking {

struct Comparison {
  const Scope& scope;
  Report& report;
};

// messages.cc: the two versions of a message, by their fields; a field alone (an extension).
void CompareMessages(const Message& was, const Message& is, const Comparison& comparison);
// field.cc: a field that kept its number.
void CompareFields(const Field& was, const Field& is, const std::string& subject, bool sent,
                   const Comparison& comparison);
// enums.cc
void CompareEnums(const Enum& was, const Enum& is, const Comparison& comparison);
// services.cc
void CompareServices(const Service& was, const Service& is, const Comparison& comparison);
// validation.cc: what the rules refuse now and did not. `subject` is the field, message or oneof.
void CompareValidation(const std::vector<ValidationRule>& was,
                       const std::vector<ValidationRule>& is, const Location& location,
                       const std::string& subject, const OldPlace& old_place,
                       const Comparison& comparison);
// validation.cc: whether the rules refuse a field that is not sent, though nothing requires it.
bool RefusesUnset(const Field& field);

// Whether a field must be sent.
bool IsRequired(const Field& field);

// Reports what was reserved and is no more.
void CompareReserved(const Reserved& was, const Reserved& is, const Location& location,
                     const std::string& subject, const OldPlace& old_place,
                     const Comparison& comparison);

// What of a removed field or value is not reserved, as it should be written: `reserved 4; reserved
// "email";`; "" if all is.
std::string MissingReservation(const Reserved& reserved, std::int32_t number,
                               const std::string& name);

// The numbers of `was` that `is` does not have, as in a reserved statement: "4, 10 to 20".
std::string MissingNumbers(const std::vector<NumberRange>& was, const std::vector<NumberRange>& is);

}  // namespace protorest::plugin::breaking
