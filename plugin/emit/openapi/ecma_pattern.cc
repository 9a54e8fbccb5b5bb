// A walk over the pattern that stops at what ECMAScript refuses or reads in another way.
#include "plugin/emit/openapi/ecma_pattern.h"

#include <cctype>

namespace protorest::plugin::openapi {
namespace {

constexpr std::string_view kSyntax = "^$\\.*+?()[]{}|/";
constexpr std::string_view kControls = "tnrfv";
constexpr std::string_view kClasses = "dDwWsS";

bool Has(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class PatternWalk {
 public:
  explicit PatternWalk(std::string_view pattern) : rest_(pattern) {}

  bool Run() {
    while (!rest_.empty()) {
      if (!Step(Take())) return false;
    }
    return true;
  }

 private:
  bool Step(char c) {
    switch (c) {
      case '\\':
        return Escape();
      case '[':
        return Class();
      case '(':
        if (rest_.starts_with('?') && !rest_.starts_with("?:")) return false;
        if (rest_.starts_with("?:")) rest_.remove_prefix(2);
        [[fallthrough]];
      case '^':
      case '$':
      case '|':
        repeatable_ = false;
        return true;
      case '*':
      case '+':
      case '?':
        return Repetition();
      case '{':
        return Count() && Repetition();
      case ']':
      case '}':  // of themselves to RE2, errors to ECMAScript
        return false;
      default:
        repeatable_ = true;
        return true;
    }
  }

  bool Escape() {
    if (rest_.empty()) return false;
    const char c = Take();
    repeatable_ = c != 'b' && c != 'B';
    return !repeatable_ || Has(kSyntax, c) || Has(kControls, c) || Has(kClasses, c);
  }

  bool Class() {
    if (rest_.starts_with('^')) rest_.remove_prefix(1);
    if (rest_.starts_with(']')) return false;  // itself to RE2, the end to ECMAScript
    bool after_class = false;                  // \d, which begins no range
    while (!rest_.empty()) {
      const char c = Take();
      if (c == ']') {
        repeatable_ = true;
        return true;
      }
      if (c == '[' && rest_.starts_with(':')) return false;
      if (c == '-' && after_class && !rest_.starts_with(']')) return false;
      after_class = false;
      if (c != '\\') continue;
      if (rest_.empty()) return false;
      const char escaped = Take();
      after_class = Has(kClasses, escaped);
      if (!after_class && escaped != '-' && !Has(kSyntax, escaped) && !Has(kControls, escaped)) {
        return false;
      }
    }
    return false;
  }

  // "2}", "2,}" or "2,3}"; anything else is text to RE2.
  bool Count() {
    if (!Digits()) return false;
    if (rest_.starts_with(',')) {
      rest_.remove_prefix(1);
      Digits();
    }
    return !rest_.empty() && Take() == '}';
  }

  bool Digits() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && IsDigit(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() < before;
  }

  bool Repetition() {
    if (!repeatable_) return false;
    if (rest_.starts_with('?')) rest_.remove_prefix(1);
    repeatable_ = false;
    return true;
  }

  char Take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
  bool repeatable_ = false;  // what was last may be followed by `*`
};

}  // namespace

bool IsEcmaPattern(std::string_view pattern) { return PatternWalk(pattern).Run(); }

std::string QuotePattern(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c != '/' && Has(kSyntax, c)) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace protorest::plugin::openapi
