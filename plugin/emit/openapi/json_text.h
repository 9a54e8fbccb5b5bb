// The ProtoJSON of values that .proto files hold in another form.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin::openapi {

// Standard alphabet, padded.
std::string Base64Text(std::string_view bytes);

// Of seconds and nanoseconds, "90.500000000": "90.500s", "1970-01-01T00:01:30.500Z". What no
// message can hold stays as it is.
std::string DurationText(const std::string& seconds);
std::string TimestampText(const std::string& seconds);

// "display_name,owner.home_city" → "displayName,owner.homeCity".
std::string FieldMaskText(std::string_view paths);

}  // namespace protorest::plugin::openapi
