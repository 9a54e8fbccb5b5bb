// The mapping of Any: the message in it by its descriptor, with "@type" among its members (rules
// J30, J31).
#include <google/protobuf/any.pb.h>
#include <google/protobuf/arena.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "json/any_types.h"
#include "json/reflection.h"
#include "json/utf8_text.h"
#include "protorest/generated/json.h"

namespace protorest::json {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;
using google::protobuf::io::CodedOutputStream;

constexpr Field kValueMember[] = {{"value"}};

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
const Message* ReadType(Reader& reader, const char* at, std::string* url) {
  constexpr char kExpected[] = "the URL of a message type that is known here";
  reader.Rewind(at);
  std::string_view text;
  if (!reader.ScratchString(kExpected, &text)) return nullptr;
  *url = text;
  const Message* const prototype = reader.any_types().Prototype(text);
  if (prototype == nullptr) reader.MismatchAt(at, kExpected);
  return prototype;
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
void ReadContent(Reader& reader, const Message& prototype, Nested& nested) {
  const auto* const type = prototype.GetDescriptor();
  if (type == Any::descriptor()) {
    return ReadWellKnown(reader, /*needed=*/true, [&] { ReadNested(reader, nested); });
  }
  // Millions of messages cost half as much on an arena, and small ones fit on the stack.
  alignas(std::max_align_t) char block[512];
  google::protobuf::Arena arena(block, sizeof block);
  Message& content = *prototype.New(&arena);
  if (const Codec* const codec = detail::WellKnownCodec(*type)) {
    ReadWellKnown(reader, /*needed=*/true, [&] { codec->read(reader, content); });
  } else if (type == google::protobuf::Empty::descriptor()) {
    // Written without a value, as most do; Go writes "value": {}.
    ReadWellKnown(reader, /*needed=*/false,
                  [&] { kCodec<google::protobuf::Empty>.read(reader, content); });
  } else {
    reader.AllowTypeMember();
    detail::ReadMessage(reader, content);
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
  const Message* const prototype = ReadType(reader, type_at, &url);
  reader.Rewind(start);
  if (prototype == nullptr) {
    reader.SkipValue();
    return false;
  }
  nested.urls.push_back(std::move(url));
  ReadContent(reader, *prototype, nested);
  return reader.ok();
}

// The bytes that a field of so many takes, with its tag and length; none if it is empty.
std::size_t SizeOfField(std::size_t size) {
  return size == 0 ? 0 : 1 + CodedOutputStream::VarintSize64(size) + size;
}

void WriteBegin(int number, std::size_t size, CodedOutputStream& to) {
  to.WriteTag(static_cast<std::uint32_t>(number) << 3 | 2);  // 2: it has a length
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

void WriteAny(const Any& message, Writer& writer) {
  const std::size_t begin = writer.Begin();
  if (message.type_url().empty() && message.value().empty()) return writer.End(begin);
  const Message* const prototype = detail::PrototypeOf(message.type_url());
  if (prototype == nullptr) {
    return writer.Fail("the type \"" + detail::Excerpt(message.type_url()) + "\" is not known");
  }
  const std::unique_ptr<Message> content(prototype->New());
  if (!content->ParsePartialFromString(message.value())) {
    return writer.Fail("the value is not a message of type \"" +
                       detail::Excerpt(message.type_url()) + "\"");
  }
  writer.Member(detail::kTypeMember);
  writer.Value(message.type_url());
  if (const Codec* const codec = detail::WellKnownCodec(*content->GetDescriptor())) {
    writer.Key(kValueMember[0]);
    codec->write(*content, writer);
  } else {
    detail::WriteMembers(*content, writer);
  }
  writer.End(begin);
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
  if (!writer.EnterAny()) return;
  WriteAny(message, writer);
  writer.LeaveAny();
}

}  // namespace protorest::json
