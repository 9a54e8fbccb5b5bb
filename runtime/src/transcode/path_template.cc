// The path template parser: recursive descent over the grammar in the header, one pass.
#include "transcode/path_template.h"

#include <algorithm>
#include <utility>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

using Kind = PathSegment::Kind;

constexpr std::string_view kVariableMend =
    "a variable takes a whole segment: write \"/{name}/\" between slashes";

bool IsPlainPathChar(char c) {
  return IsLetter(c) || IsDigit(c) ||
         std::string_view("-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

class Parser {
 public:
  Parser(std::string_view text, PathTemplate& result, PathTemplateError& error)
      : text_(text), result_(result), error_(error) {}

  bool Parse() {
    if (Peek() != '/') return Fail("a template starts with \"/\"");
    ++at_;
    if (AtEnd()) return true;  // "/": the root
    if (!ParseSegments()) return false;
    if (Peek() == ':') {
      ++at_;
      return ParseVerb();
    }
    return true;
  }

 private:
  bool AtEnd() const { return at_ >= text_.size(); }
  // 0 at the end; a NUL within the text is no character of the grammar either.
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  bool InVariable() const { return variable_ != nullptr; }

  bool Fail(std::string_view mend) { return FailAt(at_, mend); }

  bool FailAt(std::size_t offset, std::string_view mend) {
    error_.offset = offset;
    error_.message = "found ";
    if (offset >= text_.size()) {
      error_.message += "the end";
    } else {
      error_.message += '"';
      error_.message += text_.substr(offset, 24);
      error_.message += text_.size() - offset > 24 ? "…\"" : "\"";
    }
    error_.message += "; ";
    error_.message += mend;
    return false;
  }

  bool ParseSegments() {
    while (true) {
      if (!ParseSegment()) return false;
      if (Peek() != '/') break;
      ++at_;
    }
    const char next = Peek();
    if (AtEnd() || next == ':' || (next == '}' && InVariable())) return true;
    return Fail(next == '{' || next == '}' ? kVariableMend
                                           : "only \"/\", \":verb\" or the end can follow here");
  }

  bool ParseSegment() {
    const std::string_view piece = Piece();
    if (piece == "*" || piece == "**") {
      at_ += piece.size();
      return AddWildcard(piece.size() == 2);
    }
    const char next = Peek();
    if (next == '{') return ParseVariable();
    if (next == '/' || AtEnd() || (next == '}' && InVariable())) {
      return Fail("a segment cannot be empty; a template neither ends with \"/\" nor holds \"//\"");
    }
    if (!piece.empty() && piece.find_first_not_of('*') == std::string_view::npos) {
      return Fail("a wildcard is \"*\" for one segment or \"**\" for any number");
    }
    return ParseLiteral();
  }

  // The text up to what can end a wildcard: "/", "}", "{" or ":".
  std::string_view Piece() const {
    return text_.substr(at_, std::min(text_.find_first_of("/{}:", at_), text_.size()) - at_);
  }

  bool AddWildcard(bool multi) {
    if (multi && std::exchange(has_multi_, true)) {
      return FailAt(at_ - 2, "\"**\" can stand once in a template; write \"*\" for one segment");
    }
    result_.segments.push_back({multi ? Kind::kMulti : Kind::kSingle, ""});
    return true;
  }

  bool ParseVariable() {
    if (InVariable()) {
      return Fail("a variable cannot hold another; write the inner one's pattern, \"*\"");
    }
    PathVariable variable;
    const std::size_t open = at_++;
    if (!ParseFieldPath(variable.field_path)) return false;
    for (const PathVariable& other : result_.variables) {
      if (other.field_path == variable.field_path) {
        return FailAt(open, "this field is bound already; each variable needs a field of its own");
      }
    }
    variable.begin = static_cast<int>(result_.segments.size());
    variable_ = &variable;
    if (Peek() == '=') {
      ++at_;
      if (!ParseSegments()) return false;
    } else {
      result_.segments.push_back({Kind::kSingle, ""});
    }
    variable_ = nullptr;
    if (Peek() == ':') return Fail("a verb stands behind the variable: \"{name=…}:verb\"");
    if (Peek() != '}') return Fail("a variable is \"{field}\" or \"{field=pattern}\"");
    ++at_;
    variable.end = static_cast<int>(result_.segments.size());
    result_.variables.push_back(std::move(variable));
    return true;
  }

  bool ParseFieldPath(std::string& path) {
    const std::size_t begin = at_;
    while (true) {
      if (!IsLetter(Peek()) && Peek() != '_') {
        return Fail("a field's name goes here: letters, digits and \"_\", as in the .proto");
      }
      while (IsLetter(Peek()) || IsDigit(Peek()) || Peek() == '_') ++at_;
      if (Peek() != '.') break;
      ++at_;
    }
    path = text_.substr(begin, at_ - begin);
    return true;
  }

  // Where the literal at at_ ends: before "/", a brace or the end; before the verb in the last
  // segment.
  std::size_t LiteralEnd() const {
    const std::size_t end = std::min(text_.find_first_of("/{}", at_), text_.size());
    if (InVariable()) {
      // In the last segment of a variable that ends the template a colon is refused by
      // ParseVariable.
      const bool last = text_.substr(end, 1) == "}" && text_.find('/', end) == text_.npos;
      return last ? std::min(text_.find(':', at_), end) : end;
    }
    if (end < text_.size()) return end;
    const std::size_t colon = text_.rfind(':');
    return colon == text_.npos || colon < at_ ? end : colon;
  }

  bool ParseLiteral() {
    const std::size_t end = LiteralEnd();
    if (end == at_) return Fail("a verb needs a segment before its \":\"");
    PathSegment segment;
    if (!ParseText(end, segment.literal)) return false;
    result_.segments.push_back(std::move(segment));
    return true;
  }

  bool ParseVerb() {
    if (AtEnd()) return Fail("a verb's name goes behind \":\"; without a verb leave \":\" out");
    return ParseText(text_.size(), result_.verb);
  }

  // Appends the characters of [at_, end), decoded.
  bool ParseText(std::size_t end, std::string& out) {
    while (at_ < end) {
      const char c = text_[at_];
      if (c == '%') {
        const int high = at_ + 1 < end ? HexValue(text_[at_ + 1]) : -1;
        const int low = at_ + 2 < end ? HexValue(text_[at_ + 2]) : -1;
        if (high < 0 || low < 0) return Fail("an escape is \"%\" and two hex digits: \"%20\"");
        out += static_cast<char>(high * 16 + low);
        at_ += 3;
        continue;
      }
      if (c == '/') return Fail("a verb ends the template");
      if (c == '{' || c == '}') return Fail(kVariableMend);
      if (c == '?') return Fail("a path has no query: fields that are not in it travel there");
      if (!IsPlainPathChar(c)) {
        return Fail("a path cannot hold this character; escape it: \"" + EscapeHere() + "\"");
      }
      out += c;
      ++at_;
    }
    return true;
  }

  // The character at at_, all bytes of it, as it goes into a path.
  std::string EscapeHere() const {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string escape;
    std::size_t at = at_;
    do {
      const auto byte = static_cast<unsigned char>(text_[at++]);
      escape.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    } while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80);
    return escape;
  }

  std::string_view text_;
  PathTemplate& result_;
  PathTemplateError& error_;
  std::size_t at_ = 0;
  const PathVariable* variable_ = nullptr;  // the one being parsed
  bool has_multi_ = false;
};

void AppendEscaped(std::string_view text, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    if (IsPlainPathChar(c) && c != '*' && c != ':') {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
}

}  // namespace

std::string PathTemplateError::ToString() const {
  return "at " + std::to_string(offset) + ": " + message;
}

bool ParsePathTemplate(std::string_view text, PathTemplate& result, PathTemplateError& error) {
  result = {};
  error = {};
  return Parser(text, result, error).Parse();
}

bool IsMultiSegment(const PathTemplate& path, const PathVariable& variable) {
  return variable.end - variable.begin != 1 || path.segments[variable.begin].kind == Kind::kMulti;
}

std::string PathShape(const PathTemplate& path) {
  std::string shape;
  for (const PathSegment& segment : path.segments) {
    shape += '/';
    switch (segment.kind) {
      case Kind::kLiteral:
        AppendEscaped(segment.literal, shape);
        break;
      case Kind::kSingle:
        shape += '*';
        break;
      case Kind::kMulti:
        shape += "**";
        break;
    }
  }
  if (shape.empty()) shape = "/";
  if (!path.verb.empty()) {
    shape += ':';
    AppendEscaped(path.verb, shape);
  }
  return shape;
}

}  // namespace protorest::transcode
