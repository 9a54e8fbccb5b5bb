// Walks the segments of a template once, variables alongside.
#include "plugin/emit/openapi/paths.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/comments.h"

namespace protorest::plugin::openapi {
namespace {

using Kind = PathSegment::Kind;

// A literal as it stands in a URL; braces too are escaped, they mean parameters.
std::string EncodeLiteral(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte) != 0) || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 0xF]};
    }
  }
  return out;
}

// The text of a variable's template: "shelves/*/books/*".
std::string TemplateText(const HttpBinding& binding, const PathVariable& variable) {
  std::string text;
  for (int i = variable.begin; i < variable.end; ++i) {
    const PathSegment& segment = binding.segments[static_cast<std::size_t>(i)];
    if (i > variable.begin) text += '/';
    text += segment.kind == Kind::kLiteral  ? segment.literal
            : segment.kind == Kind::kSingle ? "*"
                                            : "**";
  }
  return text;
}

// "book_name" of {book.name}: names of parameters have no dots, linters say.
std::string NameOf(const PathVariable& variable) {
  std::string name = variable.field_path;
  std::ranges::replace(name, '.', '_');
  return name;
}

class PathBuilder {
 public:
  PathBuilder(const HttpBinding& binding, SchemaBuilder* schemas)
      : binding_(binding), schemas_(*schemas) {}

  PathAndParameters Build() {
    const int count = static_cast<int>(binding_.segments.size());
    for (int i = 0; i < count; ++i) AddSegment(i);
    if (count == 0) out_.path = "/";
    if (!binding_.path_verb.empty()) out_.path += ":" + EncodeLiteral(binding_.path_verb);
    return std::move(out_);
  }

 private:
  void AddSegment(int index) {
    const PathSegment& segment = binding_.segments[static_cast<std::size_t>(index)];
    out_.path += '/';
    if (segment.kind == Kind::kLiteral) {
      out_.path += EncodeLiteral(segment.literal);
      return;
    }
    const PathVariable* variable = VariableAt(index);
    Parameter parameter;
    if (variable != nullptr && variable->end - variable->begin == 1) {
      parameter = OfField(*variable);
    } else {
      parameter = OfWildcard(index, variable);
    }
    parameter.in = "path";
    parameter.required = true;
    parameter.multi_segment = segment.kind == Kind::kMulti;
    if (parameter.multi_segment) {
      parameter.description =
          JoinParagraphs(parameter.description, "May hold slashes, and may be empty.");
    }
    out_.path += "{" + parameter.name + "}";
    out_.parameters.push_back(std::move(parameter));
  }

  const PathVariable* VariableAt(int index) const {
    for (const PathVariable& variable : binding_.variables) {
      if (variable.begin <= index && index < variable.end) return &variable;
    }
    return nullptr;
  }

  Parameter OfField(const PathVariable& variable) {
    const Field& field = *variable.fields.back();
    Parameter parameter;
    const std::string given = PathNameOf(field);
    parameter.name = Unique(given.empty() ? NameOf(variable) : given);
    parameter.description = DescriptionOf(field.annotation.get(), field.comments);
    parameter.deprecated = IsDeprecated(field);
    parameter.schema = schemas_.OfParameter(field);
    return parameter;
  }

  Parameter OfWildcard(int index, const PathVariable* variable) {
    Parameter parameter;
    parameter.name = Unique(WildcardName(index, variable));
    if (variable != nullptr) {
      parameter.description = "A part of `" + variable->field_path + "`, which is `" +
                              TemplateText(binding_, *variable) + "`.";
    }
    parameter.schema = TypeSchema("string");
    return parameter;
  }

  // "shelves_id" after the literal "shelves", as Google's discovery documents do ("shelvesId").
  std::string WildcardName(int index, const PathVariable* variable) const {
    std::string given = variable != nullptr ? PathNameOf(*variable->fields.back()) : "";
    if (!given.empty()) return given;
    const bool first = variable != nullptr ? index == variable->begin : index == 0;
    const PathSegment* before =
        first ? nullptr : &binding_.segments[static_cast<std::size_t>(index - 1)];
    if (before == nullptr || before->kind != Kind::kLiteral) {
      return variable != nullptr ? NameOf(*variable) : "segment";
    }
    std::string name = before->literal;
    for (char& c : name) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80 || std::isalnum(byte) == 0) c = '_';
    }
    return name + "_id";
  }

  std::string Unique(const std::string& name) const {
    std::string unique = name;
    for (int i = 2; Taken(unique); ++i) unique = name + "_" + std::to_string(i);
    return unique;
  }

  bool Taken(const std::string& name) const {
    return std::any_of(out_.parameters.begin(), out_.parameters.end(),
                       [&](const Parameter& each) { return each.name == name; });
  }

  const HttpBinding& binding_;
  SchemaBuilder& schemas_;
  PathAndParameters out_;
};

}  // namespace

PathAndParameters BuildPath(const HttpBinding& binding, SchemaBuilder* schemas) {
  return PathBuilder(binding, schemas).Build();
}

}  // namespace protorest::plugin::openapi
