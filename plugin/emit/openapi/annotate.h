// What options for OpenAPI say, put into the document: their words go before those of comments.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plugin/diagnostics.h"
#include "plugin/emit/openapi/document.h"
#include "plugin/emit/openapi/schema.h"
#include "plugin/model/annotation.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// Whether an option takes it out of the documents; a field also with its type.
template <class Declaration>
bool IsHidden(const Declaration& declaration) {
  return declaration.annotation && declaration.annotation->hidden;
}
bool IsHidden(const Field& field);

// Whether a valid message has the field: by its label, by field_behavior, or by an option.
bool IsRequired(const Field& field);

// Whether an option of the message lists the field as required, by either of its names.
bool IsListed(const Field& field, const Message& message);

// By its own word or that of an option.
bool IsDeprecated(const Field& field);

// Whether an option says that it may be null.
bool IsNullable(const Field& field);

// What an option has paths call the field; "" where none does.
std::string PathNameOf(const Field& field);

// The description that an option gives, else the comment's text.
std::string DescriptionOf(const Annotation* annotation, const Comments& comments);

// Title, example and the like of a message or an enum; not the description.
void AnnotateType(const Annotation* annotation, Schema* schema);

// What is asked of the values of a field, and its example; returns what no keyword says.
std::string AnnotateValue(const Field& field, Schema* schema);

// All else of a property but its description: flags, title, links, extensions.
void AnnotateProperty(const Field& field, Schema* schema);

void AnnotateTag(const Service& service, Tag* tag);

// References in responses are to messages of `api`.
void AnnotateOperation(const Service& service, const Method& method, const Api& api,
                       Diagnostics& diagnostics, SchemaBuilder* schemas, Operation* operation);

// `files` in order: of two that say different things, the first one's word holds, and the other's
// is told of.
void AnnotateDocument(const std::vector<const File*>& files, Diagnostics& diagnostics,
                      Document* document);

// What operations need by the option of their file; nullopt where that says nothing.
std::optional<Json> SecurityOf(const File& file);

}  // namespace protorest::plugin::openapi
