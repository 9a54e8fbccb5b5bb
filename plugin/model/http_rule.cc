#include "plugin/model/http_rule.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>

#include <cstdint>

namespace protorest::plugin {
namespace {

using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// An encoded message taken apart, whether or not its type is known here.
struct Fields : UnknownFieldSet {
  explicit Fields(const std::string& encoded) { ParseFromString(encoded); }
};

std::string Text(const UnknownField& field) {
  return field.type() == UnknownField::TYPE_LENGTH_DELIMITED ? std::string(field.length_delimited())
                                                             : std::string();
}

// google.api.CustomHttpPattern.
void ReadCustom(const std::string& encoded, HttpRule& rule) {
  const Fields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == 1) rule.verb = Text(field);
    if (field.number() == 2) rule.path = Text(field);
  }
}

// google.api.HttpRule.
HttpRule ReadRule(const std::string& encoded) {
  const auto pattern = [](HttpRule& rule, const char* verb, const UnknownField& field) {
    rule.verb = verb;
    rule.path = Text(field);
  };
  HttpRule rule;
  const Fields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
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
        rule.body = Text(field);
        break;
      case 8:
        ReadCustom(Text(field), rule);
        break;
      case 11:
        rule.additional.push_back(ReadRule(Text(field)));
        break;
      case 12:
        rule.response_body = Text(field);
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
    default:
      break;
  }
}

}  // namespace

bool ReadHttpRule(const google::protobuf::Message& method_options, HttpRule& rule) {
  const Fields fields(method_options.SerializeAsString());
  std::string encoded;
  bool found = false;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() != kHttpExtension) continue;
    // `option (google.api.http).get = …; option (google.api.http).body = …;` arrives in pieces, and
    // pieces of an encoded message in a row are the whole.
    encoded += Text(fields.field(i));
    found = true;
  }
  if (found) rule = ReadRule(encoded);
  return found;
}

FieldBehavior ReadFieldBehavior(const google::protobuf::Message& field_options) {
  FieldBehavior behavior;
  const Fields fields(field_options.SerializeAsString());
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() != kFieldBehaviorExtension) continue;
    if (field.type() == UnknownField::TYPE_VARINT) {
      AddBehavior(field.varint(), behavior);
    } else {  // packed
      const std::string packed = Text(field);
      google::protobuf::io::CodedInputStream input(
          reinterpret_cast<const std::uint8_t*>(packed.data()), static_cast<int>(packed.size()));
      std::uint64_t value = 0;
      while (input.ReadVarint64(&value)) AddBehavior(value, behavior);
    }
  }
  return behavior;
}

}  // namespace protorest::plugin
