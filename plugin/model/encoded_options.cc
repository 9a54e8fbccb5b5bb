// Finds options by number.
#include "plugin/model/encoded_options.h"

#include <google/protobuf/message.h>

namespace protorest::plugin {

std::string TextOf(const EncodedField& field) {
  return field.type() == EncodedField::TYPE_LENGTH_DELIMITED ? std::string(field.length_delimited())
                                                             : std::string();
}

std::vector<std::string> TextsAt(const EncodedFields& fields, int number) {
  std::vector<std::string> texts;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == number) texts.push_back(TextOf(fields.field(i)));
  }
  return texts;
}

bool FindMessageOption(const google::protobuf::Message& options, int number, std::string& encoded) {
  const EncodedFields fields(options.SerializeAsString());
  bool found = false;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() != number) continue;
    // `option (google.api.http).get = …; option (google.api.http).body = …;` arrives in pieces, and
    // pieces of an encoded message in a row are the whole.
    encoded += TextOf(fields.field(i));
    found = true;
  }
  return found;
}

}  // namespace protorest::plugin
