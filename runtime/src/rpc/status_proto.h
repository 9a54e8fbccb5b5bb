// Status as google.rpc.Status in protobuf binary: the library carries no compiled google/rpc
// descriptors, because a program may link its own.
#pragma once

#include <string>
#include <vector>

#include "protorest/status.h"

namespace protorest {

std::string EncodeStatusProto(const Status& status);

// The details of an encoded google.rpc.Status. False: it is none.
bool DecodeStatusDetails(const std::string& bytes, std::vector<StatusDetail>& details);

}  // namespace protorest
