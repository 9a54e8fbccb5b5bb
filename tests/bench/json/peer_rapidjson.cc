// Reading into RapidJSON's document and from there into the message; writing with its Writer.
#define RAPIDJSON_SSE2  // what every x86-64 has, as protorest uses it
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "json/base64.h"
#include "json/time.h"
#include "peers.h"

namespace protorest::bench {
namespace {

using rapidjson::Value;
using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

// Reading.

std::string_view Text(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

// The member, or null.
const Value* Find(const Value& object, const char* key) {
  const auto member = object.FindMember(key);
  return member == object.MemberEnd() ? nullptr : &member->value;
}

void Set(std::string* field, const Value& object, const char* key) {
  if (const Value* const value = Find(object, key)) *field = Text(*value);
}
double Number(const Value& object, const char* key) {
  const Value* const value = Find(object, key);
  return value == nullptr ? 0 : value->GetDouble();
}
bool Flag(const Value& object, const char* key) {
  const Value* const value = Find(object, key);
  return value != nullptr && value->GetBool();
}

void Read(const Value& object, User& message) {
  Set(message.mutable_id(), object, "id");
  Set(message.mutable_name(), object, "name");
  Set(message.mutable_email(), object, "email");
  message.set_age(static_cast<std::int32_t>(Number(object, "age")));
  if (const Value* const value = Find(object, "createdAt")) {
    const std::string_view text = Text(*value);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    message.set_created_at(number);
  }
}

void Read(const Value& object, Mixed::Item& message) {
  Set(message.mutable_sku(), object, "sku");
  Set(message.mutable_title(), object, "title");
  message.set_quantity(static_cast<std::int32_t>(Number(object, "quantity")));
  message.set_unit_price(Number(object, "unitPrice"));
  message.set_gift(Flag(object, "gift"));
}

void Read(const Value& object, Mixed& message) {
  Set(message.mutable_order_id(), object, "orderId");
  if (const Value* const value = Find(object, "customer"))
    Read(*value, *message.mutable_customer());
  if (const Value* const value = Find(object, "status")) {
    Mixed::Status status{};
    Mixed::Status_Parse(std::string(Text(*value)), &status);
    message.set_status(status);
  }
  if (const Value* const values = Find(object, "items")) {
    for (const Value& value : values->GetArray()) Read(value, *message.add_items());
  }
  if (const Value* const labels = Find(object, "labels")) {
    for (const auto& label : labels->GetObject()) {
      (*message.mutable_labels())[std::string(Text(label.name))] = Text(label.value);
    }
  }
  if (const Value* const value = Find(object, "placedAt")) {
    json::detail::Time time;
    json::detail::ParseTimestamp(Text(*value), &time);
    message.mutable_placed_at()->set_seconds(time.seconds);
    message.mutable_placed_at()->set_nanos(time.nanos);
  }
  if (const Value* const values = Find(object, "weights")) {
    for (const Value& value : values->GetArray()) message.add_weights(value.GetDouble());
  }
  if (const Value* const value = Find(object, "signature")) {
    json::detail::DecodeBase64(Text(*value), message.mutable_signature());
  }
  message.set_total(Number(object, "total"));
  if (const Value* const value = Find(object, "note")) {
    *message.mutable_note() = Text(*value);
  }
}

void Read(const Value& object, Profile::Address& message) {
  Set(message.mutable_street(), object, "street");
  Set(message.mutable_suite(), object, "suite");
  Set(message.mutable_city(), object, "city");
  Set(message.mutable_zipcode(), object, "zipcode");
  message.set_latitude(Number(object, "latitude"));
  message.set_longitude(Number(object, "longitude"));
}

void Read(const Value& object, Profile::Company& message) {
  Set(message.mutable_name(), object, "name");
  Set(message.mutable_catch_phrase(), object, "catchPhrase");
  Set(message.mutable_business(), object, "business");
}

void Read(const Value& object, Profile& message) {
  if (const Value* const value = Find(object, "user")) Read(*value, *message.mutable_user());
  if (const Value* const value = Find(object, "address")) Read(*value, *message.mutable_address());
  Set(message.mutable_phone(), object, "phone");
  Set(message.mutable_website(), object, "website");
  if (const Value* const value = Find(object, "company")) Read(*value, *message.mutable_company());
  if (const Value* const values = Find(object, "roles")) {
    for (const Value& value : values->GetArray()) *message.add_roles() = Text(value);
  }
  message.set_active(Flag(object, "active"));
}

void Read(const Value& object, ProfileList& message) {
  if (const Value* const values = Find(object, "profiles")) {
    for (const Value& value : values->GetArray()) Read(value, *message.add_profiles());
  }
}

void Read(const Value& object, Texts& message) {
  Set(message.mutable_author(), object, "author");
  Set(message.mutable_subject(), object, "subject");
  Set(message.mutable_body(), object, "body");
  if (const Value* const values = Find(object, "comments")) {
    for (const Value& value : values->GetArray()) *message.add_comments() = Text(value);
  }
}

template <class T>
bool ReadText(const std::string& text, T& message) {
  constexpr unsigned kStrict =
      rapidjson::kParseFullPrecisionFlag | rapidjson::kParseValidateEncodingFlag;
  message.Clear();
  rapidjson::Document document;
  document.Parse<kStrict>(text.data(), text.size());
  if (document.HasParseError() || !document.IsObject()) return false;
  Read(document, message);
  return true;
}

// Writing.

void Put(JsonWriter& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void Put(JsonWriter& writer, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  Put(writer, text);
}
void Key(JsonWriter& writer, std::string_view key) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}
void Put(JsonWriter& writer, std::string_view key, double value) {
  if (value == 0) return;
  Key(writer, key);
  writer.Double(value);
}
void Put(JsonWriter& writer, std::string_view key, std::int32_t value) {
  if (value == 0) return;
  Key(writer, key);
  writer.Int(value);
}
void Put(JsonWriter& writer, std::string_view key, bool value) {
  if (!value) return;
  Key(writer, key);
  writer.Bool(true);
}

void Write(JsonWriter& writer, const User& message) {
  writer.StartObject();
  Put(writer, "id", message.id());
  Put(writer, "name", message.name());
  Put(writer, "email", message.email());
  Put(writer, "age", message.age());
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), message.created_at()).ptr;
  Put(writer, "createdAt", std::string_view(digits.begin(), end));
  writer.EndObject();
}

void Write(JsonWriter& writer, const Mixed::Item& message) {
  writer.StartObject();
  Put(writer, "sku", message.sku());
  Put(writer, "title", message.title());
  Put(writer, "quantity", message.quantity());
  Put(writer, "unitPrice", message.unit_price());
  Put(writer, "gift", message.gift());
  writer.EndObject();
}

// As ProtoJSON asks for it: by key.
void WriteLabels(JsonWriter& writer, const google::protobuf::Map<std::string, std::string>& map) {
  std::vector<const google::protobuf::MapPair<std::string, std::string>*> labels;
  for (const auto& label : map) labels.push_back(&label);
  std::sort(labels.begin(), labels.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  writer.StartObject();
  for (const auto* label : labels) {
    Key(writer, label->first);
    Put(writer, label->second);
  }
  writer.EndObject();
}

void Write(JsonWriter& writer, const Mixed& message) {
  writer.StartObject();
  Put(writer, "orderId", message.order_id());
  Key(writer, "customer");
  Write(writer, message.customer());
  Put(writer, "status", Mixed::Status_Name(message.status()));
  Key(writer, "items");
  writer.StartArray();
  for (const Mixed::Item& item : message.items()) Write(writer, item);
  writer.EndArray();
  Key(writer, "labels");
  WriteLabels(writer, message.labels());
  std::array<char, json::detail::kMaxTime> time;
  const char* const end = json::detail::WriteTimestamp(
      {message.placed_at().seconds(), message.placed_at().nanos()}, time.data());
  Put(writer, "placedAt", std::string_view(time.data(), end));
  Key(writer, "weights");
  writer.StartArray();
  for (const double weight : message.weights()) writer.Double(weight);
  writer.EndArray();
  std::string signature(json::detail::Base64Size(message.signature().size()), '\0');
  json::detail::EncodeBase64(message.signature(), signature.data());
  Put(writer, "signature", signature);
  Put(writer, "total", message.total());
  Put(writer, "note", message.note());
  writer.EndObject();
}

void Write(JsonWriter& writer, const Profile::Address& message) {
  writer.StartObject();
  Put(writer, "street", message.street());
  Put(writer, "suite", message.suite());
  Put(writer, "city", message.city());
  Put(writer, "zipcode", message.zipcode());
  Put(writer, "latitude", message.latitude());
  Put(writer, "longitude", message.longitude());
  writer.EndObject();
}

void Write(JsonWriter& writer, const Profile::Company& message) {
  writer.StartObject();
  Put(writer, "name", message.name());
  Put(writer, "catchPhrase", message.catch_phrase());
  Put(writer, "business", message.business());
  writer.EndObject();
}

void WriteAll(JsonWriter& writer, std::string_view key,
              const google::protobuf::RepeatedPtrField<std::string>& texts) {
  if (texts.empty()) return;
  Key(writer, key);
  writer.StartArray();
  for (const std::string& text : texts) Put(writer, text);
  writer.EndArray();
}

void Write(JsonWriter& writer, const Profile& message) {
  writer.StartObject();
  Key(writer, "user");
  Write(writer, message.user());
  Key(writer, "address");
  Write(writer, message.address());
  Put(writer, "phone", message.phone());
  Put(writer, "website", message.website());
  Key(writer, "company");
  Write(writer, message.company());
  WriteAll(writer, "roles", message.roles());
  Put(writer, "active", message.active());
  writer.EndObject();
}

void Write(JsonWriter& writer, const ProfileList& message) {
  writer.StartObject();
  Key(writer, "profiles");
  writer.StartArray();
  for (const Profile& profile : message.profiles()) Write(writer, profile);
  writer.EndArray();
  writer.EndObject();
}

void Write(JsonWriter& writer, const Texts& message) {
  writer.StartObject();
  Put(writer, "author", message.author());
  Put(writer, "subject", message.subject());
  Put(writer, "body", message.body());
  WriteAll(writer, "comments", message.comments());
  writer.EndObject();
}

template <class T>
std::string_view WriteText(const T& message) {
  static rapidjson::StringBuffer buffer;
  buffer.Clear();
  JsonWriter writer(buffer);
  Write(writer, message);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

bool RapidjsonRead(const std::string& text, User& message) { return ReadText(text, message); }
bool RapidjsonRead(const std::string& text, Mixed& message) { return ReadText(text, message); }
bool RapidjsonRead(const std::string& text, ProfileList& message) {
  return ReadText(text, message);
}
bool RapidjsonRead(const std::string& text, Texts& message) { return ReadText(text, message); }

std::string_view RapidjsonWrite(const User& message) { return WriteText(message); }
std::string_view RapidjsonWrite(const Mixed& message) { return WriteText(message); }
std::string_view RapidjsonWrite(const ProfileList& message) { return WriteText(message); }
std::string_view RapidjsonWrite(const Texts& message) { return WriteText(message); }

std::string RapidjsonBuild() { return RAPIDJSON_VERSION_STRING ", SSE2"; }

}  // namespace protorest::bench
