// The rules of --rest_opt=breaking_against: one table, for the errors and for the documents.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin::breaking {

enum class Rule {
  kFileRemoved,
  kPackageChanged,
  kMessageRemoved,
  kFieldRemoved,
  kFieldNumberChanged,
  kFieldNameChanged,
  kFieldJsonNameChanged,
  kFieldTypeChanged,
  kFieldJsonTypeChanged,
  kFieldRangeChanged,
  kFieldCardinalityChanged,
  kFieldOneofChanged,
  kFieldLabelRequired,
  kFieldDefaultChanged,
  kReservedRemoved,
  kExtensionRangeRemoved,
  kExtensionRemoved,
  kEnumRemoved,
  kEnumValueRemoved,
  kEnumValueNumberChanged,
  kEnumValueNameChanged,
  kEnumClosed,
  kEnumDefaultChanged,
  kServiceRemoved,
  kMethodRemoved,
  kMethodRequestChanged,
  kMethodResponseChanged,
  kMethodStreamingChanged,
  kHttpPathChanged,
  kHttpVerbChanged,
  kHttpBindingRemoved,
  kHttpBodyChanged,
  kHttpResponseBodyChanged,
  kPathVariableChanged,
  kSuccessStatusChanged,
  kLenientRemoved,
  kFieldBecameRequired,
  kValidationNarrowed,
};

struct RuleInfo {
  Rule rule;
  std::string_view name;      // "field_number_changed"
  std::string_view protects;  // "wire", "wire, JSON", "JSON, REST" …
  std::string_view text;      // what is reported: a sentence for the documents
};

const RuleInfo& InfoOf(Rule rule);

// The table of rules in Markdown, as it stands in docs/breaking_changes.md.
std::string DescribeRules();

}  // namespace protorest::plugin::breaking
