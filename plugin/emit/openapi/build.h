// The model as OpenAPI documents.
#pragma once

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// All services of the files to generate: the document of the run.
Document DocumentOf(const Api& api);

// One service alone: what its generated code carries, so that a server tells of what it serves and
// nothing else.
Document DocumentOf(const Service& service);

}  // namespace protorest::plugin::openapi
