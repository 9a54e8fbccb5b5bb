#include "json/search.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <type_traits>
#include <vector>

namespace protorest::json::detail {
namespace {

constexpr std::size_t kMaxListed = 8;
constexpr std::size_t kMaxWritten = 64;  // longer keys have no near names

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Letters to insert, to leave out, to change, or to swap with the next one; of either case they are
// the same.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto same = [&](std::size_t at, std::size_t bt) {
        return Lower(a[at]) == Lower(b[bt]);
      };
      const std::size_t changed = last[j - 1] + (same(i - 1, j - 1) ? 0 : 1);
      row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// In the same order for both kinds of table.
std::vector<std::string_view> SortedNames(const EnumTable& table) {
  std::vector<std::string_view> names;
  if (table.descriptor != nullptr) {
    for (int i = 0; i < table.descriptor->value_count(); ++i) {
      names.push_back(table.descriptor->value(i)->name());
    }
  } else {
    for (const EnumValue& value : table.values) names.push_back(value.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

const google::protobuf::FieldDescriptor* FindByEitherName(
    const google::protobuf::Descriptor& message, std::string_view name) {
  const google::protobuf::FieldDescriptor* found = nullptr;
  for (int i = 0; i < message.field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = message.field(i);
    if (name == field->json_name()) return field;
    if (name == field->name()) found = field;
  }
  return found;
}

namespace {

// Protobuf of the editions knows, older ones have but syntaxes.
template <class FieldDescriptor>
bool IsClosedIn(const FieldDescriptor& field) {
  if constexpr (requires { field.legacy_enum_field_treated_as_closed(); }) {
    return field.legacy_enum_field_treated_as_closed();
  } else {
    return field.file()->syntax() == std::remove_pointer_t<decltype(field.file())>::SYNTAX_PROTO2;
  }
}

}  // namespace

bool IsClosed(const google::protobuf::FieldDescriptor& field) { return IsClosedIn(field); }

std::optional<std::int32_t> NumberOf(const EnumTable& table, std::string_view name) {
  if (table.descriptor != nullptr) {
    const auto* const value = table.descriptor->FindValueByName(std::string(name));
    return value == nullptr ? std::nullopt : std::optional<std::int32_t>(value->number());
  }
  if (table.by_name.empty()) {
    for (const EnumValue& value : table.values) {
      if (value.name == name) return value.number;
    }
    return std::nullopt;
  }
  const auto found = std::lower_bound(
      table.by_name.begin(), table.by_name.end(), name,
      [&](std::uint16_t index, std::string_view n) { return table.values[index].name < n; });
  if (found == table.by_name.end() || table.values[*found].name != name) return std::nullopt;
  return table.values[*found].number;
}

std::int32_t FirstOf(const EnumTable& table) {
  return table.descriptor != nullptr ? table.descriptor->value(0)->number()
                                     : table.values[0].number;
}

std::string_view NameOf(const EnumTable& table, std::int32_t number) {
  if (table.descriptor != nullptr) {
    const auto* const value = table.descriptor->FindValueByNumber(number);
    if (value == nullptr) return {};
    return value->name();
  }
  // Most enums count from zero without gaps or aliases.
  const auto index = static_cast<std::uint32_t>(number);
  if (index < table.values.size() && table.values[index].number == number &&
      (index == 0 || table.values[index - 1].number != number)) {
    return table.values[index].name;
  }
  const auto found =
      std::lower_bound(table.values.begin(), table.values.end(), number,
                       [](const EnumValue& value, std::int32_t n) { return value.number < n; });
  return found == table.values.end() || found->number != number ? std::string_view() : found->name;
}

std::string ExpectedNames(const EnumTable& table) {
  const std::vector<std::string_view> names = SortedNames(table);
  std::string text = names.size() > 1 ? "one of " : "";
  for (std::size_t i = 0; i < std::min(names.size(), kMaxListed); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  return names.size() > kMaxListed ? text + " …" : text;
}

std::string_view NearValueName(const EnumTable& table, std::string_view written) {
  NearName near(written);
  for (const std::string_view name : SortedNames(table)) near.Consider(name);
  return near.best();
}

NearName::NearName(std::string_view written)
    : written_(written),
      best_distance_(
          written.size() > kMaxWritten ? 0 : std::min<std::size_t>(written.size() / 3, 3) + 1) {}

void NearName::Consider(std::string_view candidate) {
  const std::size_t longer = std::max(candidate.size(), written_.size());
  const std::size_t shorter = std::min(candidate.size(), written_.size());
  if (longer - shorter >= best_distance_) return;
  const std::size_t distance = Distance(written_, candidate);
  if (distance >= best_distance_) return;
  best_ = candidate;
  best_distance_ = distance;
}

}  // namespace protorest::json::detail
