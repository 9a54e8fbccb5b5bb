// Fields that kept their numbers: cardinality, type, names, labels, rules.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/breaking/compare_parts.h"
#include "plugin/cpp_text.h"
#include "plugin/text.h"

namespace protorest::plugin::breaking {
namespace {

// How a type is encoded, and how it is written in JSON: types of one encoding can read each other.
enum class Encoding {
  kVarint,
  kZigZag,
  kFixed32,
  kFixed64,
  kFloat,
  kDouble,
  kText,
  kMessage,
  kGroup
};
enum class JsonForm { kNumber, kQuotedNumber, kFloat, kBool, kString, kBase64, kEnum, kMessage };

struct TypeInfo {
  FieldType type;
  std::string_view name;
  Encoding encoding;
  JsonForm json;
};

constexpr TypeInfo kTypes[] = {
    {FieldType::kDouble, "double", Encoding::kDouble, JsonForm::kFloat},
    {FieldType::kFloat, "float", Encoding::kFloat, JsonForm::kFloat},
    {FieldType::kInt32, "int32", Encoding::kVarint, JsonForm::kNumber},
    {FieldType::kInt64, "int64", Encoding::kVarint, JsonForm::kQuotedNumber},
    {FieldType::kUint32, "uint32", Encoding::kVarint, JsonForm::kNumber},
    {FieldType::kUint64, "uint64", Encoding::kVarint, JsonForm::kQuotedNumber},
    {FieldType::kSint32, "sint32", Encoding::kZigZag, JsonForm::kNumber},
    {FieldType::kSint64, "sint64", Encoding::kZigZag, JsonForm::kQuotedNumber},
    {FieldType::kFixed32, "fixed32", Encoding::kFixed32, JsonForm::kNumber},
    {FieldType::kFixed64, "fixed64", Encoding::kFixed64, JsonForm::kQuotedNumber},
    {FieldType::kSfixed32, "sfixed32", Encoding::kFixed32, JsonForm::kNumber},
    {FieldType::kSfixed64, "sfixed64", Encoding::kFixed64, JsonForm::kQuotedNumber},
    {FieldType::kBool, "bool", Encoding::kVarint, JsonForm::kBool},
    {FieldType::kString, "string", Encoding::kText, JsonForm::kString},
    {FieldType::kBytes, "bytes", Encoding::kText, JsonForm::kBase64},
    {FieldType::kEnum, "enum", Encoding::kVarint, JsonForm::kEnum},
    {FieldType::kMessage, "message", Encoding::kMessage, JsonForm::kMessage},
    {FieldType::kGroup, "group", Encoding::kGroup, JsonForm::kMessage},
};

const TypeInfo& InfoOf(FieldType type) { return *std::ranges::find(kTypes, type, &TypeInfo::type); }

// "int32", "users.v1.Role".
std::string TypeName(const Field& field) {
  if (field.enumeration != nullptr) return field.enumeration->full_name;
  if (field.message != nullptr) return field.message->full_name;
  return std::string(InfoOf(field.type).name);
}

std::string_view CardinalityOf(const Field& field) {
  if (field.map) return "a map";
  return field.repeated ? "repeated" : "a single value";
}

// A message can be read as the bytes that it is encoded in.
bool CanReadEachOther(FieldType a, FieldType b) {
  if (InfoOf(a).encoding == InfoOf(b).encoding) return true;
  return (a == FieldType::kBytes && b == FieldType::kMessage) ||
         (a == FieldType::kMessage && b == FieldType::kBytes);
}

// A value of the old enum that the new one does not have under this name and number; null if none.
const EnumValue* LostValue(const Enum& was, const Enum& is) {
  const auto lost = std::ranges::find_if(was.values, [&](const EnumValue& value) {
    return std::ranges::none_of(is.values, [&](const EnumValue& each) {
      return each.number == value.number && each.name == value.name;
    });
  });
  return lost == was.values.end() ? nullptr : &*lost;
}

class FieldComparison {
 public:
  FieldComparison(const Field& was, const Field& is, std::string subject,
                  const Comparison& comparison)
      : was_(was), is_(is), subject_(std::move(subject)), comparison_(comparison) {}

  void Run(bool sent) {
    CompareJsonName();
    if (CardinalityOf(was_) != CardinalityOf(is_)) {
      Add(Rule::kFieldCardinalityChanged, Changed(CardinalityOf(is_), CardinalityOf(was_)),
          "add a field with a number of its own, and deprecate this one");
    } else if (was_.map) {
      CompareTypes(was_.message->fields[0], is_.message->fields[0], "the key ");
      CompareTypes(was_.message->fields[1], is_.message->fields[1], "the value ");
    } else {
      CompareTypes(was_, is_, "");
    }
    CompareLabels();
    if (sent) CompareRules();
  }

 private:
  void Add(Rule rule, const std::string& what, const std::string& mend) {
    comparison_.report.Add(rule, is_.location, subject_, what, {was_.location, was_.full_name},
                           mend);
  }

  // "is a map, was repeated".
  static std::string Changed(std::string_view is, std::string_view was) {
    return "is " + std::string(is) + ", was " + std::string(was);
  }

  void CompareJsonName() {
    if (is_.name != was_.name || is_.json_name == was_.json_name) return;
    Add(Rule::kFieldJsonNameChanged,
        "is " + Quoted(is_.json_name) + " in JSON, was " + Quoted(was_.json_name),
        "write [json_name = " + Quoted(was_.json_name) + "]");
  }

  // `part` is what has the type: "", or the key or the value of a map.
  void CompareTypes(const Field& was, const Field& is, const std::string& part) {
    const TypeInfo& now = InfoOf(is.type);
    const TypeInfo& before = InfoOf(was.type);
    const std::string what = part + Changed(TypeName(is), TypeName(was));
    const std::string mend = "add a field with a number of its own, and deprecate this one";
    if (!CanReadEachOther(was.type, is.type)) return Add(Rule::kFieldTypeChanged, what, mend);
    if (now.json != before.json) return Add(Rule::kFieldJsonTypeChanged, what, mend);
    if (is.type != was.type) return Add(Rule::kFieldRangeChanged, what, mend);
    if (is.message != nullptr && comparison_.scope.NewOf(*was.message) != is.message) {
      return Add(Rule::kFieldTypeChanged, what, mend);
    }
    if (is.enumeration == nullptr || comparison_.scope.NewOf(*was.enumeration) == is.enumeration) {
      return;
    }
    if (const EnumValue* lost = LostValue(*was.enumeration, *is.enumeration)) {
      Add(Rule::kFieldJsonTypeChanged,
          what + ", which has no " + lost->name + " = " + std::to_string(lost->number), mend);
    }
  }

  void CompareLabels() {
    if (is_.required != was_.required) {
      Add(Rule::kFieldLabelRequired,
          Changed(is_.required ? "required" : "not required",
                  was_.required ? "required" : "not required"),
          "put the label back");
    }
    const bool same = is_.default_value == was_.default_value ||
                      (!is_.default_value && SaysNothing(was_)) ||
                      (!was_.default_value && SaysNothing(is_));
    if (!same) {
      const auto text = [](const std::optional<std::string>& value) {
        return value ? Quoted(CppEscape(*value)) : "nothing";
      };
      Add(Rule::kFieldDefaultChanged,
          "has the default " + text(is_.default_value) + ", was " + text(was_.default_value),
          "put the default back");
    }
  }

  // Whether the default is the one that the field would have without it.
  static bool SaysNothing(const Field& field) {
    if (field.type == FieldType::kString || field.type == FieldType::kBytes) {
      return field.default_value == "";
    }
    if (field.enumeration != nullptr) {
      return field.default_value == field.enumeration->values.front().name;
    }
    return field.default_value == (field.type == FieldType::kBool ? "false" : "0");
  }

  void CompareRules() {
    const auto is_asked_for = [](const Field& field) {
      return IsRequired(field) && !field.behavior.output_only;
    };
    if (is_asked_for(is_) && !is_asked_for(was_)) {
      Add(Rule::kFieldBecameRequired, "is required, was not",
          "let it be optional, with a default that means what was before");
    }
    CompareValidation(was_.validation, is_.validation, is_.location, subject_,
                      {was_.location, was_.full_name}, comparison_);
  }

  const Field& was_;
  const Field& is_;
  std::string subject_;
  const Comparison& comparison_;
};

}  // namespace

void CompareFields(const Field& was, const Field& is, const std::string& subject, bool sent,
                   const Comparison& comparison) {
  FieldComparison(was, is, subject, comparison).Run(sent);
}

}  // namespace protorest::plugin::breaking
