// "Not two of them" rather than "one of these shapes": generators of clients make nonsense of the
// latter, and pass over the former, which validators understand. Linters want to see that what is
// required is a property, in the very schema that requires it.
#include "plugin/emit/openapi/oneof.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "openapi/settle.h"
#include "plugin/emit/openapi/annotate.h"
#include "plugin/emit/openapi/keywords.h"
#include "plugin/emit/openapi/scalar_schema.h"
#include "plugin/emit/openapi/validation_keywords.h"
#include "plugin/model/validation_rules.h"

namespace protorest::plugin::openapi {
namespace {

constexpr std::size_t kFew = 4;  // of which all pairs are listed

// Fields of which at most one is set.
struct Group {
  std::vector<const Field*> fields;
  bool required = false;
};
using Fields = std::span<const Field* const>;

std::vector<Group> GroupsOf(const Message& message) {
  std::vector<Group> groups;
  for (const Oneof& oneof : message.oneofs) {
    Group& group = groups.emplace_back(Group{{}, oneof.required});
    for (const int index : oneof.fields) {
      group.fields.push_back(&message.fields[static_cast<std::size_t>(index)]);
    }
  }
  for (const MessageOneof& oneof : MessageOneofs(message.validation)) {
    Group& group = groups.emplace_back(Group{{}, oneof.required});
    for (const Field& field : message.fields) {
      if (std::ranges::find(oneof.fields, field.name) != oneof.fields.end()) {
        group.fields.push_back(&field);
      }
    }
  }
  return groups;
}

// What a value must be for the field to be set: one that knows no presence is set where it is not
// zero, and zero may be there all the same.
Schema SetValue(const Field& field) {
  Schema schema;
  // Room for the other form that the values may have.
  if (!field.repeated && field.enumeration != nullptr) {
    schema.other = std::make_shared<OtherForm>(
        OtherForm{std::string(protorest::openapi::kEnumNumbers), Schema()});
  } else if (const auto form = ScalarSchema(field.type).other; form && !field.repeated) {
    schema.other = std::make_shared<OtherForm>(OtherForm{form->option, Schema()});
  }
  AddKeywords(KeywordsOfSet(field), &schema);
  return schema;
}

Schema Set(Fields fields) {
  Schema schema;
  for (const Field* field : fields) {
    schema.properties.push_back({field->json_name, SetValue(*field), ""});
    schema.required.push_back(field->json_name);
  }
  return schema;
}

Schema AnyOf(std::vector<Schema> schemas) {
  if (schemas.size() == 1) return std::move(schemas.front());
  Schema schema;
  schema.any_of = std::move(schemas);
  return schema;
}

Schema OneSet(Fields fields) {
  std::vector<Schema> each;
  for (const Field* field : fields) each.push_back(Set({&field, 1}));
  return AnyOf(std::move(each));
}

// Two of a few are one of the pairs. Two of many are one of each half, or two of a half.
void AddTwoOf(Fields fields, std::vector<Schema>* out) {
  if (fields.size() <= kFew) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      for (std::size_t j = i + 1; j < fields.size(); ++j) {
        const Field* const pair[] = {fields[i], fields[j]};
        out->push_back(Set(pair));
      }
    }
    return;
  }
  const Fields first = fields.first(fields.size() / 2);
  const Fields second = fields.subspan(fields.size() / 2);
  Schema both;
  both.all_of = {OneSet(first), OneSet(second)};
  out->push_back(std::move(both));
  AddTwoOf(first, out);
  AddTwoOf(second, out);
}

const Schema* PropertyOf(const Field* field, const Schema& schema) {
  const auto found = std::ranges::find(schema.properties, field->json_name, &Property::name);
  return found == schema.properties.end() ? nullptr : &found->schema;
}

std::vector<const Field*> ShownOf(const Group& group, const Schema& schema) {
  std::vector<const Field*> shown;
  std::ranges::copy_if(group.fields, std::back_inserter(shown),
                       [&](const Field* field) { return PropertyOf(field, schema) != nullptr; });
  return shown;
}

}  // namespace

void RefuseTwoOfAOneof(const Message& message, Schema* schema) {
  std::vector<Schema> wrong;
  for (const Group& group : GroupsOf(message)) AddTwoOf(ShownOf(group, *schema), &wrong);
  if (!wrong.empty()) schema->not_any = std::make_shared<Schema>(AnyOf(std::move(wrong)));
}

void RequireOneofs(const Message& message, Schema* schema) {
  const auto goes_both_ways = [&](const Field* field) {
    const Schema* property = PropertyOf(field, *schema);
    return property != nullptr && !property->read_only && !property->write_only;
  };
  std::vector<Schema> needed;
  for (const Group& group : GroupsOf(message)) {
    // What is not here may be the one that is set.
    if (!group.required || !std::ranges::all_of(group.fields, goes_both_ways)) continue;
    const bool alone = group.fields.size() == 1 && group.fields[0]->oneof >= 0;  // see IsRequired()
    if (!alone && !group.fields.empty()) needed.push_back(OneSet(group.fields));
  }
  if (needed.size() == 1 && !needed.front().any_of.empty()) {
    schema->any_of = std::move(needed.front().any_of);
  } else {
    schema->all_of = std::move(needed);
  }
}

bool HasRequiredOneof(const Message& message) {
  return std::ranges::any_of(GroupsOf(message), &Group::required);
}

std::string OneofNote(const Message& message) {
  std::string note;
  for (const Group& group : GroupsOf(message)) {
    std::vector<const Field*> shown = group.fields;
    std::erase_if(shown, [](const Field* field) { return IsHidden(*field); });
    if (shown.size() < 2 && !group.required) continue;
    if (!note.empty()) note += "\n\n";
    note += group.required ? "Exactly one of" : "At most one of";
    for (const Field* field : shown) {
      note.append(field == shown.front() ? " `" : ", `").append(field->json_name).append("`");
    }
    note += " is set.";
  }
  return note;
}

bool IsRequired(const Field& field, const Message& message) {
  const Oneof* const oneof =
      field.oneof < 0 ? nullptr : &message.oneofs[static_cast<std::size_t>(field.oneof)];
  if (oneof != nullptr && oneof->fields.size() > 1) return false;
  return IsRequired(field) || IsListed(field, message) || (oneof != nullptr && oneof->required);
}

}  // namespace protorest::plugin::openapi
