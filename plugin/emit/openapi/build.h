// The model as OpenAPI documents.
#pragma once

#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"
#include "plugin/options.h"

namespace protorest::plugin::openapi {

// The document of `services`, which are of `api`, with the base document merged in: open JSON, see
// openapi/settle.h. Reports where the base contradicts it.
//
// Documents in generated code are of one service each, so that a server tells of what it serves
// and of nothing else.
Json DocumentOf(const std::vector<const Service*>& services, const Api& api, const Options& options,
                Diagnostics& diagnostics);

// The services of the files to generate, in order.
std::vector<const Service*> GeneratedServices(const Api& api);

}  // namespace protorest::plugin::openapi
