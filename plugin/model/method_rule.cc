#include "plugin/model/method_rule.h"

#include <google/protobuf/message.h>

#include <string>

#include "plugin/model/encoded_options.h"

namespace protorest::plugin {

MethodRule ReadMethodRule(const google::protobuf::Message& method_options) {
  MethodRule rule;
  std::string encoded;
  if (!FindMessageOption(method_options, kMethodExtension, encoded)) return rule;
  const EncodedFields fields(encoded);
  for (int i = 0; i < fields.field_count(); ++i) {
    const EncodedField& field = fields.field(i);
    if (field.type() != EncodedField::TYPE_VARINT) continue;
    if (field.number() == kSuccessStatusField) {
      rule.success_status = static_cast<std::int32_t>(field.varint());
    }
    if (field.number() == kLenientField) rule.lenient = field.varint() != 0;
    if (field.number() == kEtagField) rule.etag = field.varint() != 0;
  }
  return rule;
}

}  // namespace protorest::plugin
