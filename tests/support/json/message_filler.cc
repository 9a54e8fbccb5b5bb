#include "tests/support/json/message_filler.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace protorest {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <class T, std::size_t kCount>
T OneOf(const T (&values)[kCount], std::mt19937& random) {
  return values[random() % kCount];
}

template <class T>
T Integer(std::mt19937& random) {
  using Limits = std::numeric_limits<T>;
  return OneOf({T{0}, T{1}, static_cast<T>(random()), Limits::min(), Limits::max()}, random);
}

// Of float's precision, so that both types can take them.
double Decimal(std::mt19937& random) {
  using Limits = std::numeric_limits<double>;
  return OneOf({0.0, 1.5, -0.25, 1e20, 1.0 / 1024, Limits::infinity(), -Limits::infinity(),
                Limits::quiet_NaN()},
               random);
}

std::string Text(std::mt19937& random) {
  return OneOf<const char*>({"", "a", "quote \" and \\ \n\x01", "\xe2\x82\xac\xf0\x9f\x98\x80",
                             "a text that is longer than any register of the machine has room for"},
                            random);
}

int EnumNumber(const google::protobuf::EnumDescriptor& type, std::mt19937& random) {
  return type.value(static_cast<int>(random() % static_cast<unsigned>(type.value_count())))
      ->number();
}

// Also where `message` is a dynamic message, of which a well-known type is not a class.
void Assign(const Message& value, Message& message) {
  message.ParsePartialFromString(value.SerializePartialAsString());
}

void FillTimestamp(Message& message, std::mt19937& random) {
  google::protobuf::Timestamp time;
  time.set_seconds(OneOf({0L, 1700000000L, -62135596800L, 253402300799L}, random));
  time.set_nanos(OneOf({0, 1, 500000000}, random));
  Assign(time, message);
}

void FillDuration(Message& message, std::mt19937& random) {
  google::protobuf::Duration duration;
  const int sign = random() % 2 == 0 ? 1 : -1;
  duration.set_seconds(sign * OneOf({0L, 1L, 315576000000L}, random));
  duration.set_nanos(sign * OneOf({0, 1, 500000000, 999999999}, random));
  Assign(duration, message);
}

void FillFieldMask(Message& message, std::mt19937& random) {
  google::protobuf::FieldMask mask;
  for (unsigned count = random() % 3; count > 0; --count) {
    mask.add_paths(OneOf({"a", "foo_bar", "a.b_c.d1", "*", "labels.`x-y`"}, random));
  }
  Assign(mask, message);
}

// Of a well-known type, or of one without JSON code.
void FillAny(Message& message, std::mt19937& random) {
  google::protobuf::Any any;
  google::protobuf::FieldMask mask;
  google::protobuf::FieldDescriptorProto field;
  switch (random() % 3) {
    case 0:
      break;
    case 1:
      FillFieldMask(mask, random);
      any.PackFrom(mask);
      break;
    default:
      field.set_name(Text(random));
      field.set_number(Integer<std::int32_t>(random));
      any.PackFrom(field);
  }
  Assign(any, message);
}

void FillValue(Message& message, std::mt19937& random) {
  google::protobuf::Value value;
  switch (random() % 4) {
    case 0:
      value.set_null_value(google::protobuf::NULL_VALUE);
      break;
    case 1:
      value.set_string_value(Text(random));
      break;
    case 2:
      value.mutable_list_value()->add_values()->set_bool_value(true);
      break;
    default:
      (*value.mutable_struct_value()->mutable_fields())["k"].set_number_value(0.5);
  }
  Assign(value, message);
}

// One value for a singular field, or one more for a repeated one.
void FillField(Message& message, const FieldDescriptor& field, std::mt19937& random, int depth) {
  const Reflection& reflection = *message.GetReflection();
  const bool add = field.is_repeated();
  const auto put = [&](auto set, auto append, auto value) {
    if (add) {
      (reflection.*append)(&message, &field, value);
    } else {
      (reflection.*set)(&message, &field, value);
    }
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return put(&Reflection::SetInt32, &Reflection::AddInt32, Integer<std::int32_t>(random));
    case FieldDescriptor::CPPTYPE_INT64:
      return put(&Reflection::SetInt64, &Reflection::AddInt64, Integer<std::int64_t>(random));
    case FieldDescriptor::CPPTYPE_UINT32:
      return put(&Reflection::SetUInt32, &Reflection::AddUInt32, Integer<std::uint32_t>(random));
    case FieldDescriptor::CPPTYPE_UINT64:
      return put(&Reflection::SetUInt64, &Reflection::AddUInt64, Integer<std::uint64_t>(random));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return put(&Reflection::SetFloat, &Reflection::AddFloat, static_cast<float>(Decimal(random)));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return put(&Reflection::SetDouble, &Reflection::AddDouble, Decimal(random));
    case FieldDescriptor::CPPTYPE_BOOL:
      return put(&Reflection::SetBool, &Reflection::AddBool, random() % 2 == 0);
    case FieldDescriptor::CPPTYPE_ENUM:
      return put(&Reflection::SetEnumValue, &Reflection::AddEnumValue,
                 EnumNumber(*field.enum_type(), random));
    case FieldDescriptor::CPPTYPE_STRING:
      return put(&Reflection::SetString, &Reflection::AddString, Text(random));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      Fill(add ? *reflection.AddMessage(&message, &field)
               : *reflection.MutableMessage(&message, &field),
           random, depth - 1);
  }
}

// What google.api.field_behavior says, which is read from the options' bytes: its declaration need
// not be linked.
std::set<std::uint64_t> BehaviorsOf(const FieldDescriptor& field) {
  constexpr int kFieldBehavior = 1052;
  google::protobuf::UnknownFieldSet options;
  options.ParseFromString(field.options().SerializeAsString());
  std::set<std::uint64_t> behaviors;
  for (int i = 0; i < options.field_count(); ++i) {
    const auto& each = options.field(i);
    if (each.number() != kFieldBehavior) continue;
    if (each.type() == each.TYPE_VARINT) behaviors.insert(each.varint());
    if (each.type() != each.TYPE_LENGTH_DELIMITED) continue;
    behaviors.insert(each.length_delimited().begin(), each.length_delimited().end());
  }
  return behaviors;
}

// Whether every valid message has it, requests and responses alike.
bool IsRequired(const FieldDescriptor& field) {
  constexpr std::uint64_t kRequired = 2;
  constexpr std::uint64_t kOutputOnly = 3;
  constexpr std::uint64_t kInputOnly = 4;
  if (field.is_required()) return true;
  const auto* const oneof = field.real_containing_oneof();
  if (oneof != nullptr && oneof->field_count() > 1) return false;  // one of its members is
  const std::set<std::uint64_t> behaviors = BehaviorsOf(field);
  return behaviors.contains(kRequired) && !behaviors.contains(kOutputOnly) &&
         !behaviors.contains(kInputOnly);
}

bool IsFilled(const FieldDescriptor& field, std::mt19937& random, int depth) {
  if (IsRequired(field)) return true;
  if (depth <= 0 && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return false;
  return random() % 3 != 0;
}

std::string KeyOf(const Message& entry) {
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(entry, entry.GetDescriptor()->map_key(),
                                                        /*index=*/-1, &text);
  return text;
}

void FillMap(Message& message, const FieldDescriptor& field, std::mt19937& random, int depth) {
  const Reflection& reflection = *message.GetReflection();
  std::set<std::string> keys;
  for (int i = 0; i < 3; ++i) {
    Message& entry = *reflection.AddMessage(&message, &field);
    FillField(entry, *field.message_type()->map_key(), random, depth);
    FillField(entry, *field.message_type()->map_value(), random, depth);
    // JSON has each key once (rule J2).
    if (!keys.insert(KeyOf(entry)).second) reflection.RemoveLast(&message, &field);
  }
}

}  // namespace

void Fill(Message& message, std::mt19937& random, int depth) {
  const auto& descriptor = *message.GetDescriptor();
  switch (descriptor.well_known_type()) {
    case google::protobuf::Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return FillTimestamp(message, random);
    case google::protobuf::Descriptor::WELLKNOWNTYPE_DURATION:
      return FillDuration(message, random);
    case google::protobuf::Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return FillFieldMask(message, random);
    case google::protobuf::Descriptor::WELLKNOWNTYPE_ANY:
      return FillAny(message, random);
    case google::protobuf::Descriptor::WELLKNOWNTYPE_VALUE:
      return FillValue(message, random);
    default:
      break;
  }
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < descriptor.field_count(); ++i) fields.push_back(descriptor.field(i));
  descriptor.file()->pool()->FindAllExtensions(&descriptor, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!IsFilled(*field, random, depth)) continue;
    const auto* const oneof = field->real_containing_oneof();
    if (oneof != nullptr && message.GetReflection()->HasOneof(message, oneof)) continue;
    if (field->is_map()) {
      FillMap(message, *field, random, depth);
      continue;
    }
    const unsigned count = field->is_repeated() ? 1 + random() % 3 : 1;
    for (unsigned i = 0; i < count; ++i) FillField(message, *field, random, depth);
    // Of a required field without presence, the default is as good as nothing.
    const auto& reflection = *message.GetReflection();
    while (IsRequired(*field) && !field->is_repeated() && !reflection.HasField(message, field)) {
      FillField(message, *field, random, depth);
    }
  }
}

}  // namespace protorest
