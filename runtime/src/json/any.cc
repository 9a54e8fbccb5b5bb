// The mapping of Any: the message in it by its descriptor, with "@type" among its members (rules
// J30, J31).
#include <google/protobuf/any.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <memory>
#include <string>

#include "json/reflection.h"
#include "protorest/generated/json.h"

namespace protorest::json {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;

constexpr char kType[] = "@type";
constexpr Field kValueMember[] = {{"value"}};

// An empty message of the type that the URL names; null if the program has none.
std::unique_ptr<Message> MessageOf(std::string_view url) {
  const std::size_t slash = url.rfind('/');
  if (slash == url.npos || slash == 0) return nullptr;
  const auto* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          std::string(url.substr(slash + 1)));
  if (descriptor == nullptr) return nullptr;
  const Message* const prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  return std::unique_ptr<Message>(prototype == nullptr ? nullptr : prototype->New());
}

// What "@type" says, wherever in the object it stands.
struct TypeMember {
  bool empty = true;  // the object has no members at all, and was read
  bool found = false;
  std::string url;
  std::unique_ptr<Message> content;  // null: not the URL of a type that is known, which was noted
};

// Goes back to the object's begin, unless it is empty.
TypeMember FindType(Reader& reader) {
  constexpr char kExpected[] = "the URL of a message type that is known here";
  const char* const start = reader.position();
  TypeMember type;
  Entries entries(reader, true);
  while (!type.found && entries.Next()) {
    type.empty = false;
    type.found = entries.key() == kType;
    if (!type.found) {
      reader.SkipValue();
      continue;
    }
    const char* const at = (reader.Peek(), reader.position());
    std::string_view url;
    if (reader.ScratchString(kExpected, &url)) {
      type.url = url;
      type.content = MessageOf(url);
      if (type.content == nullptr) reader.MismatchAt(at, kExpected);
    }
    reader.Leave();
  }
  if (!type.empty) reader.Rewind(start);
  return type;
}

// {"@type": …, "value": …}
void ReadWellKnown(Reader& reader, const Codec& codec, Message& content, bool needed) {
  reader.AllowTypeMember();
  Object object(reader, kValueMember);
  bool found = false;
  while (object.Next() != ObjectBase::kEnd) {
    codec.read(reader, content);
    found = true;
  }
  if (!found && needed) object.Missing(0);
}

// The same content gives the same bytes.
void Pack(const Message& content, std::string* value) {
  value->clear();
  google::protobuf::io::StringOutputStream stream(value);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  content.SerializePartialToCodedStream(&coded);
}

}  // namespace

bool Mapping<Any>::Read(Reader& reader, Any& message) {
  if (reader.Peek() != '{') {
    reader.Mismatch("an object with \"@type\"");
    return false;
  }
  TypeMember type = FindType(reader);
  if (type.empty || reader.failed()) return reader.ok();
  if (!type.found) {
    reader.Mismatch("an object with \"@type\"");
    return false;
  }
  if (type.content == nullptr) {
    reader.SkipValue();
    return false;
  }
  Message& content = *type.content;
  if (const Codec* const codec = detail::WellKnownCodec(*content.GetDescriptor())) {
    ReadWellKnown(reader, *codec, content, /*needed=*/true);
  } else if (content.GetDescriptor() == google::protobuf::Empty::descriptor()) {
    // Written without a value, as most do; Go writes "value": {}.
    ReadWellKnown(reader, kCodec<google::protobuf::Empty>, content, /*needed=*/false);
  } else {
    reader.AllowTypeMember();
    detail::ReadMessage(reader, content);
  }
  if (reader.failed()) return false;
  message.set_type_url(std::move(type.url));
  Pack(content, message.mutable_value());
  return reader.ok();
}

void Mapping<Any>::Write(const Any& message, Writer& writer) {
  const std::size_t begin = writer.Begin();
  if (message.type_url().empty() && message.value().empty()) return writer.End(begin);
  const std::unique_ptr<Message> content = MessageOf(message.type_url());
  if (content == nullptr) {
    return writer.Fail("the type \"" + message.type_url() + "\" is not known");
  }
  if (!content->ParsePartialFromString(message.value())) {
    return writer.Fail("the value is not a message of type \"" + message.type_url() + "\"");
  }
  writer.Member(kType);
  writer.Value(message.type_url());
  if (const Codec* const codec = detail::WellKnownCodec(*content->GetDescriptor())) {
    writer.Key(kValueMember[0]);
    codec->write(*content, writer);
  } else {
    detail::WriteMembers(*content, writer);
  }
  writer.End(begin);
}

}  // namespace protorest::json
