#include "json/tables.h"

#include <algorithm>

#include "json/escape.h"
#include "json/reflection.h"
#include "json/search.h"

namespace protorest::json::detail {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// With more fields than these, finding names by hash pays for the making of its table.
constexpr int kManyFields = 12;

EnumTable EnumOf(const FieldDescriptor& field) {
  EnumTable table;
  table.closed = IsClosed(field);
  table.descriptor = field.enum_type();
  return table;
}

// `renamed`: some field of the type has a JSON name that the .proto gives it, which may be another
// one's own name: it means the former then.
void AddName(const FieldDescriptor& field, bool renamed, MessageTable& table) {
  std::string_view json = field.json_name();
  std::string buffer;
  if (EscapeName(json, &buffer) != json) json = table.escaped.emplace_back(std::move(buffer));
  std::string_view proto;
  const bool is_own =
      !renamed || FindByEitherName(*field.containing_type(), field.name()) == &field;
  if (field.name() != json && is_own) proto = field.name();
  table.names.emplace_back(json, proto);
}

std::unique_ptr<MessageTable> MakeTable(const Descriptor& descriptor) {
  auto table = std::make_unique<MessageTable>();
  table->codec = WellKnownCodec(descriptor);
  if (table->codec != nullptr) return table;
  const auto count = static_cast<std::size_t>(descriptor.field_count());
  bool renamed = false;
  for (int i = 0; i < descriptor.field_count(); ++i) {
    renamed |= descriptor.field(i)->has_json_name();
  }
  table->fields.reserve(count);
  table->names.reserve(count);
  for (int i = 0; i < descriptor.field_count(); ++i) {
    table->fields.emplace_back(*descriptor.field(i));
    AddName(*descriptor.field(i), renamed, *table);
    table->has_required |= descriptor.field(i)->is_required();
  }
  std::uint64_t mask = 0;
  if (descriptor.field_count() > kManyFields) {
    table->slots.resize(FieldLookup::SlotsFor(count));
    mask = FieldLookup::Fill(table->names, table->slots);
  }
  table->lookup = {table->slots, mask, descriptor.extension_range_count() > 0};
  return table;
}

}  // namespace

FieldTable::FieldTable(const FieldDescriptor& descriptor)
    : field(&descriptor),
      type(descriptor.cpp_type()),
      repeated(descriptor.is_repeated()),
      map(descriptor.is_map()),
      implicit(!repeated && !descriptor.has_presence()),
      bytes(descriptor.type() == FieldDescriptor::TYPE_BYTES),
      null_value(type == FieldDescriptor::CPPTYPE_ENUM &&
                 descriptor.enum_type()->full_name() == "google.protobuf.NullValue"),
      takes_null(null_value || (type == FieldDescriptor::CPPTYPE_MESSAGE &&
                                descriptor.message_type()->well_known_type() ==
                                    Descriptor::WELLKNOWNTYPE_VALUE)) {
  if (type == FieldDescriptor::CPPTYPE_ENUM) values = EnumOf(descriptor);
}

MessageTable& TableCache::Of(const Descriptor& descriptor) {
  auto& table = tables_[&descriptor];
  if (table == nullptr) table = MakeTable(descriptor);
  return *table;
}

bool TableCache::Add(const char* start, const FieldDescriptor& extension) {
  // What begins behind this object stands in it, and is over.
  while (!extensions_.empty() && extensions_.back().first > start) extensions_.pop_back();
  for (auto at = extensions_.rbegin(); at != extensions_.rend() && at->first == start; ++at) {
    if (at->second == &extension) return false;
  }
  extensions_.emplace_back(start, &extension);
  return true;
}

FieldTable* TableCache::FindExtension(const google::protobuf::Message& message,
                                      const std::string& name) {
  const Descriptor& type = *message.GetDescriptor();
  Extensions& extensions = extensions_of_[&type];
  const auto known = extensions.fields.find(name);
  if (known != extensions.fields.end()) return &known->second;
  const google::protobuf::DescriptorPool& pool = *type.file()->pool();
  const bool generated = &pool == google::protobuf::DescriptorPool::generated_pool();
  if (extensions.complete && generated) return nullptr;
  const FieldDescriptor* found = message.GetReflection()->FindKnownExtensionByName(name);
  // Which looked in the pool of the message's factory; that of a dynamic type may have others.
  if (found == nullptr && !generated) found = pool.FindExtensionByPrintableName(&type, name);
  if (found != nullptr) return &extensions.fields.emplace(name, *found).first->second;
  if (extensions.complete) return nullptr;
  // libprotobuf takes long to find nothing among the program's own, as it searches all files under
  // a lock: it is asked for all names once, not for each of a million. They are near names, too.
  std::vector<const FieldDescriptor*> all;
  pool.FindAllExtensions(&type, &all);
  for (const FieldDescriptor* extension : all) {
    extensions.fields.emplace(extension->full_name(), *extension);
    extensions.fields.emplace(extension->PrintableNameForExtension(), *extension);
  }
  extensions.complete = true;
  return nullptr;
}

std::vector<std::string> TableCache::ExtensionNames(
    const google::protobuf::Message& message) const {
  std::vector<std::string> names;
  const auto known = extensions_of_.find(message.GetDescriptor());
  if (known == extensions_of_.end()) return names;
  for (const auto& [name, field] : known->second.fields) names.push_back("[" + name + "]");
  std::sort(names.begin(), names.end());  // of names that are as near, the same one each time
  return names;
}

}  // namespace protorest::json::detail
