// The mappings of Timestamp, Duration, FieldMask, Empty and the wrappers.
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include "json/time.h"
#include "json/utf8_text.h"
#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_well_known.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

using google::protobuf::BoolValue;
using google::protobuf::BytesValue;
using google::protobuf::DoubleValue;
using google::protobuf::Duration;
using google::protobuf::Empty;
using google::protobuf::FieldMask;
using google::protobuf::FloatValue;
using google::protobuf::Int32Value;
using google::protobuf::Int64Value;
using google::protobuf::StringValue;
using google::protobuf::Timestamp;
using google::protobuf::UInt32Value;
using google::protobuf::UInt64Value;

constexpr char kTimestamp[] = "a timestamp like \"2024-02-29T12:30:00.5Z\"";
constexpr char kDuration[] = "a duration in seconds like \"1.5s\"";
constexpr char kFieldMask[] = "paths in lowerCamelCase with commas between them";

template <class T>
bool ReadTime(Reader& reader, T& message, bool (*parse)(std::string_view, detail::Time*),
              std::string_view expected) {
  if (reader.TakeUsed()) message.Clear();
  reader.Peek();
  const char* const start = reader.position();
  std::string_view text;
  if (!reader.ScratchString(expected, &text)) return false;
  detail::Time time;
  if (!parse(text, &time)) {
    reader.MismatchAt(start, expected);
    return false;
  }
  message.set_seconds(time.seconds);
  message.set_nanos(time.nanos);
  return true;
}

template <class T>
void WriteTime(const T& message, Writer& writer, char* (*write)(const detail::Time&, char*),
               std::string_view type) {
  char text[detail::kMaxTime];
  const char* const end = write({message.seconds(), message.nanos()}, text);
  if (end == nullptr) {
    writer.Fail("seconds " + std::to_string(message.seconds()) + " and nanos " +
                std::to_string(message.nanos()) + " are out of the range of " + std::string(type));
    return;
  }
  writer.Value(std::string_view(text, static_cast<std::size_t>(end - text)));
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// fooBar.baz to foo_bar.baz (rule J29).
bool SnakeCase(std::string_view camel, std::string* snake) {
  for (const char c : camel) {
    if (c == '_') return false;
    if (IsUpper(c)) {
      snake->push_back('_');
      snake->push_back(static_cast<char>(c | 0x20));
    } else {
      snake->push_back(c);
    }
  }
  return !camel.empty();
}

// The other way; false where the result would not read back as the path (rule J48).
bool CamelCase(std::string_view snake, std::string* camel) {
  for (std::size_t i = 0; i < snake.size(); ++i) {
    if (IsUpper(snake[i]) || snake[i] == ',') return false;
    if (snake[i] != '_') {
      camel->push_back(snake[i]);
      continue;
    }
    if (++i == snake.size() || !IsLower(snake[i])) return false;
    camel->push_back(static_cast<char>(snake[i] & ~0x20));
  }
  return !snake.empty();
}

// A wrapper is its bare value; null never reaches it but where a value must be.
bool Unwrap(Reader& reader, std::string_view expected) {
  if (reader.Peek() != 'n') return true;
  reader.Mismatch(expected);
  return false;
}

template <class T, class Value>
bool ReadWrapper(Reader& reader, T& message, Value (Reader::*read)(), std::string_view expected) {
  if (reader.TakeUsed()) message.Clear();
  if (Unwrap(reader, expected)) message.set_value((reader.*read)());
  return reader.ok();
}

}  // namespace

bool Mapping<Timestamp>::Read(Reader& reader, Timestamp& message) {
  return ReadTime(reader, message, detail::ParseTimestamp, kTimestamp);
}
void Mapping<Timestamp>::Write(const Timestamp& message, Writer& writer) {
  WriteTime(message, writer, detail::WriteTimestamp, "Timestamp");
}

bool Mapping<Duration>::Read(Reader& reader, Duration& message) {
  return ReadTime(reader, message, detail::ParseDuration, kDuration);
}
void Mapping<Duration>::Write(const Duration& message, Writer& writer) {
  WriteTime(message, writer, detail::WriteDuration, "Duration");
}

bool Mapping<FieldMask>::Read(Reader& reader, FieldMask& message) {
  if (reader.TakeUsed()) message.Clear();
  reader.Peek();
  const char* const start = reader.position();
  std::string_view text;
  if (!reader.ScratchString(kFieldMask, &text)) return false;
  if (text.empty()) return true;
  for (;;) {
    const std::size_t comma = text.find(',');
    if (!SnakeCase(text.substr(0, comma), message.add_paths())) {
      reader.MismatchAt(start, kFieldMask);
      return false;
    }
    if (comma == text.npos) return true;
    text.remove_prefix(comma + 1);
  }
}
void Mapping<FieldMask>::Write(const FieldMask& message, Writer& writer) {
  std::string text;
  for (const std::string& path : message.paths()) {
    if (!text.empty()) text += ',';
    if (!CamelCase(path, &text)) {
      return writer.Fail("the path \"" + detail::Excerpt(path) +
                         "\" does not read back from lowerCamelCase");
    }
  }
  writer.Value(text);
}

bool Mapping<Empty>::Read(Reader& reader, Empty& message) {
  if (reader.TakeUsed()) message.Clear();
  EmptyObject<> object(reader);
  while (object.Next(reader) != ObjectBase::kEnd) {
  }
  return reader.ok();
}
void Mapping<Empty>::Write(const Empty&, Writer& writer) { writer.End(writer.Begin()); }

bool Mapping<BoolValue>::Read(Reader& reader, BoolValue& message) {
  return ReadWrapper(reader, message, &Reader::Bool, "true or false");
}
void Mapping<BoolValue>::Write(const BoolValue& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<DoubleValue>::Read(Reader& reader, DoubleValue& message) {
  return ReadWrapper(reader, message, &Reader::Double, "a number");
}
void Mapping<DoubleValue>::Write(const DoubleValue& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<FloatValue>::Read(Reader& reader, FloatValue& message) {
  return ReadWrapper(reader, message, &Reader::Float, "a number");
}
void Mapping<FloatValue>::Write(const FloatValue& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<Int32Value>::Read(Reader& reader, Int32Value& message) {
  return ReadWrapper(reader, message, &Reader::Int32, "an integer");
}
void Mapping<Int32Value>::Write(const Int32Value& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<Int64Value>::Read(Reader& reader, Int64Value& message) {
  return ReadWrapper(reader, message, &Reader::Int64, "an integer");
}
void Mapping<Int64Value>::Write(const Int64Value& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<UInt32Value>::Read(Reader& reader, UInt32Value& message) {
  return ReadWrapper(reader, message, &Reader::Uint32, "an integer");
}
void Mapping<UInt32Value>::Write(const UInt32Value& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<UInt64Value>::Read(Reader& reader, UInt64Value& message) {
  return ReadWrapper(reader, message, &Reader::Uint64, "an integer");
}
void Mapping<UInt64Value>::Write(const UInt64Value& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<StringValue>::Read(Reader& reader, StringValue& message) {
  if (reader.TakeUsed()) message.Clear();
  if (Unwrap(reader, "a string")) reader.String(message.mutable_value());
  return reader.ok();
}
void Mapping<StringValue>::Write(const StringValue& message, Writer& writer) {
  writer.Value(message.value());
}

bool Mapping<BytesValue>::Read(Reader& reader, BytesValue& message) {
  if (reader.TakeUsed()) message.Clear();
  if (Unwrap(reader, "base64 in a string")) reader.Bytes(message.mutable_value());
  return reader.ok();
}
void Mapping<BytesValue>::Write(const BytesValue& message, Writer& writer) {
  writer.BytesValue(message.value());
}

}  // namespace protorest::json
