// Each declaration is summed up by itself; a fingerprint is the sum of those that it covers, by
// name.
#include "schema/fingerprint.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace protorest::schema {
namespace {

namespace pb = google::protobuf;

// The options that count, by number: whether their types are known differs from place to place.
constexpr int kHttp = 72295728;  // google.api.http
constexpr int kMethod = 57600;   // protorest.method
constexpr int kBehavior = 1052;  // google.api.field_behavior
constexpr int kValidate = 1159;  // buf.validate: message, oneof and field

// FNV-1a, 64 bits, over texts with their lengths and numbers of 8 bytes.
class Sum {
 public:
  Sum& Add(std::string_view text) {
    Add(static_cast<std::int64_t>(text.size()));
    for (const char c : text) Mix(static_cast<unsigned char>(c));
    return *this;
  }
  Sum& Add(std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      Mix(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
    }
    return *this;
  }
  std::uint64_t value() const { return value_; }

 private:
  void Mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3; }

  std::uint64_t value_ = 0xcbf29ce484222325;
};

std::string Hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(value >> shift) & 15];
  return text;
}

// What `get` gives for 0, 1 … up to `count`.
template <class Get>
auto ListOf(int count, Get get) {
  std::vector<decltype(get(0))> list;
  list.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) list.push_back(get(i));
  return list;
}

bool IsBuiltIn(const pb::FileDescriptor& file) { return file.package() == "google.protobuf"; }

// Whether unknown numbers are refused. Protobuf of the editions knows, older ones have but
// syntaxes.
template <class EnumDescriptor>
bool IsClosed(const EnumDescriptor& descriptor) {
  if constexpr (requires { descriptor.is_closed(); }) {
    return descriptor.is_closed();
  } else {
    return descriptor.file()->syntax() !=
           std::remove_pointer_t<decltype(descriptor.file())>::SYNTAX_PROTO3;
  }
}

std::uint64_t SumOf(const pb::EnumDescriptor& enumeration) {
  auto values = ListOf(enumeration.value_count(), [&](int i) { return enumeration.value(i); });
  // Of aliases the first is what is written.
  std::ranges::stable_sort(values, {}, [](const auto* value) { return value->number(); });
  Sum sum;
  sum.Add("enum").Add(IsClosed(enumeration)).Add(enumeration.options().deprecated());
  for (const pb::EnumValueDescriptor* value : values) {
    sum.Add(value->number()).Add(value->name()).Add(value->options().deprecated());
  }
  return sum.value();
}

// Type, cardinality, names: what a field is without its options.
void AddShape(const pb::FieldDescriptor& field, Sum* sum) {
  sum->Add(field.number()).Add(field.name()).Add(field.json_name()).Add(field.type());
  sum->Add(field.is_map() ? "map" : "").Add(field.is_repeated()).Add(field.is_required());
  sum->Add(field.has_presence());
  const pb::OneofDescriptor* const oneof = field.real_containing_oneof();
  std::string_view oneof_name;
  if (oneof != nullptr) oneof_name = oneof->name();
  sum->Add(oneof_name);
  if (!field.has_default_value()) return;
  pb::FieldDescriptorProto proto;
  field.CopyTo(&proto);
  sum->Add(proto.default_value());
}

}  // namespace

// The option as its declaration encodes it: in one piece, whether or not it is known here. Where
// the declaration is not to be had, as it stands.
std::string Fingerprints::OptionOf(const pb::Message& options, int number,
                                   const pb::DescriptorPool& pool) {
  pb::UnknownFieldSet all;
  pb::UnknownFieldSet wanted;
  all.ParseFromString(options.SerializeAsString());
  for (int i = 0; i < all.field_count(); ++i) {
    if (all.field(i).number() == number) wanted.AddField(all.field(i));
  }
  std::string encoded;
  wanted.SerializeToString(&encoded);
  if (encoded.empty()) return encoded;
  const pb::Descriptor* type =
      pool.FindMessageTypeByName(std::string(options.GetDescriptor()->full_name()));
  if (type == nullptr || pool.FindExtensionByNumber(type, number) == nullptr) return encoded;

  const std::unique_ptr<pb::Message> known(factory_.GetPrototype(type)->New());
  pb::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(encoded.data()),
                                 static_cast<int>(encoded.size()));
  input.SetExtensionRegistry(&pool, &factory_);
  if (!known->MergePartialFromCodedStream(&input)) return encoded;
  std::string text;
  {
    pb::io::StringOutputStream stream(&text);
    pb::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    known->SerializePartialToCodedStream(&output);
  }
  return text;
}

Fingerprints::Part Fingerprints::MessagePart(const pb::Descriptor& message) {
  const pb::DescriptorPool& pool = *message.file()->pool();
  Part part;
  Sum sum;
  sum.Add("message").Add(message.extension_range_count() > 0).Add(message.options().deprecated());
  sum.Add(OptionOf(message.options(), kValidate, pool));
  for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
    const std::string rules = OptionOf(message.oneof_decl(i)->options(), kValidate, pool);
    if (!rules.empty()) sum.Add(message.oneof_decl(i)->name()).Add(rules);
  }

  auto fields = ListOf(message.field_count(), [&](int i) { return message.field(i); });
  std::ranges::sort(fields, {}, [](const auto* field) { return field->number(); });
  for (const pb::FieldDescriptor* field : fields) {
    AddShape(*field, &sum);
    sum.Add(field->options().deprecated());
    for (const int option : {kBehavior, kValidate}) {
      sum.Add(OptionOf(field->options(), option, pool));
    }
    if (field->is_map()) {
      AddShape(*field->message_type()->map_key(), &sum);
      field = field->message_type()->map_value();
      AddShape(*field, &sum);
    }
    if (field->message_type() != nullptr) {
      sum.Add(field->message_type()->full_name());
      part.messages.push_back(field->message_type());
    }
    if (field->enum_type() != nullptr) {
      sum.Add(field->enum_type()->full_name());
      part.enums.push_back(field->enum_type());
    }
  }
  part.sum = sum.value();
  return part;
}

Fingerprints::Part Fingerprints::ServicePart(const pb::ServiceDescriptor& service) {
  const pb::DescriptorPool& pool = *service.file()->pool();
  auto methods = ListOf(service.method_count(), [&](int i) { return service.method(i); });
  std::ranges::sort(methods, {}, [](const auto* method) { return method->name(); });
  Part part;
  Sum sum;
  sum.Add("service").Add(service.options().deprecated());
  for (const pb::MethodDescriptor* method : methods) {
    sum.Add(method->name());
    sum.Add(method->input_type()->full_name()).Add(method->client_streaming());
    sum.Add(method->output_type()->full_name()).Add(method->server_streaming());
    sum.Add(method->options().deprecated());
    for (const int option : {kHttp, kMethod}) sum.Add(OptionOf(method->options(), option, pool));
    part.messages.push_back(method->input_type());
    part.messages.push_back(method->output_type());
  }
  part.sum = sum.value();
  return part;
}

const Fingerprints::Part& Fingerprints::PartOf(const pb::Descriptor& message) {
  const auto found = messages_.find(&message);
  if (found != messages_.end()) return found->second;
  return messages_.emplace(&message, MessagePart(message)).first->second;
}

// `sums`, and those of everything that `used` leads to.
std::string Fingerprints::Total(Part used, Sums sums) {
  for (std::size_t next = 0; next < used.messages.size(); ++next) {
    const pb::Descriptor& message = *used.messages[next];
    if (IsBuiltIn(*message.file())) continue;
    const Part& part = PartOf(message);
    if (!sums.try_emplace(std::string(message.full_name()), part.sum).second) continue;
    used.messages.insert(used.messages.end(), part.messages.begin(), part.messages.end());
    used.enums.insert(used.enums.end(), part.enums.begin(), part.enums.end());
  }
  for (const pb::EnumDescriptor* enumeration : used.enums) {
    if (IsBuiltIn(*enumeration->file())) continue;
    sums.try_emplace(std::string(enumeration->full_name()), SumOf(*enumeration));
  }
  Sum total;
  for (const auto& [name, sum] : sums) total.Add(name).Add(static_cast<std::int64_t>(sum));
  return Hex(total.value());
}

std::string Fingerprints::Of(const pb::ServiceDescriptor& service) {
  Part part = ServicePart(service);
  const std::uint64_t sum = part.sum;
  return Total(std::move(part), {{std::string(service.full_name()), sum}});
}

std::string Fingerprints::Of(const pb::FileDescriptor& file) {
  Part all;
  Sums sums;
  for (int i = 0; i < file.service_count(); ++i) {
    const Part part = ServicePart(*file.service(i));
    sums.emplace(file.service(i)->full_name(), part.sum);
    all.messages.insert(all.messages.end(), part.messages.begin(), part.messages.end());
  }
  all.enums = ListOf(file.enum_type_count(), [&](int i) { return file.enum_type(i); });
  auto declared = ListOf(file.message_type_count(), [&](int i) { return file.message_type(i); });
  for (std::size_t next = 0; next < declared.size(); ++next) {
    const pb::Descriptor& message = *declared[next];
    if (message.options().map_entry()) continue;
    all.messages.push_back(&message);
    for (int i = 0; i < message.enum_type_count(); ++i) all.enums.push_back(message.enum_type(i));
    for (int i = 0; i < message.nested_type_count(); ++i) {
      declared.push_back(message.nested_type(i));
    }
  }
  return Total(std::move(all), std::move(sums));
}

}  // namespace protorest::schema
