#include "json/tables.h"

#include <algorithm>

#include "json/escape.h"

namespace protorest::json::detail {
namespace {

// From so many names on a key is searched by halves; the generator uses the same number.
constexpr int kManyFields = 12;

std::unique_ptr<MessageTable> MakeTable(const google::protobuf::Descriptor& descriptor) {
  auto table = std::make_unique<MessageTable>();
  table->lookup.extendable = descriptor.extension_range_count() > 0;
  table->fields.reserve(static_cast<std::size_t>(descriptor.field_count()));
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const auto& field = *descriptor.field(i);
    std::string escaped;
    EscapeName(field.json_name(), &escaped);
    const std::string& json = table->names.emplace_back(std::move(escaped));
    std::string_view proto;
    if (field.name() != json) proto = field.name();
    table->fields.emplace_back(json, proto);
  }
  if (descriptor.field_count() <= kManyFields) return table;
  const auto name = [&](std::uint16_t entry) {
    const Field& field = table->fields[entry / 2];
    return entry % 2 == 0 ? field.json : field.proto;
  };
  for (std::size_t i = 0; i < table->fields.size(); ++i) {
    table->by_name.push_back(static_cast<std::uint16_t>(2 * i));
    if (table->fields[i].proto.empty()) continue;
    table->by_name.push_back(static_cast<std::uint16_t>(2 * i + 1));
  }
  std::sort(table->by_name.begin(), table->by_name.end(), [&](std::uint16_t a, std::uint16_t b) {
    const std::string_view x = name(a), y = name(b);
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  });
  table->lookup.by_name = table->by_name;
  return table;
}

}  // namespace

const MessageTable& TableCache::Of(const google::protobuf::Descriptor& descriptor) {
  auto& table = tables_[&descriptor];
  if (table == nullptr) table = MakeTable(descriptor);
  return *table;
}

EnumTable EnumOf(const google::protobuf::EnumDescriptor& descriptor) {
  EnumTable table;
  table.closed = descriptor.file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO2;
  table.descriptor = &descriptor;
  return table;
}

}  // namespace protorest::json::detail
