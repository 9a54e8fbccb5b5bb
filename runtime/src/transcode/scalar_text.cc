// Text to scalars by hand; text to well-known types through the JSON mapping.
#include "transcode/scalar_text.h"

#include <google/protobuf/util/field_comparator.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include "json/base64.h"
#include "json/number.h"
#include "json/search.h"
#include "json/utf8.h"
#include "protorest/json.h"
#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::FieldComparator;
using google::protobuf::util::MessageDifferencer;

// Rule Q25: digits, perhaps behind "-", and nothing else.
template <class Int>
bool ParseInteger(std::string_view text, Int& value, std::string& expected) {
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec == std::errc() && parsed.ptr == end) return true;
  expected = "an integer from " + std::to_string(std::numeric_limits<Int>::min()) + " to " +
             std::to_string(std::numeric_limits<Int>::max());
  return false;
}

template <class Float>
bool ParseFloat(std::string_view text, Float& value, std::string& expected) {
  constexpr Float kInfinity = std::numeric_limits<Float>::infinity();
  if (text == "NaN") {
    value = std::numeric_limits<Float>::quiet_NaN();
  } else if (text == "Infinity" || text == "-Infinity") {
    value = text[0] == '-' ? -kInfinity : kInfinity;
  } else {
    if (!json::detail::IsNumber(text)) {
      expected = "a number, NaN, Infinity or -Infinity";
      return false;
    }
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
      if (!json::detail::IsBelowOne(text)) {
        expected = std::is_same_v<Float, float> ? "a number that fits a float"
                                                : "a number that fits a double";
        return false;
      }
      value = text[0] == '-' ? -Float{0} : Float{0};  // nearer to zero than any other value
    }
  }
  return true;
}

bool ParseBool(std::string_view text, bool& value, std::string& expected) {
  value = text == "true";
  if (value || text == "false") return true;
  expected = "true or false";
  return false;
}

// A name, or a number (rules P20, Q14).
bool ParseEnum(std::string_view text, const FieldDescriptor& field, int& value,
               std::string& expected) {
  const EnumDescriptor& type = *field.enum_type();
  const bool number = !text.empty() && (IsDigit(text[0]) || text[0] == '-');
  if (number) {
    std::string ignored;
    if (ParseInteger(text, value, ignored) &&
        (!json::detail::IsClosed(field) || type.FindValueByNumber(value) != nullptr)) {
      return true;
    }
  } else if (const auto* named = type.FindValueByName(std::string(text))) {
    value = named->number();
    return true;
  }
  constexpr int kListed = 8;
  expected = "one of ";
  for (int i = 0; i < std::min(type.value_count(), kListed); ++i) {
    if (i > 0) expected += ", ";
    expected += type.value(i)->name();
  }
  if (type.value_count() > kListed) expected += " …";
  return false;
}

bool ParseBytes(std::string_view text, std::string& value, std::string& expected) {
  if (json::detail::DecodeBase64(text, &value)) return true;
  expected = "bytes in base64";
  return false;
}

bool IsText(std::string_view text, std::string& expected) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) continue;
    if (json::detail::IsUtf8(text)) return true;
    expected = "text in UTF-8";
    return false;
  }
  return true;
}

// Reads JSON into a well-known type, whichever class its message is of.
bool ReadJson(std::string_view text, Message& value) {
  return static_cast<bool>(json::Read(text, json::ReflectionCodec(), {}, value));
}

// Timestamp and Duration: the ProtoJSON text, with or without its quotes (rule Q15).
bool ReadQuoted(std::string_view text, Message& value) {
  if (text.find_first_of("\"\\") != text.npos) return ReadJson(text, value);
  std::string quoted;
  quoted.reserve(text.size() + 2);
  quoted.append(1, '"').append(text).append(1, '"');
  return ReadJson(quoted, value);
}

// `a,bC.dE` to the paths a and b_c.d_e (rule Q16); names as in the .proto pass unchanged, and "*",
// which is all fields (AIP-134).
bool ParseFieldMask(std::string_view text, Message& mask) {
  mask.Clear();
  const FieldDescriptor& paths = *mask.GetDescriptor()->FindFieldByNumber(1);
  if (text.empty()) return true;
  while (true) {
    const std::string_view path = text.substr(0, text.find(','));
    std::string name;
    bool in_name = false;
    for (const char c : path) {
      if (c >= 'A' && c <= 'Z') {
        name += '_';
      } else if (c == '.' ? !in_name : !IsLetter(c) && !IsDigit(c) && c != '_' && c != '*') {
        return false;
      }
      in_name = c != '.';
      name += ToLower(c);
    }
    if (!in_name) return false;
    mask.GetReflection()->AddString(&mask, &paths, std::move(name));
    if (path.size() == text.size()) return true;
    text.remove_prefix(path.size() + 1);
  }
}

bool ParseMessage(std::string_view text, Message& value, std::string& expected) {
  const Descriptor& type = *value.GetDescriptor();
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      expected = "a timestamp, \"2006-01-02T15:04:05Z\"";
      return ReadQuoted(text, value);
    case Descriptor::WELLKNOWNTYPE_DURATION:
      expected = "a duration in seconds, \"1.5s\"";
      return ReadQuoted(text, value);
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      expected = "field paths, \"name,address.street\"";
      return ParseFieldMask(text, value);
    case Descriptor::WELLKNOWNTYPE_VALUE:
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      expected = "JSON";
      return ReadJson(text, value);
    default:  // a wrapper, rule Q17: its value is its first field
      return SetFieldFromText(text, *type.FindFieldByNumber(1), value, expected);
  }
}

// Puts a parsed value where it belongs: `set` for singular fields, `add` for repeated ones.
template <class Value, class Set, class Add>
bool Put(const FieldDescriptor& field, Message& message, Value value, Set set, Add add) {
  const Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) {
    (reflection.*add)(&message, &field, std::move(value));
  } else {
    (reflection.*set)(&message, &field, std::move(value));
  }
  return true;
}

}  // namespace

bool SetFieldFromText(std::string_view text, const FieldDescriptor& field, Message& message,
                      std::string& expected) {
  const auto put = [&](auto value, auto set, auto add) {
    return Put(field, message, std::move(value), set, add);
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      std::int32_t value = 0;
      return ParseInteger(text, value, expected) &&
             put(value, &Reflection::SetInt32, &Reflection::AddInt32);
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      std::int64_t value = 0;
      return ParseInteger(text, value, expected) &&
             put(value, &Reflection::SetInt64, &Reflection::AddInt64);
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      std::uint32_t value = 0;
      return ParseInteger(text, value, expected) &&
             put(value, &Reflection::SetUInt32, &Reflection::AddUInt32);
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      std::uint64_t value = 0;
      return ParseInteger(text, value, expected) &&
             put(value, &Reflection::SetUInt64, &Reflection::AddUInt64);
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      double value = 0;
      return ParseFloat(text, value, expected) &&
             put(value, &Reflection::SetDouble, &Reflection::AddDouble);
    }
    case FieldDescriptor::CPPTYPE_FLOAT: {
      float value = 0;
      return ParseFloat(text, value, expected) &&
             put(value, &Reflection::SetFloat, &Reflection::AddFloat);
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      bool value = false;
      return ParseBool(text, value, expected) &&
             put(value, &Reflection::SetBool, &Reflection::AddBool);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      int value = 0;
      return ParseEnum(text, field, value, expected) &&
             put(value, &Reflection::SetEnumValue, &Reflection::AddEnumValue);
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value;
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        if (!ParseBytes(text, value, expected)) return false;
      } else {
        if (!IsText(text, expected)) return false;
        value = text;
      }
      return put(std::move(value), &Reflection::SetString, &Reflection::AddString);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Reflection& reflection = *message.GetReflection();
      Message& value = field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                           : *reflection.MutableMessage(&message, &field);
      return ParseMessage(text, value, expected);
    }
  }
  return false;
}

bool HoldsText(const Message& message, const FieldDescriptor& field, std::string_view text) {
  const std::unique_ptr<Message> other(message.New());
  std::string ignored;
  if (!SetFieldFromText(text, field, *other, ignored)) return false;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return MessageDifferencer::Equals(message.GetReflection()->GetMessage(message, &field),
                                      other->GetReflection()->GetMessage(*other, &field));
  }
  google::protobuf::util::DefaultFieldComparator comparator;
  comparator.set_treat_nan_as_equal(true);
  return comparator.Compare(message, *other, &field, -1, -1, nullptr) == FieldComparator::SAME;
}

bool IsScalarLike(const Descriptor& type) {
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
    case Descriptor::WELLKNOWNTYPE_DURATION:
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
    case Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
    case Descriptor::WELLKNOWNTYPE_FLOATVALUE:
    case Descriptor::WELLKNOWNTYPE_INT64VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT64VALUE:
    case Descriptor::WELLKNOWNTYPE_INT32VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT32VALUE:
    case Descriptor::WELLKNOWNTYPE_BOOLVALUE:
    case Descriptor::WELLKNOWNTYPE_STRINGVALUE:
    case Descriptor::WELLKNOWNTYPE_BYTESVALUE:
      return true;
    default:
      return false;
  }
}

bool IsTextField(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return true;
  const Descriptor& type = *field.message_type();
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_VALUE:
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return true;
    default:
      return IsScalarLike(type);
  }
}

}  // namespace protorest::transcode
