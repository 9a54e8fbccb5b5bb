// A walk over the encoded rules, by tables of their numbers and names.
#include "plugin/model/validation_rules.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "plugin/model/encoded_options.h"
#include "plugin/text.h"

namespace protorest::plugin {
namespace {

// How the value of a rule is encoded, and so how it becomes text.
enum class Form {
  kSigned,    // varint
  kUnsigned,  // varint
  kZigZag,    // varint
  kFixed32,   // unsigned
  kFixed64,   // unsigned
  kSfixed32,  // signed
  kSfixed64,  // signed
  kFloat,
  kDouble,
  kBool,
  kText,    // bytes too
  kTime,    // Duration, Timestamp
  kPaths,   // FieldMask
  kRules,   // FieldRules
  kNumber,  // of the type that the rules are for
  kNone,    // says nothing about what is valid
};

struct RuleField {
  int number;
  std::string_view name;
  Form form;
};

constexpr RuleField kNumberRules[] = {
    {1, "const", Form::kNumber},  {2, "lt", Form::kNumber},    {3, "lte", Form::kNumber},
    {4, "gt", Form::kNumber},     {5, "gte", Form::kNumber},   {6, "in", Form::kNumber},
    {7, "not_in", Form::kNumber}, {8, "example", Form::kNone}, {9, "example", Form::kNone},
};
constexpr RuleField kFloatRules[] = {
    {1, "const", Form::kNumber},  {2, "lt", Form::kNumber},   {3, "lte", Form::kNumber},
    {4, "gt", Form::kNumber},     {5, "gte", Form::kNumber},  {6, "in", Form::kNumber},
    {7, "not_in", Form::kNumber}, {8, "finite", Form::kBool}, {9, "example", Form::kNone},
};
constexpr RuleField kBoolRules[] = {{1, "const", Form::kNumber}, {2, "example", Form::kNone}};
constexpr RuleField kStringRules[] = {
    {1, "const", Form::kText},
    {2, "min_len", Form::kUnsigned},
    {3, "max_len", Form::kUnsigned},
    {4, "min_bytes", Form::kUnsigned},
    {5, "max_bytes", Form::kUnsigned},
    {6, "pattern", Form::kText},
    {7, "prefix", Form::kText},
    {8, "suffix", Form::kText},
    {9, "contains", Form::kText},
    {10, "in", Form::kText},
    {11, "not_in", Form::kText},
    {12, "email", Form::kBool},
    {13, "hostname", Form::kBool},
    {14, "ip", Form::kBool},
    {15, "ipv4", Form::kBool},
    {16, "ipv6", Form::kBool},
    {17, "uri", Form::kBool},
    {18, "uri_ref", Form::kBool},
    {19, "len", Form::kUnsigned},
    {20, "len_bytes", Form::kUnsigned},
    {21, "address", Form::kBool},
    {22, "uuid", Form::kBool},
    {23, "not_contains", Form::kText},
    {24, "well_known_regex", Form::kUnsigned},
    {25, "strict", Form::kBool},
    {26, "ip_with_prefixlen", Form::kBool},
    {27, "ipv4_with_prefixlen", Form::kBool},
    {28, "ipv6_with_prefixlen", Form::kBool},
    {29, "ip_prefix", Form::kBool},
    {30, "ipv4_prefix", Form::kBool},
    {31, "ipv6_prefix", Form::kBool},
    {32, "host_and_port", Form::kBool},
    {33, "tuuid", Form::kBool},
    {34, "example", Form::kNone},
    {35, "ulid", Form::kBool},
    {37, "protobuf_fqn", Form::kBool},
    {38, "protobuf_dot_fqn", Form::kBool},
};
constexpr RuleField kBytesRules[] = {
    {1, "const", Form::kText},    {2, "min_len", Form::kUnsigned}, {3, "max_len", Form::kUnsigned},
    {4, "pattern", Form::kText},  {5, "prefix", Form::kText},      {6, "suffix", Form::kText},
    {7, "contains", Form::kText}, {8, "in", Form::kText},          {9, "not_in", Form::kText},
    {10, "ip", Form::kBool},      {11, "ipv4", Form::kBool},       {12, "ipv6", Form::kBool},
    {13, "len", Form::kUnsigned}, {14, "example", Form::kNone},    {15, "uuid", Form::kBool},
};
constexpr RuleField kEnumRules[] = {
    {1, "const", Form::kSigned},  {2, "defined_only", Form::kBool}, {3, "in", Form::kSigned},
    {4, "not_in", Form::kSigned}, {5, "example", Form::kNone},
};
constexpr RuleField kRepeatedRules[] = {
    {1, "min_items", Form::kUnsigned},
    {2, "max_items", Form::kUnsigned},
    {3, "unique", Form::kBool},
    {4, "items", Form::kRules},
};
constexpr RuleField kMapRules[] = {
    {1, "min_pairs", Form::kUnsigned},
    {2, "max_pairs", Form::kUnsigned},
    {4, "keys", Form::kRules},
    {5, "values", Form::kRules},
};
constexpr RuleField kAnyRules[] = {{2, "in", Form::kText}, {3, "not_in", Form::kText}};
constexpr RuleField kFieldMaskRules[] = {
    {1, "const", Form::kPaths},
    {2, "in", Form::kText},
    {3, "not_in", Form::kText},
    {4, "example", Form::kNone},
};
constexpr RuleField kDurationRules[] = {
    {2, "const", Form::kTime},  {3, "lt", Form::kTime},      {4, "lte", Form::kTime},
    {5, "gt", Form::kTime},     {6, "gte", Form::kTime},     {7, "in", Form::kTime},
    {8, "not_in", Form::kTime}, {9, "example", Form::kNone},
};
constexpr RuleField kTimestampRules[] = {
    {2, "const", Form::kTime},  {3, "lt", Form::kTime},     {4, "lte", Form::kTime},
    {5, "gt", Form::kTime},     {6, "gte", Form::kTime},    {7, "lt_now", Form::kBool},
    {8, "gt_now", Form::kBool}, {9, "within", Form::kTime}, {10, "example", Form::kNone},
};

// The members of FieldRules that hold the rules of a type.
struct TypeRules {
  int number;
  std::string_view name;
  std::span<const RuleField> fields;
  Form number_form;
};
constexpr TypeRules kTypes[] = {
    {1, "float", kFloatRules, Form::kFloat},
    {2, "double", kFloatRules, Form::kDouble},
    {3, "int32", kNumberRules, Form::kSigned},
    {4, "int64", kNumberRules, Form::kSigned},
    {5, "uint32", kNumberRules, Form::kUnsigned},
    {6, "uint64", kNumberRules, Form::kUnsigned},
    {7, "sint32", kNumberRules, Form::kZigZag},
    {8, "sint64", kNumberRules, Form::kZigZag},
    {9, "fixed32", kNumberRules, Form::kFixed32},
    {10, "fixed64", kNumberRules, Form::kFixed64},
    {11, "sfixed32", kNumberRules, Form::kSfixed32},
    {12, "sfixed64", kNumberRules, Form::kSfixed64},
    {13, "bool", kBoolRules, Form::kUnsigned},
    {14, "string", kStringRules, Form::kNone},
    {15, "bytes", kBytesRules, Form::kNone},
    {16, "enum", kEnumRules, Form::kNone},
    {18, "repeated", kRepeatedRules, Form::kNone},
    {19, "map", kMapRules, Form::kNone},
    {20, "any", kAnyRules, Form::kNone},
    {21, "duration", kDurationRules, Form::kNone},
    {22, "timestamp", kTimestampRules, Form::kNone},
    {28, "field_mask", kFieldMaskRules, Form::kNone},
};

// Members of FieldRules, and of Rule, which is an expression of CEL.
constexpr int kCel = 23;
constexpr int kRequired = 25;
constexpr int kIgnore = 27;
constexpr int kCelExpression = 29;
constexpr int kRuleId = 1;
constexpr int kRuleMessage = 2;
constexpr int kRuleExpression = 3;
constexpr int kPredefinedExtension = 1160;  // in the options of a rule that users declare
constexpr int kPredefinedCel = 1;
constexpr char kOneRequired[] = ": one required";
constexpr std::uint64_t kIgnoreIfZero = 1;
constexpr std::uint64_t kIgnoreAlways = 3;

template <class T>
const T* Find(std::span<const T> table, int number) {
  for (const T& entry : table) {
    if (entry.number == number) return &entry;
  }
  return nullptr;
}

template <class T>
std::string Decimal(T value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// Of the bits that a varint or a fixed field holds.
std::string NumberText(std::uint64_t bits, Form form) {
  const auto low = static_cast<std::uint32_t>(bits);
  switch (form) {
    case Form::kSigned:
    case Form::kSfixed64:
      return Decimal(static_cast<std::int64_t>(bits));
    case Form::kZigZag:
      return Decimal(static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1)));
    case Form::kSfixed32:
      return Decimal(static_cast<std::int32_t>(low));
    case Form::kFloat:
      return Decimal(std::bit_cast<float>(low));
    case Form::kDouble:
      return Decimal(std::bit_cast<double>(bits));
    default:
      return Decimal(bits);
  }
}

std::uint64_t BitsOf(const EncodedField& field) {
  switch (field.type()) {
    case EncodedField::TYPE_VARINT:
      return field.varint();
    case EncodedField::TYPE_FIXED32:
      return field.fixed32();
    case EncodedField::TYPE_FIXED64:
      return field.fixed64();
    default:
      return 0;
  }
}

// The numbers of a packed list.
std::vector<std::string> Unpack(const std::string& packed, Form form) {
  std::vector<std::string> values;
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(packed.data()),
                                               static_cast<int>(packed.size()));
  const bool fixed32 = form == Form::kFixed32 || form == Form::kSfixed32 || form == Form::kFloat;
  const bool fixed64 = form == Form::kFixed64 || form == Form::kSfixed64 || form == Form::kDouble;
  const auto next = [&](std::uint64_t* bits) {
    if (fixed64) return input.ReadLittleEndian64(bits);
    std::uint32_t low = 0;
    if (!fixed32) return input.ReadVarint64(bits);
    const bool read = input.ReadLittleEndian32(&low);
    *bits = low;
    return read;
  };
  for (std::uint64_t bits = 0; next(&bits);) values.push_back(NumberText(bits, form));
  return values;
}

// "1.5" of a Duration or a Timestamp.
std::string TimeText(const std::string& encoded) {
  std::int64_t seconds = 0;
  std::int64_t nanos = 0;
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const auto value = static_cast<std::int64_t>(BitsOf(fields.field(i)));
    (fields.field(i).number() == 1 ? seconds : nanos) = value;
  }
  std::string text = (seconds == 0 && nanos < 0 ? "-" : "") + Decimal(seconds);
  if (nanos != 0) {
    char fraction[24];
    std::snprintf(fraction, sizeof fraction, ".%09lld", std::llabs(nanos));
    text += fraction;
  }
  return text;
}

// "name,address.city" of a FieldMask.
std::string PathsText(const std::string& encoded) {
  std::string text;
  for (const std::string& path : TextsAt(EncodedFields(encoded), 1)) {
    text += (text.empty() ? "" : ",") + path;
  }
  return text;
}

// A buf.validate.Rule.
struct Cel {
  std::string expression;  // its id where it has none
  std::string text;        // for readers
};

Cel ReadCel(const std::string& encoded) {
  Cel cel;
  std::string id;
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == kRuleId) id = TextOf(fields.field(i));
    if (fields.field(i).number() == kRuleMessage) cel.text = TextOf(fields.field(i));
    if (fields.field(i).number() == kRuleExpression) cel.expression = TextOf(fields.field(i));
  }
  if (cel.expression.empty()) cel.expression = id;
  if (cel.text.empty()) cel.text = "`" + cel.expression + "`";
  return cel;
}

// What to tell readers of a rule that stands in no table here: by the expressions of a predefined
// rule, else by its name, else by its number.
std::vector<std::string> TextsOfOther(const google::protobuf::DescriptorPool& pool,
                                      const TypeRules& type, const EncodedField& rule) {
  const auto* const rules = pool.FindMessageTypeByName("buf.validate.FieldRules");
  const auto* const member = rules != nullptr ? rules->FindFieldByNumber(type.number) : nullptr;
  const auto* const of_type = member != nullptr ? member->message_type() : nullptr;
  const auto* field = of_type != nullptr ? of_type->FindFieldByNumber(rule.number()) : nullptr;
  if (field == nullptr && of_type != nullptr) {
    field = pool.FindExtensionByNumber(of_type, rule.number());
  }
  if (field == nullptr) {
    return {"Rule " + Decimal(rule.number()) + " of `" + std::string(type.name) +
            "` in buf.validate, which is not known here."};
  }
  std::string encoded;
  std::vector<std::string> texts;
  if (FindMessageOption(field->options(), kPredefinedExtension, encoded)) {
    for (const std::string& cel : TextsAt(EncodedFields(encoded), kPredefinedCel)) {
      texts.push_back(ReadCel(cel).text);
    }
  }
  if (texts.empty()) texts.push_back("`" + std::string(field->full_name()) + "`");
  return texts;
}

// Gathers the rules of one field.
class RuleReader {
 public:
  // Without a pool there are no rules of types to read.
  explicit RuleReader(const google::protobuf::DescriptorPool* pool = nullptr) : pool_(pool) {}

  void ReadFieldRules(const std::string& encoded, const std::string& prefix) {
    const EncodedFields fields(encoded);
    for (int i = 0; i < fields.field_count(); ++i) {
      if (fields.field(i).number() == kIgnore && BitsOf(fields.field(i)) == kIgnoreAlways) return;
    }
    for (int i = 0; i < fields.field_count(); ++i) ReadMember(fields.field(i), prefix);
  }

  void Add(const std::string& name, std::string value) {
    for (ValidationRule& rule : rules_) {
      if (rule.name == name) return rule.values.push_back(std::move(value));
    }
    rules_.push_back({name, {std::move(value)}});
  }

  void AddCel(const std::string& prefix, Cel cel) {
    Add(prefix + "cel", std::move(cel.expression));
    Add(prefix + "cel_text", std::move(cel.text));
  }

  void AddExpression(const std::string& prefix, const std::string& expression) {
    AddCel(prefix, {expression, "`" + expression + "`"});
  }

  std::vector<ValidationRule> Take() { return std::move(rules_); }

 private:
  void ReadMember(const EncodedField& field, const std::string& prefix) {
    if (field.number() == kRequired && BitsOf(field) != 0) return Add(prefix + "required", "true");
    if (field.number() == kIgnore && BitsOf(field) == kIgnoreIfZero) {
      return Add(prefix + "ignore", "IGNORE_IF_ZERO_VALUE");
    }
    if (field.number() == kCel) return AddCel(prefix, ReadCel(TextOf(field)));
    if (field.number() == kCelExpression) return AddExpression(prefix, TextOf(field));
    if (const auto* type = Find(std::span<const TypeRules>(kTypes), field.number())) {
      ReadTypeRules(TextOf(field), prefix, *type);
    } else if (field.number() != kRequired && field.number() != kIgnore) {
      Add(prefix + "cel_text",
          "Rule " + Decimal(field.number()) + " of buf.validate, which is not known here.");
    }
  }

  void ReadTypeRules(const std::string& encoded, const std::string& outer, const TypeRules& type) {
    const std::string prefix = outer + std::string(type.name) + ".";
    const EncodedFields fields(encoded);
    for (int i = 0; i < fields.field_count(); ++i) {
      const EncodedField& field = fields.field(i);
      const RuleField* rule = Find(type.fields, field.number());
      if (rule == nullptr) {  // one of a newer protovalidate, or one that the user has declared
        Add(prefix + std::to_string(field.number()),
            field.type() == EncodedField::TYPE_LENGTH_DELIMITED ? TextOf(field)
                                                                : Decimal(BitsOf(field)));
        for (std::string& text : TextsOfOther(*pool_, type, field)) {
          Add(outer + "cel_text", std::move(text));
        }
      } else {
        ReadRule(field, prefix + std::string(rule->name),
                 rule->form == Form::kNumber ? type.number_form : rule->form);
      }
    }
  }

  void ReadRule(const EncodedField& field, const std::string& name, Form form) {
    switch (form) {
      case Form::kNone:
        return;
      case Form::kBool:
        return BitsOf(field) != 0 ? Add(name, "true") : void();
      case Form::kText:
        return Add(name, TextOf(field));
      case Form::kTime:
        return Add(name, TimeText(TextOf(field)));
      case Form::kPaths:
        return Add(name, PathsText(TextOf(field)));
      case Form::kRules:
        return ReadFieldRules(TextOf(field), name + ".");
      default:
        break;
    }
    if (field.type() != EncodedField::TYPE_LENGTH_DELIMITED) {
      return Add(name, NumberText(BitsOf(field), form));
    }
    for (std::string& value : Unpack(TextOf(field), form)) Add(name, std::move(value));
  }

  const google::protobuf::DescriptorPool* const pool_;
  std::vector<ValidationRule> rules_;
};

// A buf.validate.MessageOneofRule.
std::string MessageOneofText(const std::string& encoded) {
  std::string text;
  bool required = false;
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == 1) text += (text.empty() ? "" : ", ") + TextOf(fields.field(i));
    if (fields.field(i).number() == 2) required = BitsOf(fields.field(i)) != 0;
  }
  return required ? text + kOneRequired : text;
}

}  // namespace

std::vector<ValidationRule> ReadFieldRules(const google::protobuf::Message& field_options,
                                           const google::protobuf::DescriptorPool& pool) {
  RuleReader reader(&pool);
  std::string encoded;
  if (FindMessageOption(field_options, kValidateExtension, encoded)) {
    reader.ReadFieldRules(encoded, "");
  }
  return reader.Take();
}

std::vector<ValidationRule> ReadMessageRules(const google::protobuf::Message& message_options) {
  RuleReader reader;
  std::string encoded;
  if (!FindMessageOption(message_options, kValidateExtension, encoded)) return {};
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const EncodedField& field = fields.field(i);
    if (field.number() == 3) reader.AddCel("", ReadCel(TextOf(field)));
    if (field.number() == 4) reader.Add("oneof", MessageOneofText(TextOf(field)));
    if (field.number() == 5) reader.AddExpression("", TextOf(field));
  }
  return reader.Take();
}

std::vector<MessageOneof> MessageOneofs(const std::vector<ValidationRule>& message_rules) {
  std::vector<MessageOneof> oneofs;
  const ValidationRule* const rule = FindRule(message_rules, "oneof");
  if (rule == nullptr) return oneofs;
  for (std::string_view text : rule->values) {
    MessageOneof& oneof = oneofs.emplace_back();
    oneof.required = text.ends_with(kOneRequired);
    if (oneof.required) text.remove_suffix(std::string_view(kOneRequired).size());
    oneof.fields = SplitList(text);
  }
  return oneofs;
}

const ValidationRule* FindRule(const std::vector<ValidationRule>& rules, std::string_view name) {
  const auto found = std::ranges::find(rules, name, &ValidationRule::name);
  return found == rules.end() ? nullptr : &*found;
}

bool ReadOneofRequired(const google::protobuf::Message& oneof_options) {
  std::string encoded;
  if (!FindMessageOption(oneof_options, kValidateExtension, encoded)) return false;
  const EncodedFields fields(encoded);
  bool required = false;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == 1) required = BitsOf(fields.field(i)) != 0;
  }
  return required;
}

}  // namespace protorest::plugin
