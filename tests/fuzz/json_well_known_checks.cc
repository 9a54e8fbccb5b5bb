#include "json_well_known_checks.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/time_util.h>
#include <google/protobuf/wrappers.pb.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"

namespace protorest::json::fuzz {
namespace {

using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;
using google::protobuf::util::TimeUtil;
using Json = nlohmann::json;

// The content as a T; null if it is none.
template <class T>
std::unique_ptr<Message> CheckInput(const Input& input) {
  return Check(input, Generated<T>(), Reflected<T>());
}

// Checks `input` as a T; where it is read, gives it to `meaning`, with the text.
template <class T, class Meaning>
void CheckType(const Input& input, Meaning meaning) {
  const std::unique_ptr<Message> message = CheckInput<T>(input);
  if (message != nullptr) meaning(static_cast<const T&>(*message));
}

// What `text` is to another parser; discarded if it is no JSON. That parser skips a byte order mark
// and takes a NUL for the end.
Json Parsed(std::string_view text) {
  if (text.starts_with('\xef') || text.find('\0') != text.npos) return Json::value_t::discarded;
  return Json::parse(text, nullptr, false);
}

bool InRange(std::int64_t seconds, std::int64_t min, std::int64_t max) {
  return seconds >= min && seconds <= max;
}

}  // namespace

void CheckTimestamp(const Input& input) {
  using google::protobuf::Timestamp;
  CheckType<Timestamp>(input, [&](const Timestamp& message) {
    Expect(
        InRange(message.seconds(), TimeUtil::kTimestampMinSeconds, TimeUtil::kTimestampMaxSeconds),
        "the timestamp is in range");
    Timestamp other;
    Expect(TimeUtil::FromString(Parsed(input.content).get<std::string>(), &other),
           "TimeUtil reads it");
    Expect(Bytes(other) == Bytes(message), "TimeUtil reads the same time");
    Expect(Parsed(Write(message)) == TimeUtil::ToString(message), "TimeUtil writes the same");
  });
}

void CheckDuration(const Input& input) {
  using google::protobuf::Duration;
  CheckType<Duration>(input, [&](const Duration& message) {
    Expect(InRange(message.seconds(), TimeUtil::kDurationMinSeconds, TimeUtil::kDurationMaxSeconds),
           "the duration is in range");
    Duration other;
    Expect(TimeUtil::FromString(Parsed(input.content).get<std::string>(), &other),
           "TimeUtil reads it");
    Expect(Bytes(other) == Bytes(message), "TimeUtil reads the same duration");
    Expect(Parsed(Write(message)) == TimeUtil::ToString(message), "TimeUtil writes the same");
  });
}

void CheckFieldMask(const Input& input) {
  using google::protobuf::FieldMask;
  CheckType<FieldMask>(input, [&](const FieldMask& message) {
    FieldMask other;
    const auto text = Parsed(input.content).get<std::string>();
    Expect(FieldMaskUtil::FromJsonString(text, &other), "FieldMaskUtil reads it");
    Expect(Bytes(other) == Bytes(message), "FieldMaskUtil reads the same paths");
    // Some paths have no JSON of their own: "_1", "__a" (rule J48).
    const std::string written = Write(message);
    Expect(written.empty() || Parsed(written) == text, "a mask is written as it was read");
  });
}

namespace {

// JSON is what a Value holds.
Json JsonOf(const google::protobuf::Value& value) {
  using google::protobuf::Value;
  switch (value.kind_case()) {
    case Value::kNumberValue:
      return value.number_value();
    case Value::kStringValue:
      return value.string_value();
    case Value::kBoolValue:
      return value.bool_value();
    case Value::kStructValue: {
      Json object = Json::object();
      for (const auto& [key, member] : value.struct_value().fields()) object[key] = JsonOf(member);
      return object;
    }
    case Value::kListValue: {
      Json array = Json::array();
      for (const Value& element : value.list_value().values()) array.push_back(JsonOf(element));
      return array;
    }
    default:
      return nullptr;
  }
}

}  // namespace

void CheckStruct(const Input& input) {
  using google::protobuf::Value;
  const auto value = CheckInput<Value>(input);
  const auto object = CheckInput<google::protobuf::Struct>(input);
  const auto list = CheckInput<google::protobuf::ListValue>(input);
  if (value == nullptr) {
    Expect(object == nullptr && list == nullptr, "what is no Value is neither of the others");
    Value again;
    const Result result = Read(input.content, &again);
    const std::string& problem = result.violations()[0].description;
    const bool valid_json = problem.starts_with("nested too deeply") ||
                            problem.starts_with("this key is in the map already");
    Expect(valid_json || Parsed(input.content).is_discarded(),
           "what is refused is no JSON, a key comes twice, or it nests too deeply");
    return;
  }
  const auto& typed = static_cast<const Value&>(*value);
  Expect(JsonOf(typed) == Parsed(input.content), "another parser reads the same");
  Expect((object != nullptr) == typed.has_struct_value(), "an object is a Struct");
  Expect((list != nullptr) == typed.has_list_value(), "an array is a ListValue");
}

void CheckAny(const Input& input) {
  using google::protobuf::Any;
  CheckType<Any>(input, [&](const Any& message) {
    if (message.type_url().empty()) return;
    const std::string written = Write(message);
    if (written.empty()) return;  // its content has no JSON: a Value of no kind
    const std::string head = "{\"@type\":" + Json(message.type_url()).dump();
    Expect(written.starts_with(head + ",") || written == head + "}", "the type comes first");
    // The members of an ordinary message are those that its own code writes.
    const auto check = [&](auto content) {
      if (!message.UnpackTo(&content)) return;
      std::string own = Write(content);
      Expect(!own.empty(), "what is in an Any is a message");
      own.replace(0, 1, own == "{}" ? head : head + ",");
      Expect(written == own, "an Any is its message with its type");
    };
    check(test::Kinds());
    check(test::Kinds2());
  });
}

namespace {

// Whether the C library and this one agree on a number without quotes, or with them.
template <class T>
void CheckNumber(const Input& input) {
  using Number = decltype(T().value());
  const auto message = CheckInput<T>(input);
  const Json json = Parsed(input.content);
  std::string text;
  if (json.is_string()) {
    text = json.get<std::string>();
    if (!Parsed(text).is_number() || text.find_first_of(" \t\r\n") != text.npos) return;
  } else if (json.is_number()) {
    text = std::string(input.content);
  } else {
    return Expect(message == nullptr || Write(static_cast<const T&>(*message))[0] == '"',
                  "what is read is a number or its name");
  }
  // Wide enough for every integer; a tie of double and float is broken by their own functions.
  long double wanted = std::strtold(text.c_str(), nullptr);
  if constexpr (std::is_same_v<Number, double>) wanted = std::strtod(text.c_str(), nullptr);
  if constexpr (std::is_same_v<Number, float>) wanted = std::strtof(text.c_str(), nullptr);
  if (message != nullptr) {
    const long double value = static_cast<const T&>(*message).value();
    Expect(value == wanted && std::signbit(value) == (std::signbit(wanted) &&
                                                      (value != 0 || !std::is_integral_v<Number>)),
           "the C library reads the same number");
    return;
  }
  const bool fits = wanted >= std::numeric_limits<Number>::lowest() &&
                    wanted <= std::numeric_limits<Number>::max();
  // A long text, or a far exponent, may hold a fraction that even the widest type does not show.
  const bool integer = std::is_integral_v<Number> && wanted == std::floor(wanted) &&
                       text.size() < 16 && text.find_first_of("eE") == text.npos;
  Expect(!fits || (std::is_integral_v<Number> && !integer), "a number that fits is read");
}

std::string Plain(std::string base64) {
  for (char& c : base64) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return base64.substr(0, base64.find('='));
}

void CheckTexts(const Input& input) {
  using google::protobuf::BytesValue;
  using google::protobuf::StringValue;
  const auto text = CheckInput<StringValue>(input);
  const Json json = Parsed(input.content);
  const bool string = json.is_string();
  Expect((text != nullptr) == string, "strings are read, and nothing else");
  if (string) {
    Expect(static_cast<const StringValue&>(*text).value() == json.get<std::string>(),
           "another parser reads the same text");
  }
  CheckType<BytesValue>(input, [&](const BytesValue& message) {
    Expect(string, "only strings are bytes");
    const std::string sent = Plain(json.get<std::string>());
    const std::string written = Plain(Parsed(Write(message)).get<std::string>());
    Expect(sent.size() == written.size(), "as much as was sent");
    // The last character may have bits that no byte takes.
    Expect(sent.empty() || sent.compare(0, sent.size() - 1, written, 0, sent.size() - 1) == 0,
           "what was sent");
  });
}

}  // namespace

void CheckWrappers(const Input& input) {
  CheckNumber<google::protobuf::Int32Value>(input);
  CheckNumber<google::protobuf::Int64Value>(input);
  CheckNumber<google::protobuf::UInt32Value>(input);
  CheckNumber<google::protobuf::UInt64Value>(input);
  CheckNumber<google::protobuf::FloatValue>(input);
  CheckNumber<google::protobuf::DoubleValue>(input);
  CheckTexts(input);
  CheckType<google::protobuf::BoolValue>(input, [&](const auto& message) {
    Expect(Parsed(input.content) == message.value(), "another parser reads the same");
  });
}

}  // namespace protorest::json::fuzz
