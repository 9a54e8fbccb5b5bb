// Prepares the fields of a binding, and sets them from a request's URL.
#include "transcode/bind.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "transcode/request_body.h"
#include "transcode/scalar_text.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

// Rule P17.
Status CheckVariable(const FieldPath& variable, std::string_view name) {
  const FieldDescriptor& leaf = variable.leaf();
  const bool fits = !leaf.is_repeated() && (leaf.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
                                            IsScalarLike(*leaf.message_type()));
  if (fits) return Status::Ok();
  return Status::InvalidArgument("path variable \"" + std::string(name) +
                                 "\" is a repeated, map or message field");
}

// The oneof of which both are members, or lead through one; null where there is none.
const google::protobuf::OneofDescriptor* SharedOneof(const FieldPath& a, const FieldPath& b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a.fields(), b.fields());
  if (in_a == a.fields().end() || in_b == b.fields().end()) return nullptr;
  const auto* const oneof = (*in_a)->containing_oneof();
  return oneof == (*in_b)->containing_oneof() ? oneof : nullptr;
}

// Rule Q19: all of these are set by each request.
Status CheckOneofs(const std::vector<QueryBinder::Bound>& bound) {
  for (std::size_t i = 0; i < bound.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto* const oneof = SharedOneof(bound[j].path, bound[i].path);
      if (oneof == nullptr) continue;
      return Status::InvalidArgument("\"" + bound[j].path.json_path() + "\" and \"" +
                                     bound[i].path.json_path() + "\" are of one oneof, \"" +
                                     std::string(oneof->name()) +
                                     "\", of which only one can be set");
    }
  }
  return Status::Ok();
}

bool IsSet(const Message& holder, const FieldDescriptor& field) {
  return holder.GetReflection()->HasField(holder, &field);
}

// The member of a oneof that the body has set where the path sets another one (rule Q19), or null.
const FieldDescriptor* FindRival(const FieldPath& variable, const Message& root) {
  const Message* message = &root;
  for (const FieldDescriptor* field : variable.fields()) {
    const auto& reflection = *message->GetReflection();
    if (const auto* oneof = field->containing_oneof()) {
      const FieldDescriptor* set = reflection.GetOneofFieldDescriptor(*message, oneof);
      if (set != nullptr && set != field) return set;
    }
    if (field == &variable.leaf() || !reflection.HasField(*message, field)) return nullptr;
    message = &reflection.GetMessage(*message, field);
  }
  return nullptr;
}

}  // namespace

Status RequestBinder::Prepare(const Descriptor& request, const PathTemplate& path,
                              std::string_view body, const BindOptions& options,
                              std::optional<RequestBinder>& binder) {
  std::vector<FieldPath> variables;
  std::vector<QueryBinder::Bound> bound;
  for (const PathVariable& variable : path.variables) {
    FieldPath& resolved = variables.emplace_back();
    Status status = FieldPath::Resolve(request, variable.field_path, resolved);
    if (status.ok()) status = CheckVariable(resolved, variable.field_path);
    if (!status.ok()) return status;
    bound.push_back({resolved, static_cast<int>(bound.size())});
  }
  if (!body.empty() && body != "*") {
    QueryBinder::Bound& field = bound.emplace_back();
    Status status = FieldPath::Resolve(request, body, field.path);
    if (!status.ok()) return status;
  }
  if (Status status = CheckOneofs(bound); !status.ok()) return status;
  binder = RequestBinder(std::move(variables),
                         QueryBinder(request, std::move(bound), body == "*", options),
                         !body.empty() || options.streams, options.lenient);
  return Status::Ok();
}

RequestBinder::RequestBinder(std::vector<FieldPath> variables, QueryBinder query, bool has_body,
                             bool lenient)
    : variables_(std::move(variables)),
      query_(std::move(query)),
      has_body_(has_body),
      lenient_(lenient) {}

bool RequestBinder::sets_required() const {
  return std::ranges::any_of(variables_, [](const FieldPath& variable) {
    return std::ranges::any_of(variable.fields(), &FieldDescriptor::is_required);
  });
}

Status RequestBinder::Bind(std::span<const std::string_view> captures, std::string_view query,
                           Message& request, json::Options* json) const {
  Violations violations;
  Bind(captures, query, request, json, nullptr, violations);
  return violations.ToStatus();
}

void RequestBinder::Bind(std::span<const std::string_view> captures, std::string_view query,
                         Message& request, json::Options* json, const BodyRead* read,
                         Violations& violations) const {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    BindVariable(variables_[i], captures[i], request, read, violations);
  }
  json::Options ignored;
  query_.Bind(query, captures, request, json != nullptr ? *json : ignored, violations);
}

void RequestBinder::BindVariable(const FieldPath& variable, std::string_view text, Message& request,
                                 const BodyRead* read, Violations& violations) const {
  const FieldDescriptor& leaf = variable.leaf();
  bool contradicts = false;         // rule P25: the path wins, but a strict server says so
  const Message* silent = nullptr;  // the holder, where the body may have said the default
  if (has_body_ && !lenient_) {
    const Message* holder = variable.Find(request);
    const bool set = holder != nullptr && IsSet(*holder, leaf);
    contradicts = set && !HoldsText(*holder, leaf, text);
    if (read != nullptr && !set && !leaf.has_presence()) silent = holder;
    if (const FieldDescriptor* rival = FindRival(variable, request)) {
      violations.Add(variable.json_path(), "the path sets it, the body \"" + rival->json_name() +
                                               "\", and only one of them can be");  // rule Q19
    }
  }
  std::string expected;
  if (!SetFieldFromText(text, leaf, variable.Reach(request), expected)) {
    return violations.AddText(variable.json_path(), expected, text);
  }
  if (silent != nullptr && IsSet(*silent, leaf)) {
    contradicts = read->body.Says(read->content, variable);
  }
  if (contradicts) {
    violations.Add(variable.json_path(),
                   "the body contradicts the path, which says " + QuoteCut(text));
  }
}

}  // namespace protorest::transcode
