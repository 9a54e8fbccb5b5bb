// Path templates: the parser of google.api.http's "/v1/{name=shelves/*}:verb", shared by plugin and
// runtime. Free of protobuf.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace protorest::transcode {

// The grammar (EBNF), that of google/api/http.proto made exact:
//
//   template   = "/" [ segments [ ":" verb ] ]
//   segments   = segment { "/" segment }
//   segment    = "*" | "**" | variable | literal
//   variable   = "{" field-path [ "=" segments ] "}"      segments without variables
//   field-path = identifier { "." identifier }
//   identifier = ( letter | "_" ) { letter | digit | "_" }
//   literal    = pchar { pchar }                          not made of "*" alone
//   verb       = pchar { pchar }
//   pchar      = letter | digit | one of "-._~!$&'()*+,;=:@" | "%" hex hex
//
// Where that is ambiguous:
//   - After a wildcard or a variable, the first ":" starts the verb ("/{x}:a:b": verb "a:b"); in a
//     literal that ends the template, the last one does ("/a:b:c": literal "a:b", verb "c"), rule
//     P9. A ":" in any other segment is plain text (rule P10), but for the last segment within a
//     variable that ends the template: there it is refused, for it was surely meant as a verb.
//   - "**" may stand anywhere, once in a template (rule P15).
//   - "{x}" is "{x=*}" (rule P1). A variable is one whole segment or several, never a part of one.

// One piece of a path: a literal (decoded text, rule P18), "*" or "**".
struct PathSegment {
  enum class Kind { kLiteral, kSingle, kMulti };

  Kind kind = Kind::kLiteral;
  std::string literal;

  bool operator==(const PathSegment&) const = default;
};

// {field_path=…}: the segments [begin, end) of the template, bound to a field.
struct PathVariable {
  std::string field_path;  // "shelf.name"
  int begin = 0;
  int end = 0;

  bool operator==(const PathVariable&) const = default;
};

struct PathTemplate {
  std::vector<PathSegment> segments;    // none: "/"
  std::vector<PathVariable> variables;  // in order
  std::string verb;                     // decoded, without ":"; "" if none

  bool operator==(const PathTemplate&) const = default;
};

// Why a template was refused.
struct PathTemplateError {
  std::size_t offset = 0;  // in the template, from 0
  std::string message;     // "found "x" after a variable; …": what was found, and what to write

  // `at 3: found "x" …`, for a log line.
  std::string ToString() const;
};

// Parses `text`. False: `error` says why, and `result` is unspecified.
[[nodiscard]] bool ParsePathTemplate(std::string_view text, PathTemplate& result,
                                     PathTemplateError& error);

// Whether the variable's value may hold "/": more than one segment, or "**" (rules P2, P3).
bool IsMultiSegment(const PathTemplate& path, const PathVariable& variable);

// The template without its variables, "/v1/shelves/*:verb": two templates of one shape match the
// same paths (rule P16). Literals come escaped, so that no two shapes look the same.
std::string PathShape(const PathTemplate& path);

}  // namespace protorest::transcode
