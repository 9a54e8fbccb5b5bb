#include "plugin/model/service_config_reader.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "plugin/text.h"

namespace protorest::plugin {
namespace {

using Keys = std::vector<std::string>;

// The fields of google.api.Service: a file may have them all, only some are for us.
const Keys& ServiceKeys() {
  static const Keys keys = {"type",
                            "config_version",
                            "name",
                            "id",
                            "title",
                            "producer_project_id",
                            "apis",
                            "types",
                            "enums",
                            "documentation",
                            "backend",
                            "http",
                            "quota",
                            "authentication",
                            "context",
                            "usage",
                            "endpoints",
                            "control",
                            "logs",
                            "metrics",
                            "monitored_resources",
                            "billing",
                            "logging",
                            "monitoring",
                            "system_parameters",
                            "source_info",
                            "publishing"};
  return keys;
}

// The patterns of google.api.HttpRule: their keys and the verbs that these stand for.
struct Pattern {
  std::string_view key;
  std::string_view verb;
};
constexpr Pattern kPatterns[] = {
    {"get", "GET"},       {"put", "PUT"},     {"post", "POST"},
    {"delete", "DELETE"}, {"patch", "PATCH"}, {"custom", ""},  // its kind
};

// Reads one file. Going on after an error is fine everywhere: nothing is generated then.
class Reader {
 public:
  Reader(const std::string& file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void Read(const std::string& text, std::vector<ConfigRule>& rules, std::set<std::string>& apis) {
    std::vector<YAML::Node> documents;
    try {
      documents = YAML::LoadAll(text);
    } catch (const YAML::Exception& error) {
      const bool star = error.msg.find("alias") != std::string::npos;
      return Error(error.mark,
                   "is no YAML: " + error.msg + (star ? "; a * by itself is quoted: \"*\"" : ""));
    }
    if (documents.size() != 1 || !documents[0].IsMap()) {
      return diagnostics_.Error({file_}, "",
                                "must hold one google.api.Service: type: google.api.Service, then "
                                "http: with rules:");
    }
    ReadService(documents[0], rules, apis);
  }

 private:
  Location At(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
  void Error(const YAML::Mark& mark, std::string_view text) {
    diagnostics_.Error(At(mark), subject_, text);
  }

  // Whether `node` is a map of known keys, each of them once.
  bool CheckMap(const YAML::Node& node, std::string_view what, const Keys& known) {
    if (!node.IsMap()) {
      Error(node.Mark(), std::string(what) + " must be a map of keys and values");
      return false;
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
      const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
      if (std::ranges::find(known, key) == known.end()) {
        Error(entry.first.Mark(), "unknown key " + Quoted(key) + DidYouMean(key, known));
      } else if (!seen.insert(key).second) {
        Error(entry.first.Mark(), "a second " + Quoted(key));
      }
    }
    return true;
  }

  bool CheckList(const YAML::Node& node, std::string_view what) {
    if (!node.IsSequence()) Error(node.Mark(), std::string(what) + " must be a list");
    return node.IsSequence();
  }

  // The text of a map's entry; "" when it has none, or no text.
  std::string Text(const YAML::Node& map, const std::string& key) {
    const YAML::Node node = map[key];
    if (!node.IsDefined()) return "";
    if (!node.IsScalar()) Error(node.Mark(), Quoted(key) + " must be text");
    return node.IsScalar() ? node.Scalar() : "";
  }

  void ReadService(const YAML::Node& service, std::vector<ConfigRule>& rules,
                   std::set<std::string>& apis) {
    CheckMap(service, "a service", ServiceKeys());
    if (const std::string type = Text(service, "type"); type != "google.api.Service") {
      Error(service.Mark(), "is no service config; write type: google.api.Service");
    }
    if (const YAML::Node list = service["apis"]; list.IsDefined() && CheckList(list, "apis")) {
      for (const YAML::Node& api : list) {
        if (api.IsMap()) apis.insert(Text(api, "name"));
      }
    }
    const YAML::Node http = service["http"];
    if (!http.IsDefined() ||
        !CheckMap(http, "http", {"rules", "fully_decode_reserved_expansion"})) {
      return;
    }
    if (Text(http, "fully_decode_reserved_expansion") == "true") {
      Error(http["fully_decode_reserved_expansion"].Mark(),
            "fully_decode_reserved_expansion is not supported: %2F stays as sent in variables of "
            "several segments");
    }
    const YAML::Node list = http["rules"];
    if (!list.IsDefined() || !CheckList(list, "rules")) return;
    for (const YAML::Node& rule : list) ReadEntry(rule, rules);
  }

  // One entry of http.rules.
  void ReadEntry(const YAML::Node& node, std::vector<ConfigRule>& rules) {
    if (!CheckMap(node, "a rule", RuleKeys(/*additional=*/false))) return;
    ConfigRule entry;
    const YAML::Node selector = node["selector"];
    entry.location = At(selector.IsDefined() ? selector.Mark() : node.Mark());
    subject_ = Text(node, "selector");
    entry.selectors = Selectors(node, subject_);
    entry.rule = ReadRule(node);
    if (const YAML::Node list = node["additional_bindings"];
        list.IsDefined() && CheckList(list, "additional_bindings")) {
      for (const YAML::Node& additional : list) {
        if (!CheckMap(additional, "an additional binding", RuleKeys(/*additional=*/true))) continue;
        entry.rule.additional.push_back(ReadRule(additional));
        // Their own are refused as those of an annotation are (rule P26), and not read.
        if (additional["additional_bindings"].IsDefined()) {
          entry.rule.additional.back().additional.emplace_back();
        }
      }
    }
    subject_.clear();
    rules.push_back(std::move(entry));
  }

  static Keys RuleKeys(bool additional) {
    Keys keys = {"get",    "put",           "post",
                 "delete", "patch",         "custom",
                 "body",   "response_body", "additional_bindings"};
    if (!additional) keys.emplace_back("selector");
    return keys;
  }

  // The comma-separated patterns of a selector.
  std::vector<std::string> Selectors(const YAML::Node& node, const std::string& text) {
    std::vector<std::string> selectors;
    for (std::string& pattern : SplitList(text)) {
      const std::size_t star = pattern.find('*');
      const bool whole_name = star == 0 || (star != pattern.npos && pattern[star - 1] == '.');
      if (star != pattern.npos && (star + 1 != pattern.size() || !whole_name)) {
        Error(node["selector"].Mark(),
              "a * in a selector stands for whole names, and at the end: pkg.Service.*");
      } else if (!pattern.empty()) {
        selectors.push_back(std::move(pattern));
      }
    }
    if (text.empty()) Error(node.Mark(), "a rule needs a selector: pkg.Service.Method");
    return selectors;
  }

  // What a rule and an additional binding have in common; where it stands is where its verb does.
  HttpRule ReadRule(const YAML::Node& node) {
    HttpRule rule;
    rule.location = At(node.Mark());
    std::string first;  // the verb's key
    for (const auto& entry : node) {
      const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
      const Pattern* pattern = std::ranges::find(kPatterns, key, &Pattern::key);
      if (pattern == std::end(kPatterns)) continue;
      if (!first.empty() && first != key) {
        Error(entry.first.Mark(), "a rule has one verb, and this one has " + Quoted(first) +
                                      " and " + Quoted(key) +
                                      "; move one of them to additional_bindings");
        continue;
      }
      first = key;
      rule.location = At(entry.first.Mark());
      if (key == "custom") {
        if (!CheckMap(entry.second, "custom", {"kind", "path"})) continue;
        rule.verb = Text(entry.second, "kind");
        rule.path = Text(entry.second, "path");
      } else {
        rule.verb = pattern->verb;
        rule.path = Text(node, key);
      }
    }
    rule.body = Text(node, "body");
    rule.response_body = Text(node, "response_body");
    return rule;
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  std::string subject_;  // the selector of the rule being read
};

}  // namespace

void ReadServiceConfigFile(const std::string& file, std::vector<ConfigRule>& rules,
                           std::set<std::string>& apis, Diagnostics& diagnostics) {
  std::ifstream input(file);
  std::ostringstream text;
  // An empty file counts as not readable to <<, and is no service config either.
  if (!input || !(text << input.rdbuf())) {
    return diagnostics.Error({file}, "",
                             "is empty or cannot be read; relative names of service configs start "
                             "where protoc is run");
  }
  Reader(file, diagnostics).Read(text.str(), rules, apis);
}

}  // namespace protorest::plugin
