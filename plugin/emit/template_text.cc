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
      ReadLine({text.data() + begin, end - begin}, last);
      begin = end + 1;
      ++location_.line;
    }
    if (!open_.empty()) Fail("{{#" + open_.back() + "}} is never closed");
  }

 private:
  void Fail(const std::string& text) { diagnostics_.Error(location_, "", text); }

  void ReadLine(std::string_view line, bool last) {
    if (std::exchange(joined_, false)) {
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    }
    if (line.ends_with('\\')) {
      joined_ = true;
      line.remove_suffix(1);
    }
    line_.clear();
    prints_ = false;
    silent_ = false;
    while (!line.empty()) {
      const std::size_t begin = std::min(line.find("{{"), line.size());
      AddText(line.substr(0, begin));
      if (begin == line.size()) break;
      const std::size_t end = line.find("}}", begin);
      if (end == line.npos) return Fail("{{ without }}");
      ReadMarker(line.substr(begin + 2, end - begin - 2));
      line.remove_prefix(end + 2);
    }
    // A line of markers that print nothing leaves no trace: neither its blanks nor its newline.
    const bool no_trace = silent_ && !prints_;
    if (no_trace) std::erase_if(line_, [](const auto& token) { return token.kind == Kind::kText; });
    FlushLine();
    if (!no_trace && !joined_ && !last) tokens_.push_back({Kind::kText, "\n", location_});
  }

  void FlushLine() {
    std::ranges::move(line_, std::back_inserter(tokens_));
    line_.clear();
  }

  void AddText(std::string_view text) {
    if (text.empty()) return;
    prints_ |= !IsBlank(text);
    line_.push_back({Kind::kText, std::string(text), location_});
  }

  void ReadMarker(std::string_view marker) {
    silent_ |= marker.starts_with('!') || marker.starts_with('#') || marker.starts_with('/');
    if (marker.starts_with('!')) return;
    if (marker.starts_with('#')) return Open(std::string(marker.substr(1)));
    if (marker.starts_with('/')) return Close(std::string(marker.substr(1)));
    prints_ = true;
    if (marker == "BR") {
      line_.push_back({Kind::kBreak, "", location_});
    } else if (marker.starts_with('>')) {
      FlushLine();
      TemplateReader partial(source_, diagnostics_, tokens_, depth_ + 1);
      partial.Read(std::string(marker.substr(1)) + ".tpl");
    } else {
      AddNamed(Kind::kValue, std::string(marker));
    }
  }

  void Open(const std::string& name) {
    open_.push_back(name);
    AddNamed(Kind::kOpen, name);
  }

  void Close(const std::string& name) {
    if (open_.empty() || open_.back() != name)
      return Fail("{{/" + name + "}} closes what is not open");
    open_.pop_back();
    AddNamed(Kind::kClose, name);
  }

  void AddNamed(Kind kind, const std::string& name) {
    if (!IsMarkerName(name)) {
      return Fail("{{" + name +
                  "}} is no marker; write {{NAME}}, {{#NAME}}, {{/NAME}}, "
                  "{{>partial}}, {{BR}} or {{! comment}}, names in upper case");
    }
    line_.push_back({kind, name, location_});
  }

  const TemplateSource& source_;
  Diagnostics& diagnostics_;
  std::vector<TemplateToken>& tokens_;
  const int depth_;
  Location location_;
  std::vector<std::string> open_;
  bool joined_ = false;  // the line before ended in a backslash

  // Of the line at hand:
  std::vector<TemplateToken> line_;
  bool prints_ = false;  // something in it leaves text
  bool silent_ = false;  // it has a marker that leaves none
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
