#include "plugin/model/http_rule.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>

#include <cstdint>

#include "plugin/model/encoded_options.h"

namespace protorest::plugin {
namespace {

// google.api.CustomHttpPattern.
void ReadCustom(const std::string& encoded, HttpRule& rule) {
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const EncodedField& field = fields.field(i);
    if (field.number() == 1) rule.verb = TextOf(field);
    if (field.number() == 2) rule.path = TextOf(field);
  }
}

// google.api.HttpRule.
HttpRule ReadRule(const std::string& encoded) {
  const auto pattern = [](HttpRule& rule, const char* verb, const EncodedField& field) {
    rule.verb = verb;
    rule.path = TextOf(field);
  };
  HttpRule rule;
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const EncodedField& field = fields.field(i);
    switch (field.number()) {
      case 2:
        pattern(rule, "GET", field);
        break;
      case 3:
        pattern(rule, "PUT", field);
        break;
      case 4:
        pattern(rule, "POST", field);
        break;
      case 5:
        pattern(rule, "DELETE", field);
        break;
      case 6:
        pattern(rule, "PATCH", field);
        break;
      case 7:
        rule.body = TextOf(field);
        break;
      case 8:
        ReadCustom(TextOf(field), rule);
        break;
      case 11:
        rule.additional.push_back(ReadRule(TextOf(field)));
        break;
      case 12:
        rule.response_body = TextOf(field);
        break;
      default:
        break;
    }
  }
  return rule;
}

void AddBehavior(std::uint64_t value, FieldBehavior& behavior) {
  switch (value) {
    case 2:
      behavior.required = true;
      break;
    case 3:
      behavior.output_only = true;
      break;
    case 4:
      behavior.input_only = true;
      break;
    case 5:
      behavior.immutable = true;
      break;
    case 8:
      behavior.identifier = true;
      break;
    default:
      break;
  }
}

}  // namespace

bool ReadHttpRule(const google::protobuf::Message& method_options, HttpRule& rule) {
  std::string encoded;
  const bool found = FindMessageOption(method_options, kHttpExtension, encoded);
  if (found) rule = ReadRule(encoded);
  return found;
}

FieldBehavior ReadFieldBehavior(const google::protobuf::Message& field_options) {
  FieldBehavior behavior;
  const EncodedFields fields(field_options.SerializeAsString());
  for (int i = 0; i < fields.field_count(); ++i) {
    const EncodedField& field = fields.field(i);
    if (field.number() != kFieldBehaviorExtension) continue;
    if (field.type() == EncodedField::TYPE_VARINT) {
      AddBehavior(field.varint(), behavior);
    } else {  // packed
      const std::string packed = TextOf(field);
      google::protobuf::io::CodedInputStream input(
          reinterpret_cast<const std::uint8_t*>(packed.data()), static_cast<int>(packed.size()));
      std::uint64_t value = 0;
      while (input.ReadVarint64(&value)) AddBehavior(value, behavior);
    }
  }
  return behavior;
}

}  // namespace protorest::plugin
