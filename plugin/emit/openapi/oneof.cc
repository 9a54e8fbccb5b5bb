// "Not two of them" rather than "one of these shapes": generators of clients make nonsense of the
// latter, and pass over the former, which validators understand. Linters want to see that what is
// required is a property, in the very schema that requires it.
#include "plugin/emit/openapi/oneof.h"

#include <span>
#include <string>
#include <utility>

#include "plugin/emit/openapi/annotate.h"

namespace protorest::plugin::openapi {
namespace {

using Names = std::span<const std::string>;

constexpr std::size_t kFew = 4;  // of which all pairs are listed

Schema Required(std::vector<std::string> names) {
  Schema schema;
  for (const std::string& name : names) schema.properties.push_back({name, Schema(), ""});
  schema.required = std::move(names);
  return schema;
}

Schema AnyOf(std::vector<Schema> schemas) {
  if (schemas.size() == 1) return std::move(schemas.front());
  Schema schema;
  schema.any_of = std::move(schemas);
  return schema;
}

Schema AnyOfThem(Names names) {
  std::vector<Schema> each;
  for (const std::string& name : names) each.push_back(Required({name}));
  return AnyOf(std::move(each));
}

// Two of a few are one of the pairs. Two of many are one of each half, or two of a half.
void AddTwoOf(Names names, std::vector<Schema>* out) {
  if (names.size() <= kFew) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t j = i + 1; j < names.size(); ++j) {
        out->push_back(Required({names[i], names[j]}));
      }
    }
    return;
  }
  const Names first = names.first(names.size() / 2);
  const Names second = names.subspan(names.size() / 2);
  Schema both;
  both.all_of = {AnyOfThem(first), AnyOfThem(second)};
  out->push_back(std::move(both));
  AddTwoOf(first, out);
  AddTwoOf(second, out);
}

std::vector<std::string> NamesOf(const Oneof& oneof, const Message& message) {
  std::vector<std::string> names;
  for (const int index : oneof.fields) {
    const Field& field = message.fields[static_cast<std::size_t>(index)];
    if (!IsHidden(field)) names.push_back(field.json_name);
  }
  return names;
}

}  // namespace

std::shared_ptr<const Schema> TwoOfAOneof(const Message& message) {
  std::vector<Schema> cases;
  for (const Oneof& oneof : message.oneofs) AddTwoOf(NamesOf(oneof, message), &cases);
  return cases.empty() ? nullptr : std::make_shared<Schema>(AnyOf(std::move(cases)));
}

std::string OneofNote(const Message& message) {
  std::string note;
  for (const Oneof& oneof : message.oneofs) {
    const std::vector<std::string> names = NamesOf(oneof, message);
    if (names.size() < 2) continue;
    if (!note.empty()) note += "\n\n";
    note += oneof.required ? "Exactly one of" : "At most one of";
    for (const std::string& name : names) {
      note.append(&name == &names.front() ? " `" : ", `").append(name).append("`");
    }
    note += " is set.";
  }
  return note;
}

bool IsRequired(const Field& field, const Message& message) {
  const bool alone =
      field.oneof < 0 || message.oneofs[static_cast<std::size_t>(field.oneof)].fields.size() == 1;
  return alone && (IsRequired(field) || IsListed(field, message));
}

}  // namespace protorest::plugin::openapi
