// From a part of a multipart/form-data body to a field's value (rule B18).
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "protorest/json.h"

namespace protorest::transcode {

struct FormPart {
  std::string_view name;
  std::string_view content_type;  // "" if the part says none
  std::string_view data;
};

// Sets `field` of `message` from the part, or adds to it if it is repeated (not for maps): bytes as
// they are, a google.api.HttpBody with the part's type, JSON for messages without a text form, and
// everything else as in a query. False: `expected` says what the field takes, or `result` what is
// wrong in the JSON; `message` is valid, the field unspecified.
[[nodiscard]] bool SetFieldFromPart(const FormPart& part,
                                    const google::protobuf::FieldDescriptor& field,
                                    const json::Options& options,
                                    google::protobuf::Message& message, std::string& expected,
                                    json::Result& result);

}  // namespace protorest::transcode
