// Services: methods by name, bindings by verb and shape of the path.
#include <algorithm>
#include <set>
#include <string_view>

#include "plugin/breaking/compare_parts.h"
#include "plugin/text.h"

namespace protorest::plugin::breaking {
namespace {

// Whether two templates match the same paths.
bool SamePaths(const HttpBinding& a, const HttpBinding& b) {
  const auto same = [](const PathSegment& x, const PathSegment& y) {
    return x.kind == y.kind && x.literal == y.literal;
  };
  if (a.segments.empty() || b.segments.empty()) return a.path == b.path;
  return a.path_verb == b.path_verb && std::ranges::equal(a.segments, b.segments, same);
}

bool SameVerb(const HttpBinding& was, const HttpBinding& is) {
  return is.verb == was.verb || is.verb == "*";
}

// The fields that a variable goes through, by number: they keep it when they are renamed.
std::vector<std::int32_t> NumbersOf(const PathVariable& variable) {
  std::vector<std::int32_t> numbers;
  for (const Field* field : variable.fields) numbers.push_back(field->number);
  return numbers;
}

// Whether `body` or `response_body` of both says the same of the same field.
bool SameField(const std::string& was, const Field* was_field, const std::string& is,
               const Field* is_field) {
  if (was_field == nullptr || is_field == nullptr) return was == is;
  return was_field->number == is_field->number;
}

std::string OrNothing(const std::string& text) { return text.empty() ? "none" : Quoted(text); }

std::string RouteOf(const HttpBinding& binding) { return binding.verb + " " + binding.path; }

// `additional_bindings {get: "/v1/users"}`: how to keep a route.
std::string Additional(const HttpBinding& was) {
  std::string verb = was.verb;
  const bool plain =
      std::ranges::count(std::vector<std::string>{"GET", "PUT", "POST", "DELETE", "PATCH"}, verb) !=
      0;
  std::ranges::transform(verb, verb.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string text = "additional_bindings {";
  text += plain ? verb + ": " + Quoted(was.path)
                : "custom {kind: " + Quoted(was.verb) + " path: " + Quoted(was.path) + "}";
  if (!was.body.empty()) text += " body: " + Quoted(was.body);
  return text + "}";
}

class MethodComparison {
 public:
  MethodComparison(const Method& was, const Method& is, const std::string& service,
                   const Comparison& comparison)
      : was_(was), is_(is), subject_(service + "." + is.name), comparison_(comparison) {}

  void Run() {
    CompareTypes();
    for (std::size_t i = 0; i < was_.bindings.size(); ++i) CompareBinding(was_.bindings[i], i);
    CompareRules();
  }

 private:
  void Add(Rule rule, const Location& location, const Location& was, const std::string& what,
           const std::string& mend) {
    comparison_.report.Add(rule, location, subject_, what, {was, was_.full_name}, mend);
  }
  void Add(Rule rule, const std::string& what, const std::string& mend) {
    Add(rule, is_.location, was_.location, what, mend);
  }

  void CompareTypes() {
    const std::string mend = "add a method with a name of its own, and deprecate this one";
    if (comparison_.scope.NewOf(*was_.request) != is_.request) {
      Add(Rule::kMethodRequestChanged,
          "takes " + is_.request->full_name + ", was " + was_.request->full_name, mend);
    }
    if (comparison_.scope.NewOf(*was_.response) != is_.response) {
      Add(Rule::kMethodResponseChanged,
          "returns " + is_.response->full_name + ", was " + was_.response->full_name, mend);
    }
    const auto streams = [](bool now, const std::string& what) {
      return now ? "streams its " + what + ", did not" : "no longer streams its " + what;
    };
    if (is_.client_streaming != was_.client_streaming) {
      Add(Rule::kMethodStreamingChanged, streams(is_.client_streaming, "requests"), mend);
    }
    if (is_.server_streaming != was_.server_streaming) {
      Add(Rule::kMethodStreamingChanged, streams(is_.server_streaming, "responses"), mend);
    }
  }

  void CompareBinding(const HttpBinding& was, std::size_t index) {
    const auto serves = [&](const HttpBinding& is) {
      return SameVerb(was, is) && SamePaths(was, is);
    };
    const auto same = std::ranges::find_if(is_.bindings, serves);
    if (same != is_.bindings.end()) return CompareSame(was, *same);
    const std::string mend = "keep the old route: " + Additional(was);
    // What stands in its place, unless that was there before.
    const HttpBinding* const is = index < is_.bindings.size() ? &is_.bindings[index] : nullptr;
    const bool replaced =
        is != nullptr && std::ranges::none_of(was_.bindings, [&](const auto& old) {
          return SameVerb(old, *is) && SamePaths(old, *is);
        });
    if (replaced && SamePaths(was, *is)) {
      return Add(Rule::kHttpVerbChanged, is->location, was.location,
                 "is " + RouteOf(*is) + ", was " + RouteOf(was), mend);
    }
    if (replaced && SameVerb(was, *is)) {
      return Add(Rule::kHttpPathChanged, is->location, was.location,
                 "is " + RouteOf(*is) + ", was " + RouteOf(was), mend);
    }
    Add(Rule::kHttpBindingRemoved, is_.location, was.location,
        RouteOf(was) + " is no longer served", mend);
  }

  void CompareSame(const HttpBinding& was, const HttpBinding& is) {
    if (!SameField(was.body, was.body_field, is.body, is.body_field)) {
      Add(Rule::kHttpBodyChanged, is.location, was.location,
          RouteOf(is) + " has the body " + OrNothing(is.body) + ", was " + OrNothing(was.body),
          "put the body back, or bind another path");
    }
    if (!SameField(was.response_body, was.response_body_field, is.response_body,
                   is.response_body_field)) {
      Add(Rule::kHttpResponseBodyChanged, is.location, was.location,
          RouteOf(is) + " has the response_body " + OrNothing(is.response_body) + ", was " +
              OrNothing(was.response_body),
          "put the response_body back, or bind another path");
    }
    for (const PathVariable& variable : was.variables) CompareVariable(variable, was, is);
  }

  void CompareVariable(const PathVariable& variable, const HttpBinding& was,
                       const HttpBinding& is) {
    const auto same_part = [&](const PathVariable& each) {
      return each.begin == variable.begin && each.end == variable.end;
    };
    const auto now = std::ranges::find_if(is.variables, same_part);
    if (now != is.variables.end() && NumbersOf(*now) == NumbersOf(variable)) return;
    const std::string text = now == is.variables.end() ? "no field" : Quoted(now->field_path);
    Add(Rule::kPathVariableChanged, is.location, was.location,
        "in " + RouteOf(is) + ", what was " + Quoted(variable.field_path) + " is " + text,
        "bind the field that it was bound to");
  }

  void CompareRules() {
    const auto status = [](const Method& method) {
      return method.rule.success_status == 0 ? 200 : method.rule.success_status;
    };
    if (status(is_) != status(was_)) {
      Add(Rule::kSuccessStatusChanged,
          is_.rule.success_status == 0 ? is_.location : is_.rule.success_status_location,
          was_.rule.success_status == 0 ? was_.location : was_.rule.success_status_location,
          "answers " + std::to_string(status(is_)) + ", was " + std::to_string(status(was_)),
          "put success_status: " + std::to_string(status(was_)) + " back");
    }
    if (was_.rule.lenient.value_or(false) && !is_.rule.lenient.value_or(false)) {
      Add(Rule::kLenientRemoved, "is no longer lenient", "put lenient: true back");
    }
  }

  const Method& was_;
  const Method& is_;
  std::string subject_;
  const Comparison& comparison_;
};

}  // namespace

void CompareServices(const Service& was, const Service& is, const Comparison& comparison) {
  const std::string subject = WithoutPackage(is.full_name, *is.file);
  for (const Method& method : was.methods) {
    const auto now = std::ranges::find(is.methods, method.name, &Method::name);
    if (now == is.methods.end()) {
      comparison.report.Add(Rule::kMethodRemoved, is.location, subject,
                            "method " + method.name + " is gone, or has another name",
                            {method.location, method.full_name},
                            "keep it, deprecated, as long as anybody may call it");
    } else {
      MethodComparison(method, *now, subject, comparison).Run();
    }
  }
}

}  // namespace protorest::plugin::breaking
