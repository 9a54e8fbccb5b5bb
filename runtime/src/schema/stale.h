// Whether generated code and the descriptors that it is linked with come from one .proto.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>

#include "protorest/schema.h"
#include "schema/fingerprint.h"

namespace protorest::schema {

// Why the generated code of a file, or of a service of this full name, does not fit what is linked,
// and what to run; "" if it fits, or if that cannot be told. `suffix` is that of the generated file
// at fault: ".json.pb.cc".
std::string WhyFileIsStale(const SchemaInfo& made_from, std::string_view suffix,
                           const google::protobuf::FileDescriptor& linked,
                           Fingerprints& fingerprints);
std::string WhyServiceIsStale(const SchemaInfo& made_from, std::string_view suffix,
                              std::string_view service, Fingerprints& fingerprints);

}  // namespace protorest::schema
