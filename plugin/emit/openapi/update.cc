#include "plugin/emit/openapi/update.h"

#include <algorithm>
#include <set>
#include <vector>

#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/oneof.h"

namespace protorest::plugin::openapi {
namespace {

std::vector<const Field*> MasksOf(const Message& request) {
  std::vector<const Field*> masks;
  for (const Field& field : request.fields) {
    const bool mask = field.message != nullptr && !field.repeated &&
                      field.message->well_known == WellKnown::kFieldMask;
    if (mask) masks.push_back(&field);
  }
  return masks;
}

bool IsPlainMessage(const Field& field) {
  return field.message != nullptr && !field.repeated &&
         field.message->well_known == WellKnown::kNone;
}

bool Asks(const Message& message, std::set<const Message*>* seen) {
  if (!seen->insert(&message).second) return false;
  if (HasRequiredOneof(message)) return true;
  return std::ranges::any_of(message.fields, [&](const Field& field) {
    if (IsHidden(field)) return false;
    return (IsRequired(field, message) && !field.required) ||
           (IsPlainMessage(field) && Asks(*field.message, seen));
  });
}

}  // namespace

bool IsUpdate(const Method& method, const HttpBinding& binding) {
  return binding.verb == "PATCH" && !MasksOf(*method.request).empty();
}

const Field* FilledMask(const Method& method, const HttpBinding& binding) {
  const Field* const body = binding.body_field;
  if (binding.verb != "PATCH" || body == nullptr || !IsPlainMessage(*body)) return nullptr;
  const std::vector<const Field*> masks = MasksOf(*method.request);
  return masks.size() == 1 ? masks.front() : nullptr;
}

bool AsksForFields(const Message& message) {
  std::set<const Message*> seen;
  return Asks(message, &seen);
}

}  // namespace protorest::plugin::openapi
