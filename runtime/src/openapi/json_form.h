// The form of the JSON of messages in an OpenAPI document.
#pragma once

#include <nlohmann/json.hpp>

#include "openapi/settle.h"

namespace protorest::openapi {

// Takes the marks out of `document`; where they name an option of `form`, does as they say.
void SetJsonForm(const JsonForm& form, nlohmann::ordered_json& document);

}  // namespace protorest::openapi
