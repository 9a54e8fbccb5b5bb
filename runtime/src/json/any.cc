// The mapping of Any: the message in it by its descriptor, with "@type" among its members (rules
// J30, J31).
#include <google/protobuf/any.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <memory>
#include <string>

#include "json/any_types.h"
#include "json/reflection.h"
#include "protorest/generated/json.h"

namespace protorest::json {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;

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

// Consumes an object if it is empty.
bool IsEmpty(Reader& reader) {
  const char* const start = reader.position();
  if (Entries members(reader, true); !members.Next()) return true;
  reader.Leave();
  reader.Rewind(start);
  return false;
}

// Reads the value of "@type", which stands at `at`. An empty message of that type; null, and noted,
// if it is not the URL of one that is known.
std::unique_ptr<Message> ReadType(Reader& reader, const char* at, std::string* url) {
  constexpr char kExpected[] = "the URL of a message type that is known here";
  reader.Rewind(at);
  std::string_view text;
  if (!reader.ScratchString(kExpected, &text)) return nullptr;
  *url = text;
  auto content = MessageOf(*url);
  if (content == nullptr) reader.MismatchAt(at, kExpected);
  return content;
}

// {"@type": …, "value": …}
void ReadWellKnown(Reader& reader, const Codec& codec, Message& content, bool needed) {
  reader.AllowTypeMember();
  Object<kValueMember> object(reader);
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
  value->reserve(content.ByteSizeLong());  // else the stream doubles it time after time
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
  const char* const start = reader.position();
  const char* const type_at = reader.any_types().Find(reader);
  if (type_at == nullptr) {
    if (reader.failed() || IsEmpty(reader)) return reader.ok();
    reader.Mismatch("an object with \"@type\"");
    return false;
  }
  std::string url;
  const std::unique_ptr<Message> content = ReadType(reader, type_at, &url);
  reader.Rewind(start);
  if (content == nullptr) {
    reader.SkipValue();
    return false;
  }
  if (const Codec* const codec = detail::WellKnownCodec(*content->GetDescriptor())) {
    ReadWellKnown(reader, *codec, *content, /*needed=*/true);
  } else if (content->GetDescriptor() == google::protobuf::Empty::descriptor()) {
    // Written without a value, as most do; Go writes "value": {}.
    ReadWellKnown(reader, kCodec<google::protobuf::Empty>, *content, /*needed=*/false);
  } else {
    reader.AllowTypeMember();
    detail::ReadMessage(reader, *content);
  }
  if (reader.failed()) return false;
  message.set_type_url(std::move(url));
  Pack(*content, message.mutable_value());
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

}  // namespace protorest::json
