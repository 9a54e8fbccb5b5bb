#include "plugin/diagnostics.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace protorest::plugin {
namespace {

std::string Format(const Location& location, std::string_view severity, std::string_view subject,
                   std::string_view text) {
  std::string line = ToText(location);
  for (const std::string_view part : {severity, subject, text}) {
    if (part.empty()) continue;
    if (!line.empty()) line += ": ";
    line += part;
  }
  return line;
}

void AddOnce(std::string line, std::vector<std::string>& lines) {
  if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edits from `a` to `b`, blind to case: letters added, dropped, replaced, or two swapped.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  const auto same = [&](std::size_t i, std::size_t j) { return Lower(a[i]) == Lower(b[j]); };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (same(i - 1, j - 1) ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

void Diagnostics::Error(const Location& location, std::string_view subject, std::string_view text) {
  AddOnce(Format(location, "", subject, text), errors_);
}

void Diagnostics::Warning(const Location& location, std::string_view subject,
                          std::string_view text) {
  AddOnce(Format(location, "warning", subject, text), warnings_);
}

std::string ToText(const Location& location) {
  if (location.line == 0) return location.file;
  return location.file + ":" + std::to_string(location.line) + ":" +
         std::to_string(location.column);
}

std::string Nearest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  // A word of which more than a third is wrong was meant to be something else.
  std::size_t limit = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (const std::size_t distance = Distance(word, candidate); distance < limit) {
      limit = distance;
      best = candidate;
    }
  }
  return best;
}

std::string DidYouMean(std::string_view word, std::span<const std::string> candidates) {
  const std::string near = Nearest(word, candidates);
  return near.empty() ? "" : "; did you mean \"" + near + "\"?";
}

}  // namespace protorest::plugin
