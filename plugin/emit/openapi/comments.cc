// What is text for the reader of an API and what is not.
#include "plugin/emit/openapi/comments.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <vector>

#include "plugin/text.h"

namespace protorest::plugin::openapi {
namespace {

// Takes out "(-- api-linter: … --)"; one that is never closed stays.
std::string WithoutInternalNotes(std::string text) {
  std::size_t open = 0;
  while ((open = text.find("(--", open)) != std::string::npos) {
    const std::size_t close = text.find("--)", open + 3);
    if (close == std::string::npos) break;
    text.erase(open, close + 3 - open);
  }
  return text;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(TrimRight(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

// The white space that all lines begin with: mostly the one space after "//".
std::size_t CommonIndent(const std::vector<std::string_view>& lines) {
  std::size_t indent = std::string_view::npos;
  for (const std::string_view line : lines) {
    if (!line.empty()) indent = std::min(indent, line.find_first_not_of(" \t"));
  }
  return indent;
}

// Where the first sentence ends: after a full stop followed by white space and no small letter (so
// not after "e.g."), or where the paragraph ends.
std::size_t FirstSentenceEnd(std::string_view text) {
  const std::size_t paragraph = std::min(text.find("\n\n"), text.size());
  for (std::size_t i = 0; i < paragraph; ++i) {
    if (text[i] != '.' && text[i] != '!' && text[i] != '?') continue;
    if (i + 1 < text.size() && kWhiteSpace.find(text[i + 1]) == std::string_view::npos) continue;
    const std::size_t next = text.find_first_not_of(kWhiteSpace, i + 1);
    if (next == std::string_view::npos || next > paragraph) return i + 1;
    if (std::islower(static_cast<unsigned char>(text[next])) == 0) return i + 1;
  }
  return paragraph;
}

}  // namespace

std::string CommentText(const Comments& comments) {
  const std::string text =
      WithoutInternalNotes(Trim(comments.leading).empty() ? comments.trailing : comments.leading);
  const std::vector<std::string_view> lines = Lines(text);
  const std::size_t indent = CommonIndent(lines);
  std::string out;
  for (const std::string_view line : lines) {
    const std::string_view content = Trim(line);
    if (content.starts_with("buf:lint:")) continue;
    if (!content.empty()) out += line.substr(indent);
    out += '\n';
  }
  const std::size_t first = out.find_first_not_of('\n');
  return first == std::string::npos ? "" : std::string(TrimRight(out).substr(first));
}

SummaryAndDescription SplitComment(const std::string& text) {
  const std::size_t end = FirstSentenceEnd(text);
  SummaryAndDescription out;
  out.summary = text.substr(0, end);
  std::replace(out.summary.begin(), out.summary.end(), '\n', ' ');
  if (!out.summary.empty() && out.summary.back() == '.') out.summary.pop_back();
  const std::string_view rest = text;
  out.description = Trim(rest.substr(end));
  return out;
}

std::string JoinParagraphs(const std::string& first, const std::string& second) {
  return first + (first.empty() || second.empty() ? "" : "\n\n") + second;
}

}  // namespace protorest::plugin::openapi
