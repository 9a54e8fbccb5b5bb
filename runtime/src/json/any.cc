// The mapping of Any: the message in it by its descriptor, with "@type" among its members (rules
// J30, J31).
#include <google/protobuf/any.pb.h>
#include <google/protobuf/arena.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/any_types.h"
#include "json/reflection.h"
#include "json/utf8_text.h"
#include "protorest/generated/json.h"

namespace protorest::json {
namespace {

using detail::AnyType;
using google::protobuf::Any;
using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr Field kValueMember[] = {{"value"}};

// Of memory on the stack for a content, which most are small enough for.
constexpr std::size_t kContentBlock = 512;

constexpr std::uint32_t kHasLength = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

// Consumes an object if it is empty.
bool IsEmpty(Reader& reader) {
  const char* const start = reader.position();
  if (Entries members(reader, true); !members.Next()) return true;
  reader.Leave();
  reader.Rewind(start);
  return false;
}

// Reads the value of "@type", which stands at `at`. Null, and noted, if it is not the URL of a type
// that is known.
const AnyType* ReadType(Reader& reader, const char* at, std::string* url) {
  constexpr char kExpected[] = "the URL of a message type that is known here";
  reader.Rewind(at);
  std::string_view text;
  if (!reader.ScratchString(kExpected, &text)) return nullptr;
  *url = text;
  const AnyType* const type = reader.any_types().finder().Find(text);
  if (type == nullptr) reader.MismatchAt(at, kExpected);
  return type;
}

// {"@type": …, "value": …}
template <class ReadValue>
void ReadWellKnown(Reader& reader, bool needed, ReadValue read) {
  reader.AllowTypeMember();
  Object<kValueMember> object(reader);
  bool found = false;
  while (object.Next(reader) != ObjectBase::kEnd) {
    read();
    found = true;
  }
  if (!found && needed) object.NoteMissing(0);
}

// The same content gives the same bytes.
void Pack(const Message& content, std::string* value) {
  value->clear();
  value->reserve(content.ByteSizeLong());  // else the stream doubles it time after time
  google::protobuf::io::StringOutputStream stream(value);
  CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  content.SerializePartialToCodedStream(&coded);
}

// Anys that hold each other, down to the content of the innermost one. Packed in one go: each by
// itself would copy that content once more.
struct Nested {
  std::vector<std::string> urls;  // the outermost one first; none for {}
  std::string value;              // of the innermost one
};

bool ReadNested(Reader& reader, Nested& nested);

// Reads the content of an Any of that type.
void ReadContent(Reader& reader, const AnyType& type, Nested& nested) {
  if (type.prototype == &Any::default_instance()) {
    return ReadWellKnown(reader, /*needed=*/true, [&] { ReadNested(reader, nested); });
  }
  const Codec* const codec = type.codec;
  // Millions of messages cost half as much on an arena.
  alignas(std::max_align_t) char block[kContentBlock];
  google::protobuf::Arena arena(block, sizeof block);
  Message& content = *type.prototype->New(&arena);
  if (type.under_value) {
    ReadWellKnown(reader, /*needed=*/true, [&] { codec->read(reader, content); });
  } else if (type.prototype == &google::protobuf::Empty::default_instance()) {
    // Written without a value, as most do; Go writes "value": {}.
    ReadWellKnown(reader, /*needed=*/false,
                  [&] { kCodec<google::protobuf::Empty>.read(reader, content); });
  } else {
    reader.AllowTypeMember();
    codec->read(reader, content);
  }
  if (!reader.failed()) Pack(content, &nested.value);
}

bool ReadNested(Reader& reader, Nested& nested) {
  if (reader.Peek() != '{') {
    reader.Mismatch("an object with \"@type\"");
    return false;
  }
  const char* const start = reader.position();
  const char* const type_at = reader.any_types().Find(reader);
  if (type_at == nullptr) {
    if (reader.failed() || IsEmpty(reader)) return reader.ok();
    reader.Mismatch("an object with \"@type\"");
    return false;
  }
  std::string url;
  const AnyType* const found = ReadType(reader, type_at, &url);
  reader.Rewind(start);
  if (found == nullptr) {
    reader.SkipValue();
    return false;
  }
  nested.urls.push_back(std::move(url));
  const AnyType type = *found;  // another may be looked for in the content
  ReadContent(reader, type, nested);
  return reader.ok();
}

// The bytes that a field of so many takes, with its tag and length; none if it is empty.
std::size_t SizeOfField(std::size_t size) {
  return size == 0 ? 0 : 1 + CodedOutputStream::VarintSize64(size) + size;
}

void WriteBegin(int number, std::size_t size, CodedOutputStream& to) {
  to.WriteTag(static_cast<std::uint32_t>(number) << 3 | kHasLength);
  to.WriteVarint64(size);
}

void PackNested(Nested nested, Any& message) {
  auto& urls = nested.urls;
  if (urls.empty()) return;
  message.set_type_url(std::move(urls[0]));
  if (urls.size() == 1) return message.set_value(std::move(nested.value));
  std::vector<std::size_t> sizes(urls.size(), nested.value.size());  // of the values
  for (std::size_t i = urls.size() - 1; i > 0; --i) {
    sizes[i - 1] = SizeOfField(urls[i].size()) + SizeOfField(sizes[i]);
  }
  message.mutable_value()->reserve(sizes[0]);
  google::protobuf::io::StringOutputStream stream(message.mutable_value());
  CodedOutputStream coded(&stream);
  for (std::size_t i = 1; i < urls.size(); ++i) {
    WriteBegin(Any::kTypeUrlFieldNumber, urls[i].size(), coded);
    coded.WriteString(urls[i]);
    if (sizes[i] != 0) WriteBegin(Any::kValueFieldNumber, sizes[i], coded);
  }
  coded.WriteString(nested.value);
}

// An Any whose parts stand elsewhere.
struct AnyView {
  std::string_view type_url;
  std::string_view value;
};

// Reads an Any in binary, without a copy: they may be in each other without end.
bool ParseAny(std::string_view bytes, AnyView* any) {
  *any = {};
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  const auto text = [&](std::string_view* to) {
    std::uint32_t size = 0;
    if (!in.ReadVarint32(&size) || size > bytes.size()) return false;
    *to = bytes.substr(static_cast<std::size_t>(in.CurrentPosition()), size);
    return in.Skip(static_cast<int>(size));
  };
  while (const std::uint32_t tag = in.ReadTag()) {
    const bool ok = tag == (Any::kTypeUrlFieldNumber << 3 | kHasLength) ? text(&any->type_url)
                    : tag == (Any::kValueFieldNumber << 3 | kHasLength)
                        ? text(&any->value)
                        : WireFormatLite::SkipField(&in, tag);
    if (!ok) return false;
  }
  return in.ConsumedEntireMessage();
}

// Messages in it may be in each other up to so many levels.
bool ParseContent(std::string_view bytes, int levels, Message& content) {
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  in.SetRecursionLimit(levels);
  return content.ParsePartialFromCodedStream(&in) && in.ConsumedEntireMessage();
}

void WriteContent(const AnyType& type, const Message& content, Writer& writer) {
  if (type.under_value) {
    writer.Key(kValueMember[0]);
    type.codec->write(content, writer);
  } else {
    const std::size_t begin = writer.Begin();
    type.codec->write(content, writer);
    writer.Unwrap(begin);
  }
}

void WriteAny(const AnyView& any, Writer& writer);

void WriteType(const AnyView& any, Writer& writer) {
  writer.Member(detail::kTypeMember);
  writer.Value(any.type_url);
}

// Writes the members. False: the value is not a message of the type.
bool WriteMembers(const AnyView& any, const AnyType& type, Writer& writer) {
  if (type.prototype == &Any::default_instance()) {
    AnyView inner;
    if (!ParseAny(any.value, &inner)) return false;
    WriteType(any, writer);
    writer.Key(kValueMember[0]);
    WriteAny(inner, writer);
    return true;
  }
  alignas(std::max_align_t) char block[kContentBlock];
  google::protobuf::Arena arena(block, sizeof block);
  Message& content = *type.prototype->New(&arena);
  if (!ParseContent(any.value, writer.any_levels_left(), content)) return false;
  WriteType(any, writer);
  WriteContent(type, content, writer);
  return true;
}

void WriteEntered(const AnyView& any, Writer& writer) {
  const std::size_t begin = writer.Begin();
  if (any.type_url.empty() && any.value.empty()) return writer.End(begin);
  const auto fail = [&](const std::string& before, const char* behind) {
    writer.Fail(before + "\"" + detail::Excerpt(any.type_url) + "\"" + behind);
  };
  const AnyType* const found = writer.any_type_finder().Find(any.type_url);
  if (found == nullptr) return fail("the type ", " is not known");
  const AnyType type = *found;  // another may be looked for in the content
  if (type.has_type_member) {
    return fail("the type ", " has a field that is called \"@type\", too");
  }
  if (!WriteMembers(any, type, writer)) return fail("the value is not a message of type ", "");
  writer.End(begin);
}

void WriteAny(const AnyView& any, Writer& writer) {
  if (!writer.EnterAny()) return;
  WriteEntered(any, writer);
  writer.LeaveAny();
}

}  // namespace

bool Mapping<Any>::Read(Reader& reader, Any& message) {
  if (reader.TakeUsed()) message.Clear();
  Nested nested;
  const bool ok = ReadNested(reader, nested);
  if (!reader.failed()) PackNested(std::move(nested), message);
  return ok;
}

void Mapping<Any>::Write(const Any& message, Writer& writer) {
  WriteAny({message.type_url(), message.value()}, writer);
}

}  // namespace protorest::json
