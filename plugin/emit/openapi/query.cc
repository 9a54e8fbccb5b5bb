// A walk over the request's fields; stops at what a query cannot carry (lists and maps of
// messages).
#include "plugin/emit/openapi/query.h"

#include <algorithm>
#include <string>
#include <utility>

#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/comments.h"
#include "plugin/emit/openapi/default_value.h"
#include "plugin/emit/openapi/oneof.h"
#include "plugin/emit/openapi/update.h"
#include "plugin/model/bindings.h"

namespace protorest::plugin::openapi {
namespace {

// How deep messages are gone into: less where that makes too many parameters for anyone to read.
constexpr std::size_t kMaxDepth = 4;
constexpr std::size_t kMaxParameters = 500;

enum class Form { kLeaf, kJsonText, kNested, kNone };

Form FormOf(const Message& message) {
  switch (message.well_known) {
    case WellKnown::kNone:
      return Form::kNested;
    case WellKnown::kStruct:
    case WellKnown::kValue:
    case WellKnown::kListValue:
      return Form::kJsonText;
    case WellKnown::kAny:
    case WellKnown::kEmpty:
      return Form::kNone;
    default:
      return Form::kLeaf;
  }
}

Form FormOf(const Field& field) {
  const Field& element = field.map ? field.message->fields[1] : field;
  if (element.message == nullptr) return Form::kLeaf;
  const Form form = FormOf(*element.message);
  // A list or map of what is more than a word has no place in a query.
  return field.repeated && form != Form::kLeaf ? Form::kNone : form;
}

class QueryBuilder {
 public:
  QueryBuilder(const Method& method, const HttpBinding& binding, SchemaBuilder* schemas)
      : binding_(binding), filled_(FilledMask(method, binding)), schemas_(*schemas) {}

  std::vector<Parameter> Build(const Message& request) {
    const auto walk = [&] { Walk(request, "", /*required=*/true, /*deprecated=*/false); };
    counting_ = true;
    for (depth_ = kMaxDepth; depth_ > 0; --depth_) {
      count_ = 0;
      walk();
      if (count_ <= kMaxParameters) break;
    }
    counting_ = false;
    walk();
    return std::move(out_);
  }

 private:
  void Walk(const Message& message, const std::string& prefix, bool required, bool deprecated) {
    if (messages_.size() > depth_ || (counting_ && count_ > kMaxParameters)) return;
    if (std::find(messages_.begin(), messages_.end(), &message) != messages_.end()) return;
    messages_.push_back(&message);
    for (const Field& field : message.fields) {
      fields_.push_back(&field);
      Visit(field, prefix, required && IsRequired(field, message),
            deprecated || IsDeprecated(field));
      fields_.pop_back();
    }
    messages_.pop_back();
  }

  void Visit(const Field& field, const std::string& prefix, bool required, bool deprecated) {
    if (TakenByPathOrBody() || HasRival() || field.behavior.output_only || IsHidden(field)) return;
    const Form form = FormOf(field);
    if (form == Form::kNested) {
      Walk(*field.message, prefix + field.json_name + ".", required, deprecated);
    } else if (counting_) {
      count_ += form != Form::kNone ? 1 : 0;
    } else if (form != Form::kNone) {
      Add(field, prefix + field.json_name, required, deprecated);
      out_.back().json_text = form == Form::kJsonText;
    }
  }

  void Add(const Field& field, std::string name, bool required, bool deprecated) {
    Parameter parameter;
    parameter.name = std::move(name);
    parameter.in = "query";
    parameter.description = DescriptionOf(field.annotation.get(), field.comments);
    parameter.required = required && &field != filled_;
    if (&field == filled_) {
      parameter.description =
          JoinParagraphs(parameter.description, "Left out, it is the fields that a JSON body has.");
    }
    parameter.deprecated = deprecated;
    parameter.deep_object = field.map;
    parameter.schema = schemas_.OfParameter(field);
    AddDefault(field, &parameter.schema);
    out_.push_back(std::move(parameter));
  }

  bool TakenByPathOrBody() const {
    if (fields_.size() == 1 && fields_[0] == binding_.body_field) return true;
    return std::any_of(binding_.variables.begin(), binding_.variables.end(),
                       [this](const PathVariable& variable) { return variable.fields == fields_; });
  }

  // Whether path or body set another member of the field's oneof, of which only one can be set.
  bool HasRival() const {
    const Message& request = *messages_.front();
    const Field* const body = binding_.body_field;
    if (body != nullptr && SharedOneof(request, {&body, 1}, fields_) != nullptr) return true;
    return std::any_of(binding_.variables.begin(), binding_.variables.end(),
                       [&](const PathVariable& variable) {
                         return SharedOneof(request, variable.fields, fields_) != nullptr;
                       });
  }

  const HttpBinding& binding_;
  const Field* const filled_;  // the server does
  SchemaBuilder& schemas_;
  std::vector<const Message*> messages_;  // on the way to the field
  std::vector<const Field*> fields_;      // likewise, the field itself included
  std::vector<Parameter> out_;
  std::size_t depth_ = kMaxDepth;
  bool counting_ = false;  // rather than adding
  std::size_t count_ = 0;
};

}  // namespace

std::vector<Parameter> QueryParameters(const Method& method, const HttpBinding& binding,
                                       SchemaBuilder* schemas) {
  if (binding.body == "*") return {};
  return QueryBuilder(method, binding, schemas).Build(*method.request);
}

}  // namespace protorest::plugin::openapi
