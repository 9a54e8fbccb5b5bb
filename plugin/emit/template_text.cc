#include "plugin/emit/template_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <utility>

#include "plugin/emit/embedded_templates.h"

namespace protorest::plugin {
namespace {

using Kind = TemplateToken::Kind;

constexpr int kMaxPartials = 8;  // partials in partials: deeper ones are a circle

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool IsMarkerName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '_';
  });
}

// Reads one template; partials make further readers that append to the same tokens.
class TemplateReader {
 public:
  TemplateReader(const TemplateSource& source, Diagnostics& diagnostics,
                 std::vector<TemplateToken>& tokens, int depth)
      : source_(source), diagnostics_(diagnostics), tokens_(tokens), depth_(depth) {}

  void Read(std::string_view name) {
    location_ = {std::string(name), 1, 1};
    std::string text;
    if (depth_ > kMaxPartials) return Fail("the template pastes itself");
    if (!source_.Read(name, text)) return Fail("there is no such template");
    // A partial is pasted into a line, which has an end of its own.
    if (depth_ > 0 && text.ends_with('\n')) text.pop_back();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const bool last = end == text.size();
      ReadLine(std::string_view(text).substr(begin, end - begin), last);
      begin = end + 1;
      ++location_.line;
    }
    if (!open_.empty()) Fail("{{#" + open_.back() + "}} is never closed");
  }

 private:
  void Fail(const std::string& text) { diagnostics_.Error(location_, "", text); }

  void ReadLine(std::string_view line, bool last) {
    if (std::exchange(joined_, false))
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.ends_with('\\')) {
      joined_ = true;
      line.remove_suffix(1);
    }
    const std::size_t first = tokens_.size();
    bool alone = false;  // nothing in the line but markers that print nothing
    while (!line.empty()) {
      const std::size_t begin = std::min(line.find("{{"), line.size());
      AddText(line.substr(0, begin));
      if (begin == line.size()) break;
      const std::size_t end = line.find("}}", begin);
      if (end == line.npos) return Fail("{{ without }}");
      alone |= ReadMarker(line.substr(begin + 2, end - begin - 2));
      line.remove_prefix(end + 2);
    }
    const auto prints = [](const TemplateToken& token) {
      return token.kind == Kind::kText ? !IsBlank(token.text)
                                       : token.kind == Kind::kValue || token.kind == Kind::kBreak;
    };
    if (alone &&
        std::none_of(tokens_.begin() + static_cast<std::ptrdiff_t>(first), tokens_.end(), prints)) {
      std::erase_if(tokens_, [&, index = std::size_t{0}](const TemplateToken& token) mutable {
        return index++ >= first && token.kind == Kind::kText;
      });
    } else if (!joined_ && !last) {
      AddText("\n");
    }
  }

  void AddText(std::string_view text) {
    if (!text.empty()) tokens_.push_back({Kind::kText, std::string(text), location_});
  }

  // True for the markers that print nothing by themselves: sections and comments.
  bool ReadMarker(std::string_view marker) {
    if (marker.starts_with('!')) return true;
    if (marker == "BR") {
      tokens_.push_back({Kind::kBreak, "", location_});
      return false;
    }
    if (marker.starts_with('>')) {
      TemplateReader partial(source_, diagnostics_, tokens_, depth_ + 1);
      partial.Read(std::string(marker.substr(1)) + ".tpl");
      return false;
    }
    const bool opens = marker.starts_with('#');
    const bool closes = marker.starts_with('/');
    const std::string name(marker.substr(opens || closes ? 1 : 0));
    if (!IsMarkerName(name)) {
      Fail("{{" + std::string(marker) + "}} is no marker; write {{NAME}}, {{#NAME}}, {{/NAME}}, " +
           "{{>partial}}, {{BR}} or {{!comment}}");
      return false;
    }
    if (opens) open_.push_back(name);
    if (closes && (open_.empty() || open_.back() != name)) {
      Fail("{{/" + name + "}} closes what is not open");
      return true;
    }
    if (closes) open_.pop_back();
    tokens_.push_back({opens    ? Kind::kOpen
                       : closes ? Kind::kClose
                                : Kind::kValue,
                       name, location_});
    return opens || closes;
  }

  const TemplateSource& source_;
  Diagnostics& diagnostics_;
  std::vector<TemplateToken>& tokens_;
  const int depth_;
  Location location_;
  std::vector<std::string> open_;
  bool joined_ = false;  // the line before ended in a backslash
};

}  // namespace

bool BuiltInTemplates::Read(std::string_view name, std::string& text) const {
  if (!folder_.empty()) {
    if (std::ifstream file(folder_ + "/" + std::string(name), std::ios::binary); file) {
      text.assign(std::istreambuf_iterator<char>(file), {});
      return true;
    }
  }
  for (const EmbeddedTemplate& embedded : EmbeddedTemplates()) {
    if (embedded.name == name) {
      text = embedded.text;
      return true;
    }
  }
  return false;
}

std::vector<TemplateToken> ReadTemplate(std::string_view name, const TemplateSource& source,
                                        Diagnostics& diagnostics) {
  std::vector<TemplateToken> tokens;
  TemplateReader(source, diagnostics, tokens, 0).Read(name);
  return tokens;
}

}  // namespace protorest::plugin
