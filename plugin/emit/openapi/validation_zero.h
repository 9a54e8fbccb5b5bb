// Rules that are not for zero: IGNORE_IF_ZERO_VALUE.
#pragma once

#include "plugin/emit/openapi/validation_keywords.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Lets zero, or what is empty, through the keywords for a value of `type`, whatever the rules say.
void LetZeroThrough(const Field& type, RuleWords* words);

}  // namespace protorest::plugin::openapi
