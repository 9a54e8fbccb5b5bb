// Comments of the .proto as the texts of a document.
#pragma once

#include <string>

#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

struct SummaryAndDescription {
  std::string summary;      // the first sentence in one line, without its full stop
  std::string description;  // the rest
};

// The leading comment, or the trailing one where there is no other: indentation taken off, notes to
// the tools that read .proto files ("(-- … --)", "buf:lint:…") left out.
std::string CommentText(const Comments& comments);

SummaryAndDescription SplitComment(const std::string& text);

// Two paragraphs; either may be empty.
std::string JoinParagraphs(const std::string& first, const std::string& second);

}  // namespace protorest::plugin::openapi
