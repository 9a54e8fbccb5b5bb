// What a URL spells: percent-decoding of paths and queries, and the parameters of a query.
#pragma once

#include <string>
#include <string_view>

namespace protorest::transcode {

enum class UrlPart {
  kSegment,       // a path segment: every escape is decoded (rule P1); "+" is a plus sign (P4)
  kMultiSegment,  // several segments: all but %2F, which stays as sent (rule P2)
  kQuery,         // a query name or value: "+" is a space (rule Q12)
};

// True if each "%" is followed by two hex digits (rule P5).
bool IsWellEscaped(std::string_view text);

// Decodes `text`. Where nothing is escaped the result is `text` itself; else it is appended to
// `scratch` and the result is a view of that: it lasts until `scratch` grows beyond its capacity.
// False: a malformed escape; `scratch` is as it was.
[[nodiscard]] bool UrlDecode(std::string_view text, UrlPart part, std::string& scratch,
                             std::string_view& decoded);

// One parameter of a query, as sent. "a" and "a=" both have the value "" (rule Q9).
struct QueryParameter {
  std::string_view name;
  std::string_view value;
};

// Walks the parameters of a raw query: `while (query.Next(parameter))`. "&" alone separates: ";" is
// data (rule P28). Empty pieces ("&&") are no parameters; "=x" has an empty name.
class QuerySplitter {
 public:
  explicit QuerySplitter(std::string_view query) : rest_(query) {}

  bool Next(QueryParameter& parameter);

 private:
  std::string_view rest_;
};

}  // namespace protorest::transcode
