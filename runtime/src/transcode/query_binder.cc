// Finds the field that a parameter names, and sets it.
#include "transcode/query_binder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "json/escape.h"
#include "json/path.h"
#include "json/reflection.h"
#include "json/search.h"
#include "transcode/scalar_text.h"
#include "transcode/seen_fields.h"
#include "transcode/system_parameters.h"
#include "transcode/url.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

namespace {

constexpr std::size_t kMaxDepth = 100;    // components of a name, as of nested objects (rule B15)
constexpr std::size_t kMaxNearNames = 8;  // suggestions in one answer: they cost time

// A parameter's name: a field path, and a map key where there is one.
struct Name {
  std::array<const FieldDescriptor*, kMaxDepth> fields;
  std::size_t count = 0;
  std::string_view map_key;
  bool has_map_key = false;

  const FieldDescriptor& leaf() const { return *fields[count - 1]; }

  std::string JsonPath() const {
    std::string path;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) path += '.';
      path += fields[i]->json_name();
    }
    if (has_map_key) {
      std::string escaped;
      json::detail::AppendMember(json::detail::EscapeName(CutName(map_key), &escaped), path);
    }
    return path;
  }
};

// `; did you mean "x"?`, or nothing.
std::string Suggestion(const Descriptor& type, std::string_view name) {
  json::detail::NearName near(name);
  for (int i = 0; i < type.field_count(); ++i) {
    near.Consider(type.field(i)->json_name());
    near.Consider(type.field(i)->name());
  }
  return near.best().empty() ? "" : "; did you mean \"" + std::string(near.best()) + "\"?";
}

}  // namespace

QueryBinder::QueryBinder(const Descriptor& request, std::vector<Bound> bound, bool body_is_all,
                         const BindOptions& options)
    : request_(&request),
      bound_(std::move(bound)),
      body_is_all_(body_is_all),
      lenient_(options.lenient),
      reserved_(options.reserved),
      what_(options.what) {
  for (int i = 0; i < request.field_count(); ++i) {
    names_.emplace(request.field(i)->json_name(), request.field(i));
  }
  for (int i = 0; i < request.field_count(); ++i) {
    names_.emplace(request.field(i)->name(), request.field(i));
  }
}

const FieldDescriptor* QueryBinder::FindTopLevel(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

bool QueryBinder::IsReserved(std::string_view name) const {
  return std::find(reserved_.begin(), reserved_.end(), name) != reserved_.end();
}

class QueryBinder::Pass {
 public:
  Pass(const QueryBinder& binder, std::span<const std::string_view> captures, Message& request,
       json::Options& json, Violations& violations)
      : binder_(binder),
        captures_(captures),
        request_(request),
        json_(json),
        violations_(violations) {}

  void Take(const QueryParameter& parameter) {
    name_text_.clear();
    value_text_.clear();
    std::string_view name;
    std::string_view value;
    const bool named = UrlDecode(parameter.name, UrlPart::kQuery, name_text_, name);
    if (!named || !UrlDecode(parameter.value, UrlPart::kQuery, value_text_, value)) {
      return violations_.Add(CutName(parameter.name),
                             "an escape is \"%\" and two hex digits, got " +
                                 QuoteCut(named ? parameter.value : parameter.name));
    }
    Take(name, value);
  }

  void Take(const FormPart& part, const json::Options& options) {
    part_ = &part;
    options_ = &options;
    Take(part.name, part.data);
  }

 private:
  void Take(std::string_view name, std::string_view value) {
    const std::string_view first = name.substr(0, name.find_first_of(".["));
    const FieldDescriptor* top = binder_.FindTopLevel(first);
    if (top == nullptr) return TakeOther(name, value);
    if (binder_.body_is_all_) {  // rule Q2
      if (!binder_.lenient_) Refuse(name, "all fields are in the body of this request");
      return;
    }
    Name path;
    if (!Resolve(name, *top, path)) return;
    if (const Bound* bound = FindBound(path)) return TakeBound(*bound, path, value);
    Set(path, value);
  }

  // A name that is none of the request's.
  void TakeOther(std::string_view name, std::string_view value) {
    if (binder_.IsReserved(name)) {
      std::string expected;
      if (!ReadSystemParameter(name, value, json_, expected)) {
        violations_.AddText(CutName(name), expected, value);
      }
      return;
    }
    if (binder_.lenient_) return;
    std::string description = "unknown " + std::string(binder_.what_);
    if (near_names_++ < kMaxNearNames) {
      description += Suggestion(*binder_.request_, name.substr(0, name.find_first_of(".[")));
    }
    Refuse(name, std::move(description));
  }

  void Refuse(std::string_view name, std::string description) {
    violations_.Add(CutName(name), std::move(description));
  }

  // Follows the name below `top`. False: refused (rule Q8).
  bool Resolve(std::string_view name, const FieldDescriptor& top, Name& path) {
    std::string_view rest = name;
    if (const std::size_t open = rest.find('['); open != rest.npos) {
      if (!rest.ends_with(']')) {
        Refuse(name, "\"[\" and \"]\" hold a map key at the end of a name, \"map[key]=value\"");
        return false;
      }
      path.map_key = rest.substr(open + 1, rest.size() - open - 2);
      path.has_map_key = true;
      rest = rest.substr(0, open);
    }
    const FieldDescriptor* field = &top;
    std::size_t dot = rest.find('.');
    while (true) {
      path.fields[path.count++] = field;
      if (dot == rest.npos) return true;
      rest.remove_prefix(dot + 1);
      dot = rest.find('.');
      const std::string_view next = rest.substr(0, dot);
      if (path.count == kMaxDepth) {
        Refuse(name, "nested deeper than " + std::to_string(kMaxDepth));
        return false;
      }
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated() ||
          IsTextField(*field)) {
        Refuse(name, "\"" + field->json_name() + "\" has no fields that a query can name");
        return false;
      }
      const Descriptor& type = *field->message_type();
      field = json::detail::FindByEitherName(type, next);
      if (field == nullptr) {
        std::string description = "there is no such field in " + type.full_name();
        if (near_names_++ < kMaxNearNames) description += Suggestion(type, next);
        Refuse(name, std::move(description));
        return false;
      }
    }
  }

  // What the parameter's field is, or is below, that path or body have bound; null if it is free.
  const Bound* FindBound(const Name& path) const {
    for (const Bound& bound : binder_.bound_) {
      const auto& fields = bound.path.fields();
      if (fields.size() <= path.count &&
          std::equal(fields.begin(), fields.end(), path.fields.begin())) {
        return &bound;
      }
    }
    return nullptr;
  }

  void TakeBound(const Bound& bound, const Name& path, std::string_view value) {
    if (bound.capture >= 0) return TakeCaptured(bound, path, value);
    if (binder_.lenient_) return;
    violations_.Add(path.JsonPath(), "this field is in the body of this request");  // rule Q6
  }

  // The path's variable itself: nothing is below it.
  void TakeCaptured(const Bound& bound, const Name& path, std::string_view value) {
    if (!CheckMapKey(path)) return;
    const FieldDescriptor& leaf = path.leaf();
    const Message& holder = bound.path.Reach(request_);
    if (!seen_.Insert(holder, leaf)) {  // rule Q5
      return violations_.Add(path.JsonPath(), "given more than once");
    }
    const std::string_view captured = captures_[static_cast<std::size_t>(bound.capture)];
    if (captured == value || HoldsText(holder, leaf, value)) return;
    std::string expected;
    const std::unique_ptr<Message> other(holder.New());
    if (!SetFieldFromText(value, leaf, *other, expected)) {
      violations_.AddText(path.JsonPath(), expected, value);
    } else if (!binder_.lenient_) {  // rule P25
      violations_.Add(path.JsonPath(), "the path says " + QuoteCut(captured) + ", the query says " +
                                           QuoteCut(value));
    }
  }

  // A key in brackets is a map's, which has one always. False: refused.
  bool CheckMapKey(const Name& path) {
    const FieldDescriptor& leaf = path.leaf();
    if (path.has_map_key == leaf.is_map()) return true;
    violations_.Add(path.JsonPath(),
                    leaf.is_map() ? "expected a map key, \"" + leaf.json_name() + "[key]=value\""
                                  : "not a map: \"[\" and \"]\" hold map keys");
    return false;
  }

  void Set(const Name& path, std::string_view value) {
    const FieldDescriptor& leaf = path.leaf();
    if (!CheckMapKey(path)) return;
    if (!leaf.is_map() && !IsTextField(leaf) && part_ == nullptr) {  // rule Q21
      return violations_.Add(path.JsonPath(),
                             "a message cannot be set as a whole by a text; name its fields");
    }
    Message* holder = &request_;
    for (std::size_t i = 0; i < path.count; ++i) {
      const FieldDescriptor* field = path.fields[i];
      if (!CheckOneof(*holder, *field, path)) return;
      if (i + 1 < path.count) holder = holder->GetReflection()->MutableMessage(holder, field);
    }
    if (leaf.is_map()) return SetEntry(path, value, *holder);
    // A part may set a message as a whole, and another one what is in it.
    const bool has = part_ != nullptr && !leaf.is_repeated() &&
                     holder->GetReflection()->HasField(*holder, &leaf);
    if (has || (!leaf.is_repeated() && !seen_.Insert(*holder, leaf))) {  // rule Q5
      return violations_.Add(path.JsonPath(), "given more than once");
    }
    SetField(leaf, path, value, *holder);
  }

  // False: refused. `path` names the field to the client.
  bool SetField(const FieldDescriptor& field, const Name& path, std::string_view value,
                Message& holder) {
    std::string expected;
    json::Result result;
    const bool set = part_ != nullptr
                         ? SetFieldFromPart(*part_, field, *options_, holder, expected, result)
                         : SetFieldFromText(value, field, holder, expected);
    if (set) return true;
    if (result) {
      violations_.AddText(path.JsonPath(), expected, value);
    } else {
      std::string below = path.JsonPath();
      if (field.is_repeated()) {  // the element is there all the same, and is the last one
        const int size = holder.GetReflection()->FieldSize(holder, &field);
        below += '[' + std::to_string(size - 1) + ']';
      }
      violations_.Add(result, below);
    }
    return false;
  }

  // Rule Q19.
  bool CheckOneof(const Message& holder, const FieldDescriptor& field, const Name& path) {
    const OneofDescriptor* oneof = field.containing_oneof();
    if (oneof == nullptr) return true;
    const FieldDescriptor* set = holder.GetReflection()->GetOneofFieldDescriptor(holder, oneof);
    if (set == nullptr || set == &field) return true;
    violations_.Add(path.JsonPath(), "\"" + set->json_name() +
                                         "\" is set already, and only one of " + oneof->name() +
                                         " can be");
    return false;
  }

  // m[k]=v, rule Q20.
  void SetEntry(const Name& path, std::string_view value, Message& holder) {
    const FieldDescriptor& map = path.leaf();
    const FieldDescriptor& key_field = *map.message_type()->map_key();
    const FieldDescriptor& value_field = *map.message_type()->map_value();
    if (!IsTextField(value_field) && part_ == nullptr) {
      return violations_.Add(path.JsonPath(), "a map of messages cannot be set by texts");
    }
    Message& entry = *holder.GetReflection()->AddMessage(&holder, &map);
    std::string expected;
    if (!SetFieldFromText(path.map_key, key_field, entry, expected)) {
      violations_.AddText(path.JsonPath(), expected + " as a map key", path.map_key);
    } else if (SetField(value_field, path, value, entry)) {
      if (seen_.InsertKey(holder, map, json::detail::KeyText(entry, key_field))) return;
      violations_.Add(path.JsonPath(), "this key is given more than once");
    }
    holder.GetReflection()->RemoveLast(&holder, &map);
  }

  const QueryBinder& binder_;
  std::span<const std::string_view> captures_;
  Message& request_;
  json::Options& json_;
  Violations& violations_;
  const FormPart* part_ = nullptr;  // null: the parameter is of a query
  const json::Options* options_ = nullptr;
  SeenFields seen_;
  std::size_t near_names_ = 0;
  std::string name_text_;  // decoded
  std::string value_text_;
};

void QueryBinder::Bind(std::string_view query, std::span<const std::string_view> captures,
                       Message& request, json::Options& json, Violations& violations) const {
  if (query.empty()) return;
  Pass pass(*this, captures, request, json, violations);
  QuerySplitter splitter(query);
  QueryParameter parameter;
  while (splitter.Next(parameter)) pass.Take(parameter);
}

void QueryBinder::BindParts(std::span<const FormPart> parts, const json::Options& options,
                            Message& message, Violations& violations) const {
  json::Options none;
  Pass pass(*this, {}, message, none, violations);
  for (const FormPart& part : parts) pass.Take(part, options);
}

}  // namespace protorest::transcode
