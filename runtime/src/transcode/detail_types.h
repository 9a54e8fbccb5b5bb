// The members of a status detail as JSON, whether or not its type is linked.
#pragma once

#include <string>

#include "protorest/status.h"

namespace protorest::transcode {

// What stands behind "@type" in the JSON of a detail: `"reason":"…","domain":"…"`; "" if its
// message is empty. Types of google.rpc are known by descriptors embedded in the runtime, which
// stay out of the program's descriptor pool (a program may link its own copy); others by that pool.
// Of a type that neither knows, or bytes that cannot be read: `"value":"base64"`. Any thread.
std::string DetailMembers(const StatusDetail& detail);

}  // namespace protorest::transcode
