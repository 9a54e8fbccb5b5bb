#include "plugin/model/bindings.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/text.h"
#include "transcode/ascii.h"
#include "transcode/path_template.h"

namespace protorest::plugin {
namespace {

const Field* FindField(const Message& message, std::string_view name) {
  const auto found = std::ranges::find(message.fields, name, &Field::name);
  return found == message.fields.end() ? nullptr : &*found;
}

// `"nme" is not a field of Book; did you mean "name"?`
std::string NoSuchField(const Message& message, std::string_view name) {
  std::vector<std::string> names;
  for (const Field& field : message.fields) names.push_back(field.name);
  return Quoted(name) + " is not a field of " + message.name + DidYouMean(name, names);
}

bool IsMessage(const Field& field) {
  return field.type == FieldType::kMessage || field.type == FieldType::kGroup;
}

// What a field is, when it is nothing that a URL segment can hold.
std::string Describe(const Field& field) {
  if (field.map) return "a map";
  if (field.repeated) return "repeated";
  if (!IsMessage(field)) return "a scalar";
  const std::string& name = field.message->full_name;
  return IsScalarLike(field) ? "one value, a " + name : "the message " + name;
}

// Resolves the rule of one method, binding by binding.
class Resolver {
 public:
  Resolver(const Method& method, HttpBinding& binding, Diagnostics& diagnostics)
      : method_(method), binding_(binding), diagnostics_(diagnostics) {}

  void Resolve(bool additional) {
    if (additional && binding_.nested_additional) {
      Error(
          "an additional_bindings entry has additional_bindings of its own; "
          "move them up into the rule itself");
    }
    if (binding_.path.empty()) {
      Error(
          "the google.api.http rule has no path; write one such as get: \"/v1/…\" or "
          "custom {kind: \"HEAD\" path: \"/v1/…\"}");
    } else if (binding_.verb.empty()) {
      Error("the custom pattern for " + Quoted(binding_.path) +
            " has no kind; write the HTTP method, or \"*\" for any");
    } else {
      CheckVerb();
      ResolvePath();
    }
    ResolveBody();
    ResolveResponseBody();
    RefuseRivals();
  }

 private:
  void Error(const std::string& text) { diagnostics_.Error(binding_.location, method_.name, text); }
  void Warning(const std::string& text) {
    diagnostics_.Warning(binding_.location, method_.name, text);
  }

  // A custom kind is a method of HTTP (RFC 9110, 9.1): a token, whose case matters.
  void CheckVerb() {
    static constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
    static constexpr std::string_view kKnown[] = {"GET",   "HEAD",    "POST",  "PUT",    "DELETE",
                                                  "PATCH", "OPTIONS", "TRACE", "CONNECT"};
    const std::string& verb = binding_.verb;
    const auto in_token = [](char c) {
      return transcode::IsLetter(c) || transcode::IsDigit(c) || kSymbols.find(c) != kSymbols.npos;
    };
    const auto* const known = std::ranges::find_if(
        kKnown, [&](std::string_view each) { return transcode::EqualsIgnoreCase(each, verb); });
    if (!std::ranges::all_of(verb, in_token)) {
      Error("the custom kind " + Quoted(verb) +
            " is no HTTP method; write a word such as \"LOCK\"");
    } else if (known == std::end(kKnown)) {
      // A method that this code need not know.
    } else if (*known == "CONNECT") {
      Error("the custom kind " + Quoted(verb) + " is for proxies, and has no path; write another");
    } else if (*known != verb) {
      Error("the custom kind " + Quoted(verb) + " is not " + std::string(*known) +
            ", as HTTP methods are told apart by case; write " + Quoted(*known));
    }
  }

  void ResolvePath() {
    transcode::PathTemplate path;
    transcode::PathTemplateError error;
    if (!transcode::ParsePathTemplate(binding_.path, path, error)) {
      return Error("path " + Quoted(binding_.path) + " at " + std::to_string(error.offset + 1) +
                   ": " + error.message);
    }
    using From = transcode::PathSegment::Kind;
    using To = PathSegment::Kind;
    for (const transcode::PathSegment& segment : path.segments) {
      const To kind = segment.kind == From::kLiteral  ? To::kLiteral
                      : segment.kind == From::kSingle ? To::kSingle
                                                      : To::kMulti;
      binding_.segments.push_back({kind, segment.literal});
    }
    binding_.path_verb = path.verb;
    for (const transcode::PathVariable& variable : path.variables) {
      binding_.variables.push_back({variable.field_path, variable.begin, variable.end, {}});
      ResolveVariable(binding_.variables.back());
    }
  }

  // Walks "book.author.name" from the request down; the last field must fit into a URL (rule P17).
  void ResolveVariable(PathVariable& variable) {
    const std::string what = "path variable " + Quoted(variable.field_path);
    const Message* message = method_.request;
    for (std::size_t begin = 0; begin <= variable.field_path.size();) {
      const std::size_t end =
          std::min(variable.field_path.find('.', begin), variable.field_path.size());
      const std::string name = variable.field_path.substr(begin, end - begin);
      const Field* field = FindField(*message, name);
      if (field == nullptr) {
        const bool whole = name == variable.field_path;
        return Error((whole ? "path variable " : what + ": ") + NoSuchField(*message, name));
      }
      variable.fields.push_back(field);
      const bool last = end == variable.field_path.size();
      if (!last && (field->repeated || IsScalarLike(*field))) {
        return Error(what + " leads through " + Quoted(name) + ", which is " + Describe(*field) +
                     "; only fields of singular messages have fields");
      }
      if (last && (field->repeated || !IsScalarLike(*field))) {
        const bool inner = !field->repeated && field->message->well_known == WellKnown::kNone;
        return Error(what + " is " + Describe(*field) + ", which a path cannot hold; " +
                     (inner ? "bind a scalar field of it: {" + variable.field_path + ".…}"
                            : std::string("leave it to the query or the body")));
      }
      message = field->message;
      begin = end + 1;
    }
    RefuseSlashes(variable, what);
  }

  // A number has no "/": a pattern of several segments would never match.
  void RefuseSlashes(const PathVariable& variable, const std::string& what) {
    const Field& field = *variable.fields.back();
    const bool text = field.type == FieldType::kString || field.type == FieldType::kBytes ||
                      field.message != nullptr;
    const auto pattern = std::span(binding_.segments)
                             .subspan(static_cast<std::size_t>(variable.begin),
                                      static_cast<std::size_t>(variable.end - variable.begin));
    const auto one = std::ranges::count_if(pattern, [](const PathSegment& segment) {
      return segment.kind != PathSegment::Kind::kMulti;
    });
    if (text || one < 2) return;
    Error(what + " takes several segments, and no value of it holds a \"/\"; write {" +
          variable.field_path + "}");
  }

  void ResolveBody() {
    const std::string& body = binding_.body;
    if (!body.empty() &&
        (binding_.verb == "GET" || binding_.verb == "HEAD" || binding_.verb == "DELETE")) {
      Warning(binding_.verb + " " + binding_.path +
              " has a body, which many clients, proxies and caches drop; leave body out, so that "
              "the fields travel in the query");
    }
    if (method_.client_streaming && body.empty() && binding_.verb != "GET") {
      Error("streams requests, which travel in the body, and the rule has none; write body: \"*\"");
    }
    if (body.empty() || body == "*") return;
    binding_.body_field = ResolveTopLevel("body", body, *method_.request, " or \"*\"");
  }

  void ResolveResponseBody() {
    if (binding_.response_body.empty()) return;
    binding_.response_body_field =
        ResolveTopLevel("response_body", binding_.response_body, *method_.response,
                        ", or leave it out for the whole response");
  }

  // Rule Q19: what is always set may not have two members of one oneof.
  void RefuseRivals() {
    std::vector<std::pair<std::string, std::vector<const Field*>>> set;
    for (const PathVariable& variable : binding_.variables) {
      set.emplace_back("path variable " + Quoted(variable.field_path), variable.fields);
    }
    if (const Field* body = binding_.body_field) {
      set.emplace_back("body " + Quoted(body->name), std::vector{body});
    }
    for (std::size_t i = 0; i < set.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Oneof* oneof = SharedOneof(*method_.request, set[j].second, set[i].second);
        if (oneof == nullptr) continue;
        Error(set[j].first + " and " + set[i].first + " are of one oneof, " + Quoted(oneof->name) +
              ", of which only one can be set; leave one of them to the query or another binding");
      }
    }
  }

  // A name that must be that of one of the message's own fields (rule B16).
  const Field* ResolveTopLevel(std::string_view option, const std::string& name,
                               const Message& message, const std::string& alternative) {
    const std::string what(option);
    if (name.find('.') != name.npos) {
      Error(what + " " + Quoted(name) + " is a path; name a field of " + message.name + " itself" +
            alternative);
      return nullptr;
    }
    const Field* field = FindField(message, name);
    if (field == nullptr) {
      Error(what + " " +
            (name == "*" ? "\"*\" is not a field of " + message.name + "; name one" + alternative
                         : NoSuchField(message, name)));
    }
    return field;
  }

  const Method& method_;
  HttpBinding& binding_;
  Diagnostics& diagnostics_;
};

}  // namespace

const Oneof* SharedOneof(const Message& message, std::span<const Field* const> a,
                         std::span<const Field* const> b) {
  const Message* at = &message;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] != b[i]) {
      const bool shared = a[i]->oneof >= 0 && a[i]->oneof == b[i]->oneof;
      return shared ? &at->oneofs[static_cast<std::size_t>(a[i]->oneof)] : nullptr;
    }
    at = a[i]->message;
  }
  return nullptr;
}

void ResolveBindings(Api& api, Diagnostics& diagnostics) {
  for (const auto& file : api.files) {
    if (!file->generate) continue;
    for (Service& service : file->services) {
      for (Method& method : service.methods) {
        for (HttpBinding& binding : method.bindings) {
          Resolver(method, binding, diagnostics).Resolve(&binding != &method.bindings.front());
        }
      }
    }
  }
}

bool IsScalarLike(const Field& field) {
  if (!IsMessage(field)) return true;
  switch (field.message->well_known) {
    case WellKnown::kNone:
    case WellKnown::kAny:
    case WellKnown::kStruct:
    case WellKnown::kValue:
    case WellKnown::kListValue:
    case WellKnown::kEmpty:
      return false;
    default:
      return true;
  }
}

}  // namespace protorest::plugin
