#include "plugin/emit/render.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

namespace protorest::plugin {
namespace {

using Kind = TemplateToken::Kind;
using Tokens = std::vector<TemplateToken>;

// Looks for markers that nothing fills: in every view of a section, because they may differ.
class Checker {
 public:
  Checker(const Tokens& tokens, Diagnostics& diagnostics)
      : tokens_(tokens), diagnostics_(diagnostics) {}

  void Check(const View& view) { Check(0, tokens_.size(), view); }

 private:
  void Check(std::size_t begin, std::size_t end, const View& view) {
    scope_.push_back(&view);
    for (std::size_t i = begin; i < end; ++i) {
      const TemplateToken& token = tokens_[i];
      if (token.kind == Kind::kValue) CheckValue(token);
      if (token.kind == Kind::kOpen) i = CheckSection(i);
    }
    scope_.pop_back();
  }

  void CheckValue(const TemplateToken& token) {
    const auto has = [&](const View* view) { return view->values().contains(token.text); };
    if (std::ranges::any_of(scope_, has)) return;
    std::vector<std::string> names;
    for (const View* view : scope_) {
      for (const auto& [name, value] : view->values()) names.push_back(name);
    }
    Report(token, "{{" + token.text + "}}", names);
  }

  // Returns the index of the section's end.
  std::size_t CheckSection(std::size_t open) {
    const TemplateToken& token = tokens_[open];
    const std::size_t close = FindClose(open);
    std::vector<std::string> names;
    for (std::size_t depth = scope_.size(); depth > 0; --depth) {
      const View& owner = *scope_[depth - 1];
      const auto section = owner.sections().find(token.text);
      if (section != owner.sections().end()) {
        // Its views see what the owner sees, and nothing of the views between it and the marker.
        const std::vector<const View*> outer = scope_;
        scope_.resize(depth);
        for (const auto& inner : section->second) Check(open + 1, close, *inner);
        scope_ = outer;
        return close;
      }
      for (const auto& [name, views] : owner.sections()) names.push_back(name);
    }
    Report(token, "{{#" + token.text + "}}", names);
    return close;
  }

  std::size_t FindClose(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == Kind::kOpen) ++depth;
      if (tokens_[i].kind == Kind::kClose && --depth == 0) return i;
    }
    return tokens_.size();  // not reached: the reader has refused what is never closed
  }

  void Report(const TemplateToken& token, const std::string& marker,
              const std::vector<std::string>& names) {
    // One marker of a loop is one mistake.
    if (!reported_.empty() && std::ranges::find(reported_, &token) != reported_.end()) return;
    reported_.push_back(&token);
    diagnostics_.Error(token.location, "",
                       "nothing fills " + marker + DidYouMean(token.text, names));
  }

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  std::vector<const View*> scope_;  // outermost first
  std::vector<const TemplateToken*> reported_;
};

// The tokens in ctemplate's language.
std::string ToCtemplate(const Tokens& tokens) {
  std::string text;
  for (const TemplateToken& token : tokens) {
    switch (token.kind) {
      case Kind::kText:
        text += token.text;
        break;
      case Kind::kValue:
        text += "{{" + token.text + "}}";
        break;
      case Kind::kOpen:
        text += "{{#" + token.text + "}}";
        break;
      case Kind::kClose:
        text += "{{/" + token.text + "}}";
        break;
      case Kind::kBreak:
        text += kBreak;
        break;
    }
  }
  return text;
}

// `outer`: the sections of the views around this one. ctemplate would take theirs for an empty one
// of the same name, so there may be none.
void Fill(const View& view, std::vector<std::string_view> outer,
          ctemplate::TemplateDictionary& dictionary) {
  for (const auto& [name, value] : view.values()) dictionary.SetValue(name, value);
  for (const auto& [name, views] : view.sections()) {
    assert(std::ranges::find(outer, name) == outer.end());
    outer.push_back(name);
  }
  for (const auto& [name, views] : view.sections()) {
    for (const auto& inner : views) Fill(*inner, outer, *dictionary.AddSectionDictionary(name));
  }
}

}  // namespace

std::string Render(std::string_view name, const View& view, const TemplateSource& source,
                   Diagnostics& diagnostics) {
  const Tokens tokens = ReadTemplate(name, source, diagnostics);
  if (!diagnostics.ok()) return "";
  Checker(tokens, diagnostics).Check(view);
  if (!diagnostics.ok()) return "";

  const std::string key(name);
  ctemplate::TemplateCache cache;
  cache.StringToTemplateCache(key, ToCtemplate(tokens), ctemplate::DO_NOT_STRIP);
  ctemplate::TemplateDictionary dictionary(key);
  Fill(view, {}, dictionary);
  std::string text;
  cache.ExpandWithData(key, ctemplate::DO_NOT_STRIP, &dictionary, nullptr, &text);
  return BreakLines(text);
}

namespace {

void BreakLine(std::string_view line, std::string& out) {
  std::string whole(line);
  std::erase(whole, kBreak);
  if (whole.size() <= kColumns) {
    out += whole;
    return;
  }
  const std::string indent(line.find_first_not_of(' ') + 4, ' ');
  std::string current;
  const auto flush = [&] {
    current.erase(current.find_last_not_of(' ') + 1);
    out += current;
  };
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(kBreak, begin), line.size());
    const std::string_view piece = line.substr(begin, end - begin);
    const std::size_t width = piece.find_last_not_of(' ') + 1;
    if (begin > 0 && current.size() + width > kColumns) {
      flush();
      out += '\n';
      current = indent;
    }
    current += piece;
    begin = end + 1;
  }
  flush();
}

}  // namespace

std::string BreakLines(std::string_view text) {
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find(kBreak) == line.npos) {
      out += line;
    } else {
      BreakLine(line, out);
    }
    if (end < text.size()) out += '\n';
    begin = end + 1;
  }
  return out;
}

}  // namespace protorest::plugin
