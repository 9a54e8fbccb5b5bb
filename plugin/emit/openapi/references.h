// The cross references of comments: [Book][library.v1.Book].
#pragma once

#include "plugin/emit/openapi/document.h"

namespace protorest::plugin::openapi {

// Makes Markdown links, to places in the document, of those that mean a message, an enum, one of
// their fields or values, a method or a service that it has; of the others, and in summaries, plain
// text.
void ResolveReferences(Json* document);

}  // namespace protorest::plugin::openapi
