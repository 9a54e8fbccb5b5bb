// The form of error bodies in an OpenAPI document.
#pragma once

#include <string>

#include "protorest/errors.h"

namespace protorest::openapi {

// `document`, JSON that protorest generated, which describes errors as ErrorFormat::kStatus, with
// its error responses in `format` instead. Both who writes documents to files and who serves them
// go through this, so that what is served agrees with what the server sends.
std::string WithErrorFormat(std::string document, ErrorFormat format);

}  // namespace protorest::openapi
