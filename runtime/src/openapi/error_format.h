// The form of error bodies in an OpenAPI document.
#pragma once

#include <nlohmann/json.hpp>

#include "protorest/errors.h"

namespace protorest::openapi {

// Gives the error responses of `document`, which describe ErrorFormat::kStatus, the bodies of
// `format` (rule E2).
void SetErrorFormat(ErrorFormat format, nlohmann::ordered_json& document);

}  // namespace protorest::openapi
