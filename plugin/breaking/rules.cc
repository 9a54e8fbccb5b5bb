#include "plugin/breaking/rules.h"

#include <cstddef>

namespace protorest::plugin::breaking {
namespace {

constexpr RuleInfo kRules[] = {
    {Rule::kFileRemoved, "file_removed", "wire, JSON, REST",
     "A file is gone, with all that it declared."},
    {Rule::kPackageChanged, "package_changed", "wire, JSON, REST",
     "A file's package changed, and with it the names that gRPC, Any and unbound methods go by."},
    {Rule::kMessageRemoved, "message_removed", "wire, JSON", "A message is gone."},
    {Rule::kFieldRemoved, "field_removed", "wire, JSON",
     "A field is gone, and its number or its name is not reserved."},
    {Rule::kFieldNumberChanged, "field_number_changed", "wire", "A field has another number."},
    {Rule::kFieldNameChanged, "field_name_changed", "JSON, REST",
     "A field has another name: a key of JSON, a query parameter, a path of a FieldMask."},
    {Rule::kFieldJsonNameChanged, "field_json_name_changed", "JSON, REST",
     "A field has another `json_name`."},
    {Rule::kFieldTypeChanged, "field_type_changed", "wire, JSON",
     "A field has a type that is encoded in another way, or another message as its type."},
    {Rule::kFieldJsonTypeChanged, "field_json_type_changed", "JSON",
     "A field has a type that is encoded alike, but is written otherwise in JSON: int32 and int64, "
     "string and bytes, an integer and an enum."},
    {Rule::kFieldRangeChanged, "field_range_changed", "wire, JSON",
     "A field has a type of other values: int32 and uint32."},
    {Rule::kFieldCardinalityChanged, "field_cardinality_changed", "wire, JSON",
     "A field became repeated, a map, or a single value."},
    {Rule::kFieldOneofChanged, "field_oneof_changed", "wire, JSON",
     "A field shares a oneof with other old fields than before. A oneof around a single field, and "
     "new members of a oneof, break nothing."},
    {Rule::kFieldLabelRequired, "field_label_required", "wire, JSON",
     "A field of proto2 became `required` or is no longer, or a `required` field was added."},
    {Rule::kFieldDefaultChanged, "field_default_changed", "wire",
     "A field of proto2 has another default: what is not sent is read as something else."},
    {Rule::kReservedRemoved, "reserved_removed", "wire, JSON",
     "A reserved number or name may be used again."},
    {Rule::kExtensionRangeRemoved, "extension_range_removed", "wire",
     "Numbers are no longer there for extensions."},
    {Rule::kExtensionRemoved, "extension_removed", "wire, JSON", "An extension is gone."},
    {Rule::kEnumRemoved, "enum_removed", "wire, JSON", "An enum is gone."},
    {Rule::kEnumValueRemoved, "enum_value_removed", "wire, JSON",
     "A value of an enum is gone, and its number or its name is not reserved."},
    {Rule::kEnumValueNumberChanged, "enum_value_number_changed", "wire",
     "A value of an enum has another number."},
    {Rule::kEnumValueNameChanged, "enum_value_name_changed", "JSON",
     "A number of an enum goes by another name; of aliases, another one is written."},
    {Rule::kEnumClosed, "enum_closed", "wire, JSON",
     "An enum became closed: numbers that it does not know are refused."},
    {Rule::kEnumDefaultChanged, "enum_default_changed", "wire",
     "An enum begins with another number, which is its default."},
    {Rule::kServiceRemoved, "service_removed", "wire, REST", "A service is gone."},
    {Rule::kMethodRemoved, "method_removed", "wire, REST", "A method is gone."},
    {Rule::kMethodRequestChanged, "method_request_changed", "wire, JSON, REST",
     "A method takes another message."},
    {Rule::kMethodResponseChanged, "method_response_changed", "wire, JSON, REST",
     "A method returns another message."},
    {Rule::kMethodStreamingChanged, "method_streaming_changed", "wire, REST",
     "A method streams its requests or responses, or no longer does."},
    {Rule::kHttpPathChanged, "http_path_changed", "REST", "A binding has another path."},
    {Rule::kHttpVerbChanged, "http_verb_changed", "REST", "A binding has another verb."},
    {Rule::kHttpBindingRemoved, "http_binding_removed", "REST",
     "A binding is gone: an additional one, or all that the method had."},
    {Rule::kHttpBodyChanged, "http_body_changed", "REST",
     "A binding has another `body`: fields move between body and query."},
    {Rule::kHttpResponseBodyChanged, "http_response_body_changed", "REST",
     "A binding has another `response_body`."},
    {Rule::kPathVariableChanged, "path_variable_changed", "REST",
     "A part of the path is bound to another field."},
    {Rule::kSuccessStatusChanged, "success_status_changed", "REST",
     "A method has another `success_status`."},
    {Rule::kLenientRemoved, "lenient_removed", "REST",
     "A method is no longer `lenient`: what it ignored may be refused."},
    {Rule::kFieldBecameRequired, "field_became_required", "REST",
     "A field of a request is newly required, by field_behavior or buf.validate, or was added so."},
    {Rule::kValidationNarrowed, "validation_narrowed", "REST",
     "A rule of buf.validate refuses requests that were valid."},
};

constexpr bool InOrder() {
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    if (static_cast<std::size_t>(kRules[i].rule) != i) return false;
  }
  return std::size(kRules) == static_cast<std::size_t>(Rule::kValidationNarrowed) + 1;
}
static_assert(InOrder(), "the table has a line for each rule, in the order of the enum");

}  // namespace

const RuleInfo& InfoOf(Rule rule) { return kRules[static_cast<std::size_t>(rule)]; }

std::string DescribeRules() {
  std::string text = "| rule | protects | what is reported |\n|---|---|---|\n";
  for (const RuleInfo& rule : kRules) {
    text.append("| `").append(rule.name).append("` | ").append(rule.protects).append(" | ");
    text.append(rule.text).append(" |\n");
  }
  return text;
}

}  // namespace protorest::plugin::breaking
