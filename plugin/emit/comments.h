// Comments of .proto files as comments of generated code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protorest::plugin {

// The lines of `text` as what follows "//": with a blank before it, or nothing in an empty line.
// What a compiler would take for more than a comment is made harmless: a backslash at the end of a
// line, control characters, and the marks that change the direction of text.
std::vector<std::string> CommentLines(std::string_view text);

// `text` with each Unicode mark that changes the direction of text written as \uXXXX: compilers
// warn of them, because they make code look like other code. In JSON strings the result means the
// same.
std::string EscapeDirectionMarks(std::string_view text);

}  // namespace protorest::plugin
